using System.Net;
using System.Text.RegularExpressions;

namespace ActionMail.Cli.Tests.RealPlatform;

/// <summary>A person in a browser: picks themselves in the emulator, and lets programs in.</summary>
internal sealed partial class PersonAtPage : IDisposable
{
    private readonly HttpClient _http;

    private PersonAtPage(Uri platform) => _http = new(new SocketsHttpHandler { CookieContainer = new(), AllowAutoRedirect = false }) { BaseAddress = platform };

    public static async Task<PersonAtPage> SignInAsync(Uri platform, string address)
    {
        var person = new PersonAtPage(platform);
        using var answer = await person.PostAsync("/sign-in", "/sign-in", new() { ["person"] = address });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return person;
    }

    /// <summary>Types the code that a program shows, and says yes or no.</summary>
    public async Task DecideAsync(string code, bool allow)
    {
        using var seen = await PostAsync("/device", "/device", new() { ["code"] = code });
        Assert.Contains("A program wants to act in your name", await seen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var decided = await PostAsync("/device", "/device?handler=Decide", new() { ["code"] = code, ["allow"] = allow ? "true" : "false" });
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> PostAsync(string page, string path, Dictionary<string, string> fields)
    {
        var token = RequestToken().Match(await _http.GetStringAsync(page)).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(fields) { ["__RequestVerificationToken"] = token });
        return await _http.PostAsync(path, form);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex RequestToken();
}
