using System.Net;
using ActionMail.Server.Actions;
using ActionMail.Server.Operations;
using ActionMail.Server.Tests.Actions;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Network;

/// <summary>
/// A provider's name that leads inward: refused before a single packet, asked anew for every connection, and told to nobody. Security G-03, G-04, G-18. Each refusal
/// stands beside the public address in the same surroundings.
/// </summary>
public sealed class EgressGuardTests(TestAuthority authority) : IClassFixture<TestAuthority>
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("10.0.0.5")]
    [InlineData("0.0.0.0")]
    [InlineData("100.64.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("fd00::5")]
    [InlineData("44.128.0.10,10.0.0.5")]
    [InlineData("10.0.0.5,44.128.0.10")]
    [InlineData("44.128.0.10,::ffff:10.0.0.5")]
    [InlineData("45.1.2.3")] // one of our own
    [InlineData("44.128.0.10,45.1.2.3")]
    public async Task A_name_that_leads_inward_is_not_called_at_all(string answer)
    {
        using var stub = new StubProvider(certificate: authority.Issue(ProviderCalls.Host));
        using var calls = new ProviderCalls(stub, authority.Bundle, network => (network.Answers, network.Own) = ([answer.Split(','), ["44.128.0.10"]], ["45.1.2.3"]));

        Assert.Equal(new ProviderAnswer.NotSent(CallFault.TargetBlocked), await calls.SendAsync());
        Assert.Empty(calls.Network.Asked);
        Assert.Equal(0, stub.Connections);

        Assert.IsType<ProviderAnswer.Answered>(await calls.SendAsync());
        Assert.Equal([IPEndPoint.Parse("44.128.0.10:443")], calls.Network.Asked);
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_between_two_calls_gains_nothing()
    {
        using var stub = new StubProvider(certificate: authority.Issue(ProviderCalls.Host));
        using var calls = new ProviderCalls(stub, authority.Bundle, network => network.Answers = [["44.128.0.10"], ["127.0.0.1"], ["44.128.0.11"], ["::ffff:127.0.0.1"]]);

        var answers = new List<ProviderAnswer>();
        for (var i = 0; i < 4; i++)
            answers.Add(await calls.SendAsync());

        Assert.Equal(["Answered", "NotSent", "Answered", "NotSent"], answers.Select(answer => answer.GetType().Name));
        Assert.Equal(["44.128.0.10:443", "44.128.0.11:443"], calls.Network.Asked.Select(endpoint => endpoint.ToString()));
    }

    [Fact]
    public async Task A_name_that_leads_nowhere_was_sent_nothing()
    {
        using var stub = new StubProvider();
        using var calls = new ProviderCalls(stub, null, network => network.Answers = [[]]);

        Assert.Equal(new ProviderAnswer.NotSent(CallFault.NameNotFound), await calls.SendAsync());
        Assert.Empty(calls.Network.Asked);
    }

    // The emulator's one exception is plain http to this machine by its name; it is no way around the guard.
    [Theory]
    [InlineData("http://localhost:{0}/", nameof(ServerMode.Emulator), "Answered", "127.0.0.1")]
    [InlineData("https://localhost:{0}/", nameof(ServerMode.Emulator), "NotSent", null)]
    [InlineData("http://localhost:{0}/", nameof(ServerMode.Inbox), "NotSent", null)]
    public async Task Localhost_is_called_by_the_emulator_alone_and_over_http_alone(string url, string mode, string answer, string? called)
    {
        using var stub = new StubProvider();
        using var calls = new ProviderCalls(stub, null, network => network.Answers = [["127.0.0.1"]], mode: Enum.Parse<ServerMode>(mode));

        var got = await calls.SendAsync(url: string.Format(System.Globalization.CultureInfo.InvariantCulture, url, stub.Port));

        Assert.Equal(answer, got.GetType().Name);
        Assert.Equal(called, calls.Network.Asked.FirstOrDefault()?.Address.ToString());
    }

    [Theory]
    [InlineData(nameof(CallFault.TargetBlocked))]
    [InlineData(nameof(CallFault.NameNotFound))]
    [InlineData(nameof(CallFault.TlsFailed))]
    [InlineData(nameof(CallFault.TimedOut))]
    public void What_the_actor_reads_does_not_tell_what_lies_behind_the_wall(string fault) =>
        Assert.Equal(OutcomeText.NotSent(CallFault.ConnectFailed, "Contoso", "incident 1"), OutcomeText.NotSent(Enum.Parse<CallFault>(fault), "Contoso", "incident 1"));
}
