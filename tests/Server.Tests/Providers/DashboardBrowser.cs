using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Providers;

/// <summary>A person at the dashboard's pages, without script: reads them, and posts their forms with the request token that they bring.</summary>
internal sealed partial class DashboardBrowser : IDisposable
{
    private readonly Browser _browser;

    private DashboardBrowser(Browser browser) => _browser = browser;

    public static async Task<DashboardBrowser> SignInAsync(PlatformDoors platform, string address) => new(await Browser.SignInAsync(platform, address));

    public HttpClient Http => _browser.Http;

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path);

    /// <summary>A page's text; fails the test unless it is there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        return page;
    }

    /// <summary>Begins a new provider; its originator id.</summary>
    public async Task<string> BeginAsync()
    {
        using var answer = await Http.GetAsync("/providers/new");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.ToString().Split('/')[2];
    }

    /// <summary>Posts a page's form as the page itself would: with its request token and, where it has one, the version of the draft.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, IEnumerable<(string Name, string Value)> fields, IEnumerable<(string Name, byte[] File, string FileName)>? files = null, string? form = null)
    {
        var page = await ReadAsync(form ?? path.Split('?')[0]);
        var content = new MultipartFormDataContent { { new StringContent(TokenOf(page)), "__RequestVerificationToken" } };
        if (VersionField().Match(page) is { Success: true } version && fields.All(field => field.Name != "version"))
            content.Add(new StringContent(version.Groups[1].Value), "version");
        foreach (var (name, value) in fields)
            content.Add(new StringContent(value), name);
        foreach (var (name, file, fileName) in files ?? [])
            content.Add(new ByteArrayContent(file), name, fileName);
        // What is too large is refused before it is sent.
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { ExpectContinue = true } };
        return await Http.SendAsync(request);
    }

    // Of the page's head, where it has a script, or of the form.
    public static string TokenOf(string page) => TokenField().Match(page).Groups["token"].Value;

    /// <summary>The page as a reader sees it: tags away, entities resolved, white space as one blank.</summary>
    public static string TextOf(string page) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(page, " ")), " ");

    public static async Task<string> TextOfAsync(HttpResponseMessage answer) => TextOf(await answer.Content.ReadAsStringAsync());

    public static async Task<JsonElement> JsonOfAsync(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    public void Dispose() => _browser.Dispose();

    [GeneratedRegex("<meta name=\"request-token\" content=\"(?<token>[^\"]+)\"|name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex TokenField();

    [GeneratedRegex("name=\"version\" value=\"([0-9]+)\"")]
    private static partial Regex VersionField();

    [GeneratedRegex("<(script|style)[^>]*>.*?</\\1>|<[^>]+>", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
