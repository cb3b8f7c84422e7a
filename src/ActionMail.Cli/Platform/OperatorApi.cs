using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Platform;

/// <summary>What the platform answered: a document, or why there is none.</summary>
internal abstract record ApiReply
{
    private ApiReply() { }

    public sealed record Document(JsonElement Json) : ApiReply
    {
        /// <summary>Reads the document as what the operator API promises; anything else is not that API.</summary>
        public bool TryRead<T>(out T value, out Answer problem)
        {
            (value, problem) = (default!, new Answer.Unreachable(
                $"What answers is no ActionMail platform of this version; check {PlatformAddress.UrlVariable}."));
            try
            {
                value = Json.Deserialize<T>(Printing.Json)!;
                return value is not null;
            }
            catch (JsonException)
            {
                return false;
            }
        }
    }

    public sealed record Nothing(Answer Because) : ApiReply;
}

/// <summary>The operator API of a platform, called with the operator token.</summary>
internal sealed class OperatorApi : IDisposable
{
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;

    public OperatorApi(Uri platform, string token)
    {
        // A redirect would hand the token to whoever is named in it.
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = platform, Timeout = CallDeadline };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

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

    private async Task<ApiReply> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body };
            using var response = await _http.SendAsync(request, cancel);
            var text = await response.Content.ReadAsStringAsync(cancel);
            return response.IsSuccessStatusCode && TryReadJson(text, out var json)
                ? new ApiReply.Document(json)
                : new ApiReply.Nothing(Explain(response.StatusCode, text));
        }
        catch (HttpRequestException unreachable)
        {
            return new ApiReply.Nothing(Unreachable(unreachable.Message.TrimEnd('.')));
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new ApiReply.Nothing(Unreachable($"no answer within {CallDeadline.TotalSeconds:0} s"));
        }
    }

    private Answer.Unreachable Unreachable(string why) => new(
        $"The platform at {_http.BaseAddress} cannot be reached ({why}); start it with ./run, or set {PlatformAddress.UrlVariable}.");

    private Answer Explain(HttpStatusCode status, string body)
    {
        var words = ProblemText.Of(body);
        return (int)status switch
        {
            400 or 413 or 415 or 422 => new Answer.BadInput($"The platform does not accept this: {words ?? status.ToString()}"),
            401 or 403 => new Answer.BadInput(
                $"The platform at {_http.BaseAddress} refused the operator token; set {PlatformAddress.TokenVariable}, or {PlatformAddress.DataVariable} to that platform's data folder."),
            >= 400 and < 500 => new Answer.No($"The platform says no: {words ?? status.ToString()}"),
            >= 500 => new Answer.Unreachable($"The platform at {_http.BaseAddress} failed ({(int)status}): {words ?? "it does not say why"}. Try again, then look at its log."),
            _ => new Answer.Unreachable($"What answers at {_http.BaseAddress} is no ActionMail platform ({(int)status}); check {PlatformAddress.UrlVariable}."),
        };
    }

    private static bool TryReadJson(string text, out JsonElement json)
    {
        json = default;
        try
        {
            json = JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
