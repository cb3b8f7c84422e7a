using System.Net.Http.Json;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Platform;

/// <summary>The operator API of a platform, called with the operator token.</summary>
internal sealed class OperatorApi : IDisposable
{
    private readonly PlatformHttp _http;

    public OperatorApi(Uri platform, string token) => _http = new(platform, token,
        $"The platform at {platform} refused the operator token; set {PlatformAddress.TokenVariable}, or {PlatformAddress.DataVariable} to that platform's data folder.");

    public static bool TryOpen(out OperatorApi? api, out string problem)
    {
        api = null;
        if (!PlatformAddress.TryUrl(out var url, out problem) || !PlatformAddress.TryToken(out var token, out problem))
            return false;
        if (token.Any(c => c is <= ' ' or > '~'))
        {
            problem = $"The operator token has characters that no token has; copy {PlatformAddress.TokenVariable} again.";
            return false;
        }
        api = new(url, token);
        return true;
    }

    /// <summary>Opens the platform that the environment names, and calls it once.</summary>
    public static async Task<ApiReply> AskAsync(Func<OperatorApi, Task<ApiReply>> call)
    {
        if (!TryOpen(out var api, out var problem))
            return new ApiReply.Nothing(new Answer.BadInput(problem));
        using (api)
            return await call(api!);
    }

    public Task<ApiReply> ProvidersAsync(CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, "api/operator/providers", null, cancel);

    public Task<ApiReply> ProviderAsync(string id, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, PathOf(id), null, cancel);

    public Task<ApiReply> RegisterAsync(string id, ProviderFile file, CancellationToken cancel) =>
        SendAsync(HttpMethod.Put, PathOf(id), JsonContent.Create(file, options: Printing.Json), cancel);

    public Task<ApiReply> SuspendAsync(string id, string reason, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, PathOf(id) + "/suspend", JsonContent.Create(new { reason }), cancel);

    public Task<ApiReply> ResumeAsync(string id, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, PathOf(id) + "/resume", JsonContent.Create(new { }), cancel);

    /// <summary>Hands in a mail as a person of the organization to themself.</summary>
    public Task<ApiReply> SelfTestAsync(string person, byte[] mail, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, "api/operator/self-tests?as=" + Uri.EscapeDataString(person), Rfc822(mail), cancel);

    public void Dispose() => _http.Dispose();

    private static string PathOf(string id) => "api/operator/providers/" + Uri.EscapeDataString(id);

    private static ByteArrayContent Rfc822(byte[] mail)
    {
        var content = new ByteArrayContent(mail);
        content.Headers.ContentType = new("message/rfc822");
        return content;
    }

    private Task<ApiReply> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancel) => _http.SendAsync(method, path, body, new(), cancel);
}
