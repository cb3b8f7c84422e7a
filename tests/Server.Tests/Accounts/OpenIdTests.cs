using System.Net;
using System.Security.Cryptography;
using ActionMail.Server.Persistence;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace ActionMail.Server.Tests.Accounts;

/// <summary>Sign-in with an organization's provider, against a real one: who gets in, as whom, and who does not. Security E-11, M-03.</summary>
public sealed class OpenIdTests : IClassFixture<OpenIdPlatform>
{
    // Whoever is bound to a subject once stays so: a test that needs somebody who is not, has its own person.
    private const string Adele = "owner@contoso.test";
    private const string Miguel = "miguel@contoso.test";

    private readonly OpenIdServer _provider;
    private readonly RunningPlatform _platform;

    public OpenIdTests(OpenIdPlatform shared)
    {
        (_provider, _platform) = (shared.Provider, shared.Running);
        _provider.Reset();
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_verified_address_of_the_organization_signs_in_and_is_bound_to_the_subject_from_then_on()
    {
        _provider.Claims = Claims("adele-1", Adele);
        using var first = await SignedInAsync();
        Assert.Contains("Adele Vance", await first.Http.GetStringAsync("/account"), StringComparison.Ordinal);
        var asked = Assert.Single(_provider.Seen);
        Assert.Equal("S256", asked.CodeChallengeMethod);

        // The same subject with another address is the same person.
        _provider.Claims = Claims("adele-1", "elvia@contoso.test");
        using var later = await SignedInAsync();
        Assert.Contains("Adele Vance", await later.Http.GetStringAsync("/account"), StringComparison.Ordinal);

        // Another subject with the same address is not.
        _provider.Claims = Claims("stranger", Adele);
        using var browser = Browser.Anonymous(_platform.Doors);
        Assert.Equal("bound-elsewhere", await RefusedAsync(browser));
        Assert.Equal(["login_bound", "signed_in", "signed_in"], await AuditAsync(Adele));
    }

    [Theory]
    [InlineData("an address in another organization's domain", "carol@fabrikam.test", true, "no-address")]
    [InlineData("an address in a domain that is nobody's", "adele@elsewhere.test", true, "no-address")]
    [InlineData("an address that the provider does not vouch for", Adele, false, "no-address")]
    public async Task Nobody_gets_in_by(string why, string address, bool isVerified, string problem)
    {
        _provider.Claims = Claims("somebody", address, isVerified);
        using var browser = Browser.Anonymous(_platform.Doors);
        Assert.True(problem == await RefusedAsync(browser), why);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Http.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Who_is_new_becomes_a_person_and_the_provider_says_who_administers()
    {
        _provider.Claims = Claims("new-1", "new.hire@contoso.test");
        _provider.Claims["name"] = "New Hire";
        _provider.Claims["roles"] = new[] { "mail-admins", "staff" };
        using (var browser = await SignedInAsync())
            Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/organization")).StatusCode);

        _provider.Claims["roles"] = new[] { "staff" };
        using var later = await SignedInAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await later.Http.GetAsync("/organization")).StatusCode);
        Assert.Contains("New Hire", await later.Http.GetStringAsync("/account"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a preferred name that is an address of the organization", "preferred_username", "elvia@contoso.test", "Elvia Atkins")]
    [InlineData("a user principal name", "upn", "second.owner@contoso.test", "Alex Wilber")]
    public async Task The_address_may_also_be(string why, string claim, string address, string name)
    {
        _provider.Claims = new() { ["sub"] = claim, [claim] = address, ["email"] = "somebody@private.example", ["email_verified"] = true };
        using var browser = await SignedInAsync();
        Assert.True((await browser.Http.GetStringAsync("/account")).Contains(name, StringComparison.Ordinal), why);
    }

    [Theory]
    [InlineData("another issuer", "iss", "http://localhost:1/")]
    [InlineData("another audience", "aud", "another-client")]
    [InlineData("another nonce", "nonce", "0123456789")]
    [InlineData("no subject", "sub", null)]
    [InlineData("a time long ago", "exp", 1_600_000_000L)]
    public async Task A_token_is_refused_with(string why, string claim, object? value)
    {
        _provider.Claims = Claims("miguel-1", Miguel);
        _provider.Rewrite = claims => _ = value is null ? claims.Remove(claim) : (claims[claim] = value) is null;
        using (var browser = Browser.Anonymous(_platform.Doors))
            Assert.True(await RefusedAsync(browser) == "not-verified", why);

        // Written again and unchanged, it is taken.
        _provider.Rewrite = _ => { };
        using var control = await SignedInAsync();
        Assert.Equal(HttpStatusCode.OK, (await control.Http.GetAsync("/account")).StatusCode);
    }

    [Theory]
    [InlineData("a key that is not the provider's")]
    [InlineData("the shared secret")]
    public async Task A_token_is_refused_that_is_signed_with(string why)
    {
        _provider.Claims = Claims("miguel-1", Miguel);
        _provider.Rewrite = _ => { };
        _provider.Forger = why == "the shared secret"
            ? new(new SymmetricSecurityKey(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(OpenIdServer.ClientSecret))), SecurityAlgorithms.HmacSha256)
            : new(new RsaSecurityKey(RSA.Create(2048)), SecurityAlgorithms.RsaSha256);
        using var browser = Browser.Anonymous(_platform.Doors);
        Assert.Equal("not-verified", await RefusedAsync(browser));
    }

    [Fact]
    public async Task A_state_that_was_changed_or_begun_in_another_browser_is_refused()
    {
        _provider.Claims = Claims("miguel-1", Miguel);
        using var victim = Browser.Anonymous(_platform.Doors);
        using var attacker = Browser.Anonymous(_platform.Doors);
        var back = await BackFromProviderAsync(attacker);

        var elsewhere = await victim.Http.GetAsync(back);
        var changed = await attacker.Http.GetAsync(back.Replace("state=", "state=A", StringComparison.Ordinal));
        var untouched = await attacker.Http.GetAsync(back);

        Assert.Equal("/sign-in?problem=not-verified", elsewhere.Headers.Location?.OriginalString);
        Assert.Equal("/sign-in?problem=not-verified", changed.Headers.Location?.OriginalString);
        Assert.Equal("/inbox", untouched.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_deactivated_person_stays_out()
    {
        const string leaver = "leaver@contoso.test";
        _provider.Claims = Claims("leaver-1", leaver);
        using (await SignedInAsync())
        {
        }
        using var admin = await Browser.SignInAsync(_platform.Doors, "admin@contoso.test");
        await admin.FormAsync("/organization", "/organization?handler=Deactivate", new() { ["person"] = await IdOfAsync(leaver) });

        using var browser = Browser.Anonymous(_platform.Doors);
        Assert.Equal("deactivated", await RefusedAsync(browser));
        // Not by a new subject either.
        _provider.Claims["sub"] = "leaver-2";
        Assert.Equal("deactivated", await RefusedAsync(browser));
    }

    [Fact]
    public async Task New_keys_of_the_provider_are_fetched_when_the_first_token_comes_that_is_signed_with_one()
    {
        var provider = await OpenIdServer.StartAsync();
        await using var platform = await RunningPlatform.StartAsync(settings: provider.Settings());
        provider.Claims = Claims("miguel-1", Miguel);
        using var browser = Browser.Anonymous(platform.Doors);
        Assert.Equal("/inbox", (await browser.Http.GetAsync(await BackFromProviderAsync(browser))).Headers.Location?.OriginalString);
        await provider.DisposeAsync();
        await using var renewed = await OpenIdServer.StartAsync(provider.Port);
        renewed.Claims = Claims("miguel-1", Miguel);

        var answers = new List<string?>();
        while (answers.Count < 20 && answers.LastOrDefault() != "/inbox")
        {
            answers.Add((await browser.Http.GetAsync(await BackFromProviderAsync(browser))).Headers.Location?.OriginalString);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
        Assert.Equal("/inbox", answers[^1]);
        Assert.All(answers[..^1], answer => Assert.Equal("/sign-in?problem=not-verified", answer));
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_provider_that_refuses_or_is_down_is_said_in_words()
    {
        _provider.Error = "access_denied";
        using var browser = Browser.Anonymous(_platform.Doors);
        Assert.Equal("provider-refused", await RefusedAsync(browser));
        Assert.Contains("did not let you in", await browser.Http.GetStringAsync("/sign-in?problem=provider-refused"), StringComparison.Ordinal);

        await using var down = await OpenIdServer.StartAsync();
        var settings = down.Settings();
        await down.DisposeAsync();
        await using var platform = await RunningPlatform.StartAsync(settings: settings);
        using var other = Browser.Anonymous(platform.Doors);
        var answer = await other.Http.GetAsync("/sign-in?handler=OpenId&provider=contoso-id");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("cannot be reached", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proving_again_asks_the_provider_for_a_fresh_sign_in_of_the_same_person()
    {
        _provider.Claims = Claims("miguel-1", Miguel);
        using var browser = await SignedInAsync();

        Assert.Equal("not-fresh", ProblemOf(await AgainAsync(browser)));
        var asked = _provider.Seen.Last();
        Assert.Equal(("login", 0L), (asked.Prompt, asked.MaxAge));

        _provider.Claims["auth_time"] = Now.AddHours(-1).ToUnixTimeSeconds();
        Assert.Equal("not-fresh", ProblemOf(await AgainAsync(browser)));

        _provider.Claims = Claims("daisy-1", "daisy@contoso.test");
        _provider.Claims["auth_time"] = Now.ToUnixTimeSeconds();
        Assert.Equal("another-person", ProblemOf(await AgainAsync(browser)));

        _provider.Claims = Claims("miguel-1", Miguel);
        _provider.Claims["auth_time"] = Now.ToUnixTimeSeconds();
        Assert.Equal("/account", await AgainAsync(browser));
        var session = await _platform.ReadAsync(db => db.Sessions.AsNoTracking().OrderByDescending(row => row.StartedAt).FirstAsync());
        Assert.NotNull(session.AuthenticatedAt);
    }

    // The way back from the provider is begun by another site: a strict cookie does not come along, and the session before ends all the same.
    [Fact]
    public async Task The_session_before_ends_though_its_cookie_does_not_come_back()
    {
        _provider.Claims = Claims("adele-1", Adele);
        using var browser = await SignedInAsync();
        var before = await NewestSessionAsync();
        Assert.Null(before.EndedAt);
        var back = await BackFromProviderAsync(browser);
        browser.Cookies.GetCookies(_platform.Url).Single(cookie => cookie.Name == "actionmail").Expired = true;

        Assert.Equal("/inbox", (await browser.Http.GetAsync(back)).Headers.Location?.OriginalString);

        Assert.NotEqual(before.Id, (await NewestSessionAsync()).Id);
        Assert.NotNull(await _platform.ReadAsync(db => db.Sessions.Where(row => row.Id == before.Id).Select(row => row.EndedAt).SingleAsync()));
        Assert.Equal(HttpStatusCode.OK, (await browser.Http.GetAsync("/account")).StatusCode);
    }

    private Task<SessionRow> NewestSessionAsync() => _platform.ReadAsync(db => db.Sessions.AsNoTracking().OrderByDescending(row => row.StartedAt).FirstAsync());

    private static Dictionary<string, object> Claims(string subject, string address, bool isVerified = true) =>
        new() { ["sub"] = subject, ["email"] = address, ["email_verified"] = isVerified };

    private async Task<Browser> SignedInAsync()
    {
        var browser = Browser.Anonymous(_platform.Doors);
        var answer = await browser.Http.GetAsync(await BackFromProviderAsync(browser));
        Assert.Equal("/inbox", answer.Headers.Location?.OriginalString);
        return browser;
    }

    private async Task<string?> RefusedAsync(Browser browser) => ProblemOf((await browser.Http.GetAsync(await BackFromProviderAsync(browser))).Headers.Location?.OriginalString);

    private static string? ProblemOf(string? location) => location?.Split("problem=")[^1];

    private static Task<string> BackFromProviderAsync(Browser browser) => BackFromProviderAsync(browser, "/sign-in", "/inbox");

    /// <summary>Follows the provider's link, signs in there, and gives the address that leads back here.</summary>
    private static async Task<string> BackFromProviderAsync(Browser browser, string page, string returnUrl)
    {
        var toProvider = await browser.Http.GetAsync($"{page}?handler=OpenId&provider=contoso-id&returnUrl={returnUrl}");
        Assert.Equal(HttpStatusCode.Redirect, toProvider.StatusCode);
        var back = await browser.Http.GetAsync(toProvider.Headers.Location);
        Assert.True(back.StatusCode == HttpStatusCode.Redirect, await back.Content.ReadAsStringAsync());
        return back.Headers.Location!.AbsoluteUri;
    }

    private static async Task<string?> AgainAsync(Browser browser) =>
        (await browser.Http.GetAsync(await BackFromProviderAsync(browser, "/sign-in/again", "/account"))).Headers.Location?.OriginalString;

    private async Task<List<string>> AuditAsync(string subject) =>
        await _platform.ReadAsync(db => db.AuditEvents.AsNoTracking().Where(row => row.Subject == subject).OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync());

    private async Task<string> IdOfAsync(string address) =>
        (await _platform.ReadAsync(db => db.Addresses.AsNoTracking().SingleAsync(row => row.Address == address))).PersonId.ToString();
}

/// <summary>One platform and one provider of an organization for all tests: what the provider says of whoever comes is a test's own.</summary>
public sealed class OpenIdPlatform : IAsyncLifetime
{
    internal OpenIdServer Provider { get; private set; } = null!;

    internal RunningPlatform Running { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await OpenIdServer.StartAsync();
        Running = await RunningPlatform.StartAsync(settings: Provider.Settings("--Accounts:OpenId:0:ProvisionPeople=true", "--Accounts:OpenId:0:AdministratorRole=mail-admins",
            "--Accounts:OpenId:0:AddressClaims:0=email", "--Accounts:OpenId:0:AddressClaims:1=preferred_username", "--Accounts:OpenId:0:AddressClaims:2=upn"));
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
