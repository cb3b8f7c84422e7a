using System.Net;
using ActionMail.Protocol.Addresses;
using ActionMail.Sdk;
using ActionMail.Server.Accounts;
using ActionMail.Server.Providers;
using ActionMail.Server.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Inbox;

/// <summary>A card that was delivered while its provider was in force, after that has ended: it is shown, its actions are off, and the reader is told why, since when and by whom.</summary>
public sealed class OutOfForceTests(SharedPlatform shared) : IClassFixture<SharedPlatform>, IAsyncLifetime
{
    private const string Administrator = "admin@contoso.test";

    private readonly StubProvider _provider = new();
    private Service _service = null!;
    private Guid _id;

    private ChangeRegistrationState States => shared.Running.Services.GetRequiredService<ChangeRegistrationState>();

    private Actor Admin => new(shared.Running.Services.GetRequiredService<AddressBook>().Find(EmailAddress.Parse(Administrator))!, "127.0.0.1");

    public async ValueTask InitializeAsync()
    {
        _service = await shared.RegisteredAsync(_provider);
        _id = await _service.DeliverAsync(_service.Mail(_service.Card()));
    }

    public ValueTask DisposeAsync()
    {
        _provider.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("suspend", "The Service is suspended since ", ", by the operator of the platform. The actions of its cards are off until that is lifted.")]
    [InlineData("suspend by an administrator", "The Service is suspended since ", ", by an administrator of the organization that registered it. The actions of its cards are off until that is lifted.")]
    [InlineData("revoke", "The Service is revoked since ", ", by an administrator of the organization that registered it. The actions of its cards are off for good.")]
    public async Task The_card_is_shown_without_its_actions_and_says_why(string how, string begin, string end)
    {
        Assert.Contains("Action possible", await LineAsync(), StringComparison.Ordinal);
        await EndAsync(how);

        var card = (await shared.Owner.StateAsync(_id)).GetProperty("card");
        var page = WebUtility.HtmlDecode(await shared.Owner.OpenAsync(_id));

        Assert.Equal(("inert", "provider_suspended", 1), (card.GetProperty("state").GetString(), card.GetProperty("reason").GetString(), card.GetProperty("version").GetInt32()));
        Assert.Contains("Please approve", card.GetProperty("display").GetRawText(), StringComparison.Ordinal);
        var words = card.GetProperty("actionsOff").GetString()!;
        Assert.StartsWith(begin, words, StringComparison.Ordinal);
        Assert.EndsWith(end, words, StringComparison.Ordinal);
        Assert.DoesNotContain("an incident", words, StringComparison.Ordinal); // The reason is for the owners.
        Assert.Contains("<actionable-card", page, StringComparison.Ordinal);
        Assert.Contains("Why can I not use this card?", page, StringComparison.Ordinal);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Action possible", await LineAsync(), StringComparison.Ordinal);
        Assert.Equal("provider_suspended", (await shared.Owner.PressAsync(_id, "Approve")).Code);
        Assert.Empty(_provider.Seen);
    }

    [Fact]
    public async Task A_card_whose_key_the_provider_has_withdrawn_is_shown_without_its_actions()
    {
        using var another = SigningKey.CreateRsa(2048);
        (await _service.RegisterAsync(_service.File(keys: [another.PublicKeyToPem()]))).EnsureSuccessStatusCode();

        var card = (await shared.Owner.StateAsync(_id)).GetProperty("card");

        Assert.Equal(("inert", "The service has withdrawn the key that this card was signed with."), (card.GetProperty("state").GetString(), card.GetProperty("actionsOff").GetString()));
        Assert.DoesNotContain("Action possible", await LineAsync(), StringComparison.Ordinal);
        Assert.Equal("provider_key_revoked", (await shared.Owner.PressAsync(_id, "Approve")).Code);
    }

    [Fact]
    public async Task Why_tells_the_verdict_at_delivery_and_what_stands_now_until_it_is_resumed()
    {
        await EndAsync("suspend");
        var suspended = await WhyAsync();
        (await _service.MoveAsync("resume")).EnsureSuccessStatusCode();
        var resumed = await WhyAsync();

        string[] both = ["The card is shown, but its actions are off.", "The Service is suspended since ", "When it arrived", "the card was shown and could be acted on", "What was checked when it arrived"];
        foreach (var expected in both)
            Assert.Contains(expected, suspended, StringComparison.Ordinal);
        Assert.Contains("The card is shown and can be acted on.", resumed, StringComparison.Ordinal);
        Assert.DoesNotContain("When it arrived", resumed, StringComparison.Ordinal);
        Assert.Equal("active", (await shared.Owner.StateAsync(_id)).GetProperty("card").GetProperty("state").GetString());
        Assert.Equal("done", (await shared.Owner.OpenAndPressAsync(_id, "Approve")).OutcomeState);
    }

    [Fact]
    public async Task An_open_view_is_told_when_it_ends_and_when_it_is_lifted()
    {
        await shared.Owner.OpenAsync(_id);
        await using var view = await shared.Owner.ListenAsync($"/api/messages/{_id}/events");
        await using var list = await shared.Owner.ListenAsync("/api/events");
        await Task.Delay(TimeSpan.FromSeconds(1.5)); // What the registration of this test changed is told first.

        await EndAsync("suspend");
        await view.NextAsync("standing");
        await list.NextAsync("changed");
        Assert.Equal("inert", (await shared.Owner.StateAsync(_id)).GetProperty("card").GetProperty("state").GetString());

        (await _service.MoveAsync("resume")).EnsureSuccessStatusCode();
        await view.NextAsync("standing");
        Assert.Equal("active", (await shared.Owner.StateAsync(_id)).GetProperty("card").GetProperty("state").GetString());
    }

    private async Task EndAsync(string how)
    {
        switch (how)
        {
            case "suspend": (await _service.MoveAsync("suspend")).EnsureSuccessStatusCode(); break;
            case "revoke": Assert.IsType<RegistrationResult.Done>(await States.RevokeAsync(Admin, _service.Id, "an incident", CancellationToken.None)); break;
            default: Assert.IsType<RegistrationResult.Done>(await States.SuspendAsync(Admin, _service.Id, "an incident", CancellationToken.None)); break;
        }
    }

    // Its line in the list.
    private async Task<string> LineAsync() => (await shared.Owner.Http.GetStringAsync("/inbox")).Split($"data-message=\"{_id}\"")[1].Split("</li>")[0];

    private async Task<string> WhyAsync() => WebUtility.HtmlDecode(await shared.Owner.Http.GetStringAsync($"/inbox/{_id}/why"));
}
