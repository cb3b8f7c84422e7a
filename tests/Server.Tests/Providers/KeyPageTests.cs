using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ActionMail.Protocol.Signing;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;

namespace ActionMail.Server.Tests.Providers;

/// <summary>Proof of possession on the pages: the developer gets a text, signs it with openssl, and pastes the signature. Security J-01.</summary>
public sealed partial class KeyPageTests(ApprovalPlatform platform) : IClassFixture<ApprovalPlatform>
{
    [Fact]
    public async Task A_developer_proves_a_key_on_the_providers_page_and_the_approver_sees_it()
    {
        using var key = RSA.Create(2048);
        var (id, hash, thumbprint) = await AskedAsync(key);
        using var developer = await DashboardBrowser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Developer);
        using var approver = await DashboardBrowser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);
        Assert.Contains("unverified", await approver.ReadAsync($"/providers/{id}/review/1"), StringComparison.Ordinal);
        Assert.Contains("not proven, so it cannot be approved yet", await ApprovalPlatform.CardTextAsync(await ApproversInboxAsync(), (await platform.MailAsync(ApprovalPlatform.Administrator, id, NoticeKind.Requested)).Id), StringComparison.Ordinal);
        var tooEarly = Assert.IsType<RegistrationResult.Conflict>(await platform.DecideAsync(ApprovalPlatform.Administrator, id, hash));
        Assert.Equal("key_unproven", tooEarly.Code);

        using var asked = await developer.PostAsync($"/providers/{id}?handler=Challenge", [("key", thumbprint)]);
        Assert.Equal($"/providers/{id}#keys", asked.Headers.Location?.OriginalString);
        var page = DashboardBrowser.TextOf(await developer.ReadAsync($"/providers/{id}"));
        var text = Challenge().Match(page).Value;
        Assert.Contains($"printf %s '{text}' | openssl dgst -sha256 -sign private.pem | openssl base64 -A", page, StringComparison.Ordinal);
        Assert.Contains($"actionmail provider prove-key {id} --key private.pem", page, StringComparison.Ordinal);

        using var wrong = await developer.PostAsync($"/providers/{id}?handler=ProveKey", [("key", thumbprint), ("signature", "bm9uZQ==")]);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var refused = await wrong.Content.ReadAsStringAsync();
        Assert.Matches("This proves nothing[^<]*</p>\\s*</div>", refused);
        Assert.Contains(">bm9uZQ==</textarea>", refused, StringComparison.Ordinal);
        var signature = Convert.ToBase64String(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        using var proven = await developer.PostAsync($"/providers/{id}?handler=ProveKey", [("key", thumbprint), ("signature", signature)]);

        Assert.Equal($"/providers/{id}#keys", proven.Headers.Location?.OriginalString);
        var after = DashboardBrowser.TextOf(await developer.ReadAsync($"/providers/{id}"));
        Assert.DoesNotContain("actionmail-key-proof", after, StringComparison.Ordinal);
        Assert.Contains("Key proven", after, StringComparison.Ordinal);
        Assert.DoesNotContain("unverified", await approver.ReadAsync($"/providers/{id}/review/1"), StringComparison.Ordinal);
        Assert.IsType<RegistrationResult.Done>(await platform.DecideAsync(ApprovalPlatform.Administrator, id, hash));
    }

    [Fact]
    public async Task Nobody_else_is_offered_it()
    {
        using var key = RSA.Create(2048);
        var (id, _, thumbprint) = await AskedAsync(key);
        using var administrator = await DashboardBrowser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);

        Assert.DoesNotContain("handler=Challenge", await administrator.ReadAsync($"/providers/{id}"), StringComparison.Ordinal);
        using var refused = await administrator.PostAsync($"/providers/{id}?handler=Challenge", [("key", thumbprint)]);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private async Task<(string Id, byte[] Hash, string Thumbprint)> AskedAsync(RSA key)
    {
        var read = ((KeyReading.Read)PublicKeyText.Read(key.ExportSubjectPublicKeyInfoPem())).Key;
        var (id, hash) = await platform.AskAsync(ApprovalPlatform.Content() with { Keys = [read.Jwk] });
        return (id, hash, read.Thumbprint);
    }

    private Task<Platform.Browser> ApproversInboxAsync() => Platform.Browser.SignInAsync(platform.Running.Doors, ApprovalPlatform.Administrator);

    [GeneratedRegex("actionmail-key-proof [-0-9a-f]{36} [-_A-Za-z0-9]{43} [-_A-Za-z0-9]{43}")]
    private static partial Regex Challenge();
}
