using System.Net;
using ActionMail.Protocol.Cards;
using ActionMail.Server.Actions;
using ActionMail.Server.Tests.Network;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Actions;

/// <summary>The call itself, over real TLS to a stub: whom it trusts, what it carries, that it is made once. Security F-05, G-06, G-07, G-13, G-15, G-17.</summary>
public sealed class ProviderClientTests(TestAuthority authority) : IClassFixture<TestAuthority>
{
    [Theory]
    [InlineData("good", true)]
    [InlineData("expired", false)]
    [InlineData("self-signed", false)]
    [InlineData("for another host", false)]
    [InlineData("of an authority that nobody trusts", false)]
    public async Task A_provider_is_called_only_behind_a_certificate_that_holds(string what, bool isTrusted)
    {
        using var strangers = new TestAuthority();
        using var certificate = what switch
        {
            "expired" => authority.Issue(ProviderCalls.Host, days: -2),
            "self-signed" => TestAuthority.SelfSigned(ProviderCalls.Host),
            "for another host" => authority.Issue("hook.contoso.test"),
            "of an authority that nobody trusts" => strangers.Issue(ProviderCalls.Host),
            _ => authority.Issue(ProviderCalls.Host),
        };
        using var stub = new StubProvider(certificate: certificate);
        using var calls = new ProviderCalls(stub, authority.Bundle);

        var answer = await calls.SendAsync();

        Assert.Equal(isTrusted ? new ProviderAnswer.Answered(200, null, null) : new ProviderAnswer.NotSent(CallFault.TlsFailed), answer);
        Assert.Equal(isTrusted ? 1 : 0, stub.Seen.Count);
        Assert.Equal(1, stub.Connections);
    }

    [Fact]
    public async Task Without_the_bundle_its_authority_is_a_stranger()
    {
        using var stub = Stub();
        using var calls = new ProviderCalls(stub, bundle: null);

        Assert.Equal(new ProviderAnswer.NotSent(CallFault.TlsFailed), await calls.SendAsync());
        Assert.Empty(stub.Seen);
    }

    [Fact]
    public async Task A_request_carries_these_headers_and_no_others()
    {
        using var stub = Stub();
        using var calls = new ProviderCalls(stub, authority.Bundle);
        using var activity = new System.Diagnostics.Activity("a trace that is nobody else's business").Start();

        await calls.SendAsync();

        var seen = Assert.Single(stub.Seen);
        Assert.Equal("POST /approve?x=1 HTTP/1.1", seen.Head.Split("\r\n")[0]);
        Assert.Equal(
            ["Host", "X-Contoso", "Authorization", "Action-Request-Id", "Provider-Id", "Card-Correlation-Id", "Message-Id", "User-Agent", "Content-Type", "Content-Length"],
            seen.Head.Split("\r\n").Skip(1).Select(line => line.Split(':')[0]));
        Assert.Equal((ProviderCalls.Host, "Bearer the.token.itself", "ActionMail/1.0", "{}"), (seen.Header("Host"), seen.Header("Authorization"), seen.Header("User-Agent"), seen.Body));
    }

    [Fact]
    public async Task A_cookie_that_a_provider_sets_is_forgotten()
    {
        using var stub = Stub();
        stub.Behave = (_, stream, cancel) => StubProvider.Answer(stream, "200 OK", "", "Set-Cookie: a=b; Path=/\r\n", cancel);
        using var calls = new ProviderCalls(stub, authority.Bundle);

        await calls.SendAsync();
        await calls.SendAsync();

        Assert.Equal(2, stub.Seen.Count);
        Assert.All(stub.Seen, seen => Assert.Null(seen.Header("Cookie")));
    }

    // PF-2: the HTTP client would send a request without content a second time by itself.
    [Theory]
    [InlineData(HttpVerb.Get, false)]
    [InlineData(HttpVerb.Get, true)]
    [InlineData(HttpVerb.Post, false)]
    [InlineData(HttpVerb.Post, true)]
    public async Task A_request_whose_connection_breaks_is_sent_once(HttpVerb method, bool onUsedConnection)
    {
        using var stub = Stub();
        var later = 0;
        stub.Behave = async (_, stream, cancel) =>
        {
            if (!onUsedConnection)
                return;
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancel);
            if (await stream.ReadAsync(new byte[8_192], cancel) > 0)
                later++;
        };
        using var calls = new ProviderCalls(stub, authority.Bundle);

        if (onUsedConnection)
            Assert.IsType<ProviderAnswer.Answered>(await calls.SendAsync(method));
        var answer = await calls.SendAsync(method);

        Assert.Equal(new ProviderAnswer.Unanswered(CallFault.ConnectionLost), answer);
        Assert.Equal((1, onUsedConnection ? 1 : 0), (stub.Seen.Count, later));
        Assert.Equal(1, stub.Connections);
    }

    [Fact]
    public async Task A_GET_has_no_body()
    {
        using var stub = Stub();
        using var calls = new ProviderCalls(stub, authority.Bundle);

        await calls.SendAsync(HttpVerb.Get);

        var seen = Assert.Single(stub.Seen);
        Assert.StartsWith("GET /approve?x=1 ", seen.Head, StringComparison.Ordinal);
        Assert.Equal(("", null, null), (seen.Body, seen.Header("Content-Type"), seen.Header("Transfer-Encoding")));
    }

    [Fact]
    public async Task A_provider_that_is_busy_with_its_share_of_the_calls_gets_no_more_and_others_go_on()
    {
        using var stub = Stub();
        var answer = new TaskCompletionSource();
        stub.Behave = async (_, stream, cancel) =>
        {
            await answer.Task.WaitAsync(cancel);
            await StubProvider.Answer(stream, "200 OK", "", cancel: cancel);
        };
        using var calls = new ProviderCalls(stub, authority.Bundle, maxInFlight: 2);

        Task<ProviderAnswer>[] running = [calls.SendAsync(), calls.SendAsync()];
        var third = await calls.SendAsync();
        var others = calls.SendAsync(providerId: "22222222-2222-4222-8222-222222222222");
        answer.SetResult();

        Assert.Equal(new ProviderAnswer.NotSent(CallFault.Busy), third);
        Assert.All(await Task.WhenAll(running), result => Assert.IsType<ProviderAnswer.Answered>(result));
        Assert.IsType<ProviderAnswer.Answered>(await others);
        Assert.IsType<ProviderAnswer.Answered>(await calls.SendAsync());
        Assert.Equal(4, stub.Seen.Count);
    }

    [Fact]
    public async Task The_environments_proxy_is_not_asked()
    {
        using var trap = new StubProvider();
        using var stub = Stub();
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new ProxyForOneHost(trap.Port);
        try
        {
            using var calls = new ProviderCalls(stub, authority.Bundle);
            using var others = new HttpClient();

            Assert.IsType<ProviderAnswer.Answered>(await calls.SendAsync());
            Assert.Equal(0, trap.Connections);
            // The trap is set: everybody else would walk into it.
            await Assert.ThrowsAsync<HttpRequestException>(() => others.GetAsync($"https://{ProviderCalls.Host}/"));
            Assert.Equal(1, trap.Connections);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    private StubProvider Stub() => new(certificate: authority.Issue(ProviderCalls.Host));

    // What HTTPS_PROXY becomes in this process, for the tests' one host; other tests run beside this one.
    private sealed class ProxyForOneHost(int port) : IWebProxy
    {
        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : new($"http://127.0.0.1:{port}");

        public bool IsBypassed(Uri host) => host.Host != ProviderCalls.Host;
    }
}
