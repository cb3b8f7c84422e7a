using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ActionMail.Server.Tests.Network;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Accounts;

/// <summary>Sessions of the product as operators run it, over TLS, from an empty store on. Security E-11.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private const string Password = "seven swans a swimming";
    private readonly TestAuthority _authority = new();
    private readonly int _port = RunningPlatform.FreePort();
    private RunningPlatform _platform = null!;
    private string _invitation = "";

    private Uri Url => new($"https://localhost:{_port}");

    public async ValueTask InitializeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("actionmail-").FullName;
        using (var certificate = _authority.Issue("localhost"))
            await File.WriteAllTextAsync(Path.Combine(folder, "tls.pem"), certificate.ExportCertificatePem() + "\n" + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        _platform = await RunningPlatform.StartAsync(folder, settings:
            ["--ActionMail:Mode=Inbox", $"--ActionMail:PublicUrl={Url}", $"--ActionMail:CertificatePath={Path.Combine(folder, "tls.pem")}", "--Accounts:Local:Enabled=true"]);
        using var http = Client();
        http.DefaultRequestHeaders.Authorization = new("Bearer", _platform.Doors.OperatorToken);
        var opened = await http.PostAsJsonAsync("/api/operator/organizations",
            new { name = "Wide World Importers", domain = "wide.example", administrator = new { address = "root@wide.example", name = "Rory Root" } });
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        _invitation = new Uri((await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("invitation").GetString()!).AbsolutePath;
    }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task The_first_administrator_comes_by_a_link_and_every_session_is_new_bound_to_this_site_and_over_when_it_is_left()
    {
        using var browser = Browser.At(Url, Trust);
        var accepted = await browser.FormAsync(_invitation, _invitation, new() { ["password"] = Password });
        var first = SessionCookie(accepted);
        Assert.Contains("; secure", first, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; httponly", first, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=strict", first, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/", first, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", first, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/organization")).StatusCode);

        // Signed in once more, the cookie is another and the one before is over.
        var again = await browser.FormAsync("/sign-in", "/sign-in?handler=Password", new() { ["address"] = "root@wide.example", ["password"] = Password });
        var second = SessionCookie(again);
        Assert.NotEqual(first.Split(';')[0], second.Split(';')[0]);
        Assert.Equal(HttpStatusCode.Unauthorized, await WithCookieAsync(first));
        Assert.Equal(HttpStatusCode.OK, await WithCookieAsync(second));

        await browser.FormAsync("/sign-out", "/sign-out", []);
        Assert.Equal(HttpStatusCode.Unauthorized, await WithCookieAsync(second));
    }

    [Fact]
    public async Task Nobody_is_picked_outside_the_emulator()
    {
        using var browser = Browser.At(Url, Trust);
        Assert.DoesNotContain("root@wide.example", await browser.Http.GetStringAsync("/sign-in"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.FormAsync("/sign-in", "/sign-in", new() { ["person"] = "root@wide.example" })).StatusCode);
    }

    [Fact]
    public async Task The_operator_names_reviewers_and_lets_no_domain_in_twice()
    {
        using var http = Client();
        http.DefaultRequestHeaders.Authorization = new("Bearer", _platform.Doors.OperatorToken);
        Assert.Equal(HttpStatusCode.OK, (await http.PutAsJsonAsync("/api/operator/people/root@wide.example/reviewer", new { reviewer = true })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.PutAsJsonAsync("/api/operator/people/nobody@wide.example/reviewer", new { reviewer = true })).StatusCode);
        foreach (var domain in (string[])["wide.example", "mail.wide.example"])
        {
            var answer = await http.PostAsJsonAsync("/api/operator/organizations", new { name = "Another", domain, administrator = new { address = $"me@{domain}", name = "Me" } });
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        }
        http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PutAsJsonAsync("/api/operator/people/root@wide.example/reviewer", new { reviewer = true })).StatusCode);
    }

    private static string SessionCookie(HttpResponseMessage answer) =>
        Assert.Single(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("__Host-actionmail=", StringComparison.Ordinal));

    private async Task<HttpStatusCode> WithCookieAsync(string cookie)
    {
        using var http = Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events") { Headers = { { "Cookie", cookie.Split(';')[0] } } };
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    private HttpClient Client() => new(new SocketsHttpHandler { UseCookies = false, SslOptions = { CertificateChainPolicy = Trust() } }) { BaseAddress = Url };

    private X509ChainPolicy Trust()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(_authority.Bundle);
        return policy;
    }
}
