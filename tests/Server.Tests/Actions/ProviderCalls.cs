using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Actions;
using ActionMail.Server.Network;
using ActionMail.Server.Operations;
using ActionMail.Server.Tests.Network;
using ActionMail.Server.Tests.Platform;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Tests.Actions;

/// <summary>A provider's client behind the real guard, with a recorded network before a stub that speaks TLS as api.contoso.test.</summary>
internal sealed class ProviderCalls : IDisposable
{
    public const string Host = "api.contoso.test";

    private readonly ProviderClient _client;

    public ProviderCalls(StubProvider stub, string? bundle, Action<RecordedNetwork>? network = null, int maxInFlight = 32, ServerMode mode = ServerMode.Inbox)
    {
        Network = new(stub.Port);
        network?.Invoke(Network);
        var server = new ServerOptions { Mode = mode, PublicUrl = new("https://mail.contoso.test") };
        _client = new(
            new EgressGuard(Network.Seam, Options.Create(server)),
            Options.Create(new ActionOptions { AuthorityBundle = bundle, MaxInFlightPerProvider = maxInFlight, CallDeadline = TimeSpan.FromSeconds(20) }),
            TimeProvider.System);
    }

    public RecordedNetwork Network { get; }

    public Task<ProviderAnswer> SendAsync(HttpVerb method = HttpVerb.Post, string url = $"https://{Host}/approve?x=1", string providerId = "11111111-1111-4111-8111-111111111111")
    {
        Assert.True(ActionUrl.TryParse(url, UrlPolicy.LoopbackHttp, out var target, out var why), why);
        var request = new ActionRequest(method, target, [new("X-Contoso", "1")], "application/json", method == HttpVerb.Get ? null : "{}", UsesActionAuthorization: false);
        return _client.SendAsync(request, new("the.token.itself", Guid.NewGuid(), "7f0c8a52-1111-4222-8333-944455556666", "<1@contoso.test>", providerId), CancellationToken.None);
    }

    public void Dispose() => _client.Dispose();
}
