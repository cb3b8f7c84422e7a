using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Platform;

/// <summary>What the platform answered: a document, a text, or why there is neither.</summary>
internal abstract record ApiReply
{
    private ApiReply() { }

    /// <summary>Why there is no document.</summary>
    public Answer WhyNoDocument => this is Nothing(var because) ? because : NoPlatform;

    private static Answer.Unreachable NoPlatform => new($"What answers is no ActionMail platform of this version; check {PlatformAddress.UrlVariable}.");

    public sealed record Document(JsonElement Json) : ApiReply
    {
        /// <summary>The version of what was read, for a change of it; null where the answer had none.</summary>
        public string? EntityTag { get; init; }

        /// <summary>Reads the document as what the API promises; anything else is not that API.</summary>
        public bool TryRead<T>(out T value, out Answer problem)
        {
            (value, problem) = (default!, NoPlatform);
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

    /// <summary>An answer that is no JSON; empty where there is nothing to say.</summary>
    public sealed record Text(string Content) : ApiReply;

    public sealed record Nothing(Answer Because) : ApiReply
    {
        /// <summary>The problem's code; null where the platform gave none.</summary>
        public string? Code { get; init; }

        /// <summary>Whether it may have been done all the same: no answer came.</summary>
        public bool IsUnknown { get; init; }
    }
}

/// <summary>What goes along with a request beside its body.</summary>
internal sealed record RequestHeaders
{
    public string? IfMatch { get; init; }
    public string? IdempotencyKey { get; init; }
}

/// <summary>HTTP to a platform. What goes wrong is an <see cref="Answer"/>; a redirect is not followed: it would hand the token to whoever is named in it.</summary>
/// <param name="platform">Its address.</param>
/// <param name="token">Who asks; null for nobody.</param>
/// <param name="refused">What to do where the platform does not know the token, for the caller.</param>
internal sealed class PlatformHttp(Uri platform, string? token, string refused) : IDisposable
{
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = platform, Timeout = CallDeadline };

    public async Task<ApiReply> SendAsync(HttpMethod method, string path, HttpContent? body, RequestHeaders headers, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body };
            if (token is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (headers.IfMatch is { } version)
                request.Headers.TryAddWithoutValidation("If-Match", version);
            if (headers.IdempotencyKey is { } key)
                request.Headers.Add("Idempotency-Key", $"\"{key}\"");
            using var response = await _http.SendAsync(request, cancel);
            return Read(response, await response.Content.ReadAsStringAsync(cancel));
        }
        catch (HttpRequestException unreachable)
        {
            return Unreachable(unreachable.Message.TrimEnd('.'));
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Unreachable($"no answer within {CallDeadline.TotalSeconds:0} s");
        }
    }

    public void Dispose() => _http.Dispose();

    private ApiReply Read(HttpResponseMessage response, string text)
    {
        if (!response.IsSuccessStatusCode)
            return new ApiReply.Nothing(Explain(response.StatusCode, text)) { Code = ProblemText.CodeOf(text) };
        if (response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentType?.MediaType is "text/csv")
            return new ApiReply.Text(text);
        return TryReadJson(text, out var json) ? new ApiReply.Document(json) { EntityTag = response.Headers.ETag?.ToString() } : new ApiReply.Nothing(Explain(response.StatusCode, text));
    }

    private ApiReply.Nothing Unreachable(string why) => new(new Answer.Unreachable(
        $"The platform at {platform} cannot be reached ({why}); start it with ./run, or set {PlatformAddress.UrlVariable}."))
    { IsUnknown = true };

    private Answer Explain(HttpStatusCode status, string body)
    {
        var words = ProblemText.Of(body);
        return (int)status switch
        {
            400 or 413 or 415 or 422 => new Answer.BadInput($"The platform does not accept this: {words ?? status.ToString()}"),
            401 => new Answer.BadInput(refused),
            >= 400 and < 500 => new Answer.No($"The platform says no: {words ?? status.ToString()}"),
            >= 500 => new Answer.Unreachable($"The platform at {platform} failed ({(int)status}): {words ?? "it does not say why"}. Try again, then look at its log."),
            _ => new Answer.Unreachable($"What answers at {platform} is no ActionMail platform ({(int)status}); check {PlatformAddress.UrlVariable}."),
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
