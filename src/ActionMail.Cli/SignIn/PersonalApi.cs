using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ActionMail.Cli.Platform;

namespace ActionMail.Cli.SignIn;

/// <summary>The API of a signed-in person, called with an access token. docs/api.md.</summary>
internal sealed class PersonalApi(Uri platform, string token) : IDisposable
{
    private const string Providers = "api/providers";
    private const string Organization = "api/organization";
    private const int Attempts = 3;

    private readonly PlatformHttp _http = new(platform, token, $"The sign-in at {platform} is not valid any more; sign in again: actionmail login --platform {platform}");

    /// <summary>Where its pages are too.</summary>
    public Uri Platform => platform;

    public Task<ApiReply> MeAsync(CancellationToken cancel) => GetAsync("api/account", cancel);

    public Task<ApiReply> ListAsync(string view, string? status, string? search, int page, CancellationToken cancel) =>
        GetAsync($"{Providers}?view={view}{Query("status", status)}{Query("q", search)}&page={page}", cancel);

    public Task<ApiReply> ExportAsync(string view, string? search, CancellationToken cancel) => GetAsync($"{Providers}/export?view={view}{Query("q", search)}", cancel);

    public Task<ApiReply> ShowAsync(string id, CancellationToken cancel) => GetAsync(Of(id), cancel);

    /// <summary>Something that belongs to a registration: history, diagnosis, revisions/2/difference.</summary>
    public Task<ApiReply> ShowAsync(string id, string part, CancellationToken cancel) => GetAsync($"{Of(id)}/{part}", cancel);

    /// <summary>What would come of a submission; with an id, as a new revision of that registration.</summary>
    public Task<ApiReply> CheckAsync(string? id, JsonElement submission, CancellationToken cancel) =>
        PostAsync($"{Providers}/check{(id is null ? "" : $"?id={Uri.EscapeDataString(id)}")}", submission, cancel);

    /// <summary>Submits a new registration, once, however often the line breaks.</summary>
    public Task<ApiReply> SubmitNewAsync(JsonElement submission, CancellationToken cancel) => OnceAsync(Providers, () => JsonOf(submission), cancel);

    public Task<ApiReply> SubmitRevisionAsync(string id, JsonElement submission, string version, CancellationToken cancel) =>
        _http.SendAsync(HttpMethod.Put, Of(id), JsonOf(submission), new() { IfMatch = version }, cancel);

    /// <summary>Does something to a registration: withdraw, suspend, revisions/2/approve.</summary>
    public Task<ApiReply> ActAsync(string id, string act, object body, CancellationToken cancel) =>
        _http.SendAsync(HttpMethod.Post, $"{Of(id)}/{act}", JsonContent.Create(body), new(), cancel);

    public Task<ApiReply> OwnerAsync(HttpMethod method, string id, string address, CancellationToken cancel) =>
        _http.SendAsync(method, $"{Of(id)}/owners/{Uri.EscapeDataString(address)}", null, new(), cancel);

    public Task<ApiReply> DraftsAsync(CancellationToken cancel) => GetAsync("api/drafts", cancel);

    public Task<ApiReply> BeginDraftAsync(JsonElement fields, CancellationToken cancel) => PostAsync("api/drafts", fields, cancel);

    public Task<ApiReply> DiscardDraftAsync(string id, CancellationToken cancel) => _http.SendAsync(HttpMethod.Delete, DraftOf(id), null, new(), cancel);

    public Task<ApiReply> SubmitDraftAsync(string id, int? over, CancellationToken cancel) =>
        OnceAsync($"{DraftOf(id)}/submit{(over is { } revision ? string.Create(CultureInfo.InvariantCulture, $"?over={revision}") : "")}", () => null, cancel);

    public Task<ApiReply> ConsentsAsync(string? search, int page, CancellationToken cancel) => GetAsync($"api/consents?page={page}{Query("q", search)}", cancel);

    public Task<ApiReply> ConsentAsync(HttpMethod method, string id, CancellationToken cancel) =>
        _http.SendAsync(method, $"api/consents/{Uri.EscapeDataString(id)}", null, new(), cancel);

    public Task<ApiReply> InvitationsAsync(CancellationToken cancel) => GetAsync("api/invitations", cancel);

    public Task<ApiReply> AnswerInvitationAsync(string id, bool accepts, CancellationToken cancel) =>
        _http.SendAsync(HttpMethod.Put, $"api/invitations/{Uri.EscapeDataString(id)}", JsonContent.Create(new { accepts }), new(), cancel);

    public Task<ApiReply> OrganizationAsync(CancellationToken cancel) => GetAsync(Organization, cancel);

    public Task<ApiReply> ChangeOrganizationAsync(IReadOnlyDictionary<string, object> change, CancellationToken cancel) =>
        _http.SendAsync(HttpMethod.Patch, Organization, JsonContent.Create(change), new(), cancel);

    public Task<ApiReply> DomainsAsync(CancellationToken cancel) => GetAsync($"{Organization}/domains", cancel);

    public Task<ApiReply> AddDomainAsync(string domain, bool mail, CancellationToken cancel) =>
        _http.SendAsync(HttpMethod.Post, $"{Organization}/domains", JsonContent.Create(new { domain, mail }), new(), cancel);

    public Task<ApiReply> CheckDomainAsync(string domain, CancellationToken cancel) =>
        _http.SendAsync(HttpMethod.Post, $"{Organization}/domains/{Uri.EscapeDataString(domain)}/check", null, new(), cancel);

    public Task<ApiReply> RemoveDomainAsync(string domain, CancellationToken cancel) =>
        _http.SendAsync(HttpMethod.Delete, $"{Organization}/domains/{Uri.EscapeDataString(domain)}", null, new(), cancel);

    /// <summary>Takes the token itself back.</summary>
    public Task<ApiReply> SignOutAsync(CancellationToken cancel) => _http.SendAsync(HttpMethod.Delete, "api/account/token", null, new(), cancel);

    public void Dispose() => _http.Dispose();

    private Task<ApiReply> GetAsync(string path, CancellationToken cancel) => _http.SendAsync(HttpMethod.Get, path, null, new(), cancel);

    private Task<ApiReply> PostAsync(string path, JsonElement body, CancellationToken cancel) => _http.SendAsync(HttpMethod.Post, path, JsonOf(body), new(), cancel);

    // One key for all attempts: the platform does it once and answers each alike.
    private async Task<ApiReply> OnceAsync(string path, Func<HttpContent?> body, CancellationToken cancel)
    {
        var key = new RequestHeaders { IdempotencyKey = Guid.NewGuid().ToString("N") };
        var reply = await _http.SendAsync(HttpMethod.Post, path, body(), key, cancel);
        for (var n = 1; n < Attempts && reply is ApiReply.Nothing { IsUnknown: true }; n++)
            reply = await _http.SendAsync(HttpMethod.Post, path, body(), key, cancel);
        return reply;
    }

    private static StringContent JsonOf(JsonElement json) => new(json.GetRawText(), Encoding.UTF8, "application/json");

    private static string Of(string id) => $"{Providers}/{Uri.EscapeDataString(id)}";

    private static string DraftOf(string id) => $"api/drafts/{Uri.EscapeDataString(id)}";

    private static string Query(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
