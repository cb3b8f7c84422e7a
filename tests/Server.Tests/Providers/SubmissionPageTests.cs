using System.Net;
using System.Security.Cryptography;
using ActionMail.Server.Persistence;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Providers;

/// <summary>The submission form through its page, without script. dashboard.md "The submission"; security J-01, J-04, J-10, J-14, J-15.</summary>
public sealed class SubmissionPageTests(SubmissionPageTests.Roomy shared) : IClassFixture<SubmissionPageTests.Roomy>
{
    private const string Developer = "dev@contoso.test";

    [Fact]
    public async Task A_developer_submits_for_test_users_and_it_is_in_force_at_once()
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();

        using var answer = await dev.PostAsync(Edit(id), [.. TestUsers("At once", "at-once@contoso.test"), ("command", "submit")]);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal($"/providers/{id}?submitted=1", answer.Headers.Location!.ToString());
        var page = DashboardBrowser.TextOf(await dev.ReadAsync($"/providers/{id}?submitted=1"));
        Assert.Contains("it is in force now", page);
        Assert.Contains("at-once@contoso.test", page);
        Assert.Contains(id, page);
        Assert.Contains(id, DashboardBrowser.TextOf(await dev.ReadAsync("/providers")));
    }

    [Fact]
    public async Task All_errors_are_told_at_once_each_beside_its_field_and_nothing_typed_is_lost()
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();

        using var answer = await dev.PostAsync(Edit(id),
            [("name", "A name that stays"), ("senders", "*@contoso.test\nok@contoso.test"), ("targets", "https://api.contoso.test/hook?sig=abc"), ("keys", "<RSAKeyValue>"), ("scope", "Global"),
             ("contact.name", "Kept Contact"), ("contact.email", "not an address"), ("scenario.sampleCard", """{"type":"AdaptiveCard"}"""), ("command", "submit")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        foreach (var field in new[] { "senders", "targets", "contact-email", "contact-phone", "publisher-name", "verification-steps", "key-0" })
            Assert.Contains($"href=\"#{field}\"", page);
        Assert.Matches("id=\"senders\"[^>]*aria-describedby=\"senders-hint senders-notes\"[^>]*aria-invalid=\"true\"", page);
        Assert.DoesNotMatch("id=\"name\"[^>]*aria-invalid", page);
        foreach (var typed in new[] { "A name that stays", "*@contoso.test", "ok@contoso.test", "sig=abc", "Kept Contact", "not an address" })
            Assert.Contains(typed, WebUtility.HtmlDecode(page));
        // A second visit finds it all again: it is the draft.
        Assert.Contains("A name that stays", await dev.ReadAsync(Edit(id)));
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("xml")]
    [InlineData("file")]
    public async Task A_private_key_is_refused_and_neither_kept_nor_shown_again(string form)
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();
        using var rsa = RSA.Create(2048);
        var (secret, proof) = form == "xml" ? (rsa.ToXmlString(includePrivateParameters: true), "<D>") : (rsa.ExportPkcs8PrivateKeyPem(), "PRIVATE KEY");

        using var answer = form == "file"
            ? await dev.PostAsync(Edit(id), [("name", "Leaky"), ("keys", ""), ("command", "save")], [("keyFile", System.Text.Encoding.ASCII.GetBytes(secret), "key.pem")])
            : await dev.PostAsync(Edit(id), [("name", "Leaky"), ("keys", secret), ("keys", rsa.ExportSubjectPublicKeyInfoPem()), ("command", "save")]);

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("this is a private key, and it is now compromised", page);
        // Beside the field that it was handed in by, to which the summary leads.
        var field = form == "file" ? "keyFile" : "key-1";
        Assert.Contains($"href=\"#{field}\"", page);
        Assert.Matches($"(?s)id=\"{field}\"[^>]*aria-invalid=\"true\".*id=\"{field}-notes\"[^>]*>\\s*<p class=\"form-error\"[^>]*>The public key is refused: this is a private key", page);
        Assert.DoesNotContain(proof, page);
        var draft = await DraftAsync(id);
        Assert.Contains("Leaky", draft.Fields);
        Assert.DoesNotContain(proof, System.Text.RegularExpressions.Regex.Unescape(draft.Fields));
        Assert.Equal(form != "file", draft.Fields.Contains("PUBLIC KEY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_is_shown_back_as_thumbprint_xml_and_jwk()
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();
        using var rsa = RSA.Create(2048);

        using var answer = await dev.PostAsync(Edit(id), [("keys", rsa.ExportSubjectPublicKeyInfoPem()), ("command", "save")]);

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Contains(rsa.ToXmlString(includePrivateParameters: false), page);
        Assert.Contains("\"kty\":\"RSA\"", page);
        Assert.Matches("data-key-thumbprint>[A-Za-z0-9_-]{43}<", page);
    }

    [Fact]
    public async Task A_field_that_the_form_did_not_show_keeps_what_the_draft_has()
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();
        (await dev.PostAsync(Edit(id), [("scope", "Global"), ("contact.name", "Still there"), ("command", "save")])).Dispose();

        using var folded = await dev.PostAsync(Edit(id), [("scope", "TestUsers"), ("command", "update")]);

        Assert.DoesNotContain("name=\"contact.name\"", await folded.Content.ReadAsStringAsync());
        (await dev.PostAsync(Edit(id), [("scope", "Global"), ("command", "update")])).Dispose();
        Assert.Contains("value=\"Still there\"", await dev.ReadAsync(Edit(id)));
    }

    [Fact]
    public async Task What_was_saved_elsewhere_is_not_overwritten_unasked()
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();
        (await dev.PostAsync(Edit(id), [("name", "From the other window"), ("command", "save")])).Dispose();

        using var late = await dev.PostAsync(Edit(id), [("name", "From this one"), ("version", "1"), ("command", "save")]);
        using var script = await dev.PostAsync($"{Edit(id)}?handler=Draft", [("name", "From a script"), ("version", "1")]);

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var page = await late.Content.ReadAsStringAsync();
        Assert.Contains("saved elsewhere since you opened it", page);
        Assert.Contains("value=\"From this one\"", page);
        Assert.Contains("name=\"version\" value=\"2\"", page);
        Assert.Equal(HttpStatusCode.Conflict, script.StatusCode);
        Assert.Equal(2, (await DashboardBrowser.JsonOfAsync(script)).GetProperty("version").GetInt32());
        Assert.Contains("From the other window", (await DraftAsync(id)).Fields);
        // The control: the version that the answer named is taken.
        using var kept = await dev.PostAsync(Edit(id), [("name", "From this one"), ("version", "2"), ("command", "save")]);
        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Assert.Contains("From this one", (await DraftAsync(id)).Fields);
    }

    [Fact]
    public async Task What_a_colleague_submitted_since_is_shown_and_put_aside_only_knowingly()
    {
        using var dev = await SignInAsync(Developer);
        using var elvia = await SignInAsync("elvia@contoso.test");
        var id = await dev.BeginAsync();
        (await dev.PostAsync(Edit(id), [.. TestUsers("In two hands", "two-hands@contoso.test"), ("command", "submit")])).Dispose();
        (await dev.PostAsync($"/providers/{id}?handler=AddOwner", [("address", "elvia@contoso.test")])).Dispose();
        (await dev.PostAsync(Edit(id), [.. TestUsers("Mine", "two-hands@contoso.test"), ("version", "0"), ("command", "save")])).Dispose();
        (await elvia.PostAsync(Edit(id), [.. TestUsers("Hers", "two-hands@contoso.test"), ("version", "0"), ("command", "submit")])).Dispose();

        var opened = await dev.ReadAsync(Edit(id));
        using var refused = await dev.PostAsync(Edit(id), [.. TestUsers("Mine", "two-hands@contoso.test"), ("command", "submit")]);

        Assert.Contains("elvia@contoso.test submitted revision 2 after you had begun this", DashboardBrowser.TextOf(opened));
        Assert.Contains("<ins>Hers</ins>", opened);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("value=\"Mine\"", await refused.Content.ReadAsStringAsync());
        using var knowingly = await dev.PostAsync(Edit(id), [.. TestUsers("Mine", "two-hands@contoso.test"), ("over", "2")]);
        Assert.Equal($"/providers/{id}?submitted=3", knowingly.Headers.Location!.ToString());
    }

    // The form was opened before the colleague submitted, and nothing was saved until after.
    [Fact]
    public async Task A_form_that_was_opened_before_a_colleague_submitted_does_not_put_that_aside()
    {
        using var dev = await SignInAsync(Developer);
        using var elvia = await SignInAsync("elvia@contoso.test");
        var id = await dev.BeginAsync();
        (await dev.PostAsync(Edit(id), [.. TestUsers("Opened early", "early@contoso.test"), ("command", "submit")])).Dispose();
        (await dev.PostAsync($"/providers/{id}", [("handler", "AddOwner"), ("address", "elvia@contoso.test")])).Dispose();
        Assert.Contains("name=\"begun\" value=\"1\"", await dev.ReadAsync(Edit(id)));
        (await elvia.PostAsync(Edit(id), [.. TestUsers("Hers", "early@contoso.test"), ("version", "0"), ("begun", "1"), ("command", "submit")])).Dispose();

        using var script = await dev.PostAsync($"{Edit(id)}?handler=Draft", [.. TestUsers("Mine", "early@contoso.test"), ("version", "0"), ("begun", "1")]);
        using var late = await dev.PostAsync(Edit(id), [.. TestUsers("Mine", "early@contoso.test"), ("version", "1"), ("begun", "1"), ("command", "submit")]);

        Assert.Equal(HttpStatusCode.OK, script.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("elvia@contoso.test submitted revision 2 after you had begun this", await DashboardBrowser.TextOfAsync(late));
    }

    [Fact]
    public async Task Saving_while_typing_says_what_is_wrong_and_nothing_of_what_is_not_filled_in()
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();

        using var answer = await dev.PostAsync($"{Edit(id)}?handler=Draft",
            [("name", "Typed"), ("targets", "https://user:secret@api.contoso.test"), ("keys", "<RSAKeyValue>"), ("keys", ""), ("scope", "Global"), ("tokenProfile", "Entra"), ("appId", "6A1C8B52-0D3E-4F7A-9B21-5C4D3E2F1A09")]);

        var saved = await DashboardBrowser.JsonOfAsync(answer);
        Assert.Equal(2, saved.GetProperty("version").GetInt32());
        var note = Assert.Single(saved.GetProperty("notes").EnumerateArray());
        Assert.Equal("targets", note.GetProperty("id").GetString());
        Assert.Contains("secret", note.GetProperty("words").GetString());
        Assert.Equal(["The public key", ""], saved.GetProperty("keys").EnumerateArray().Select(key => (key.GetProperty("refusal").GetString() ?? "").Split(" is ")[0]));
        Assert.Equal($"api://auth-am-{id}/6a1c8b52-0d3e-4f7a-9b21-5c4d3e2f1a09", saved.GetProperty("appIdUri").GetString());
    }

    [Fact]
    public async Task The_sample_card_is_linted_and_drawn_without_what_it_would_call()
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();
        const string card = """{"type":"AdaptiveCard","version":"1.0","body":[{"type":"TextBlock","text":"Hello"}],"actions":[{"type":"Action.Http","title":"Go","method":"POST","url":"https://api.contoso.test/secret-path","body":"{}"}]}""";

        using var live = await dev.PostAsync($"{Edit(id)}?handler=Card", [("scenario.sampleCard", card)]);
        using var plain = await dev.PostAsync(Edit(id), [("scope", "Global"), ("scenario.sampleCard", card), ("command", "check")]);

        var check = await live.Content.ReadAsStringAsync();
        Assert.Contains("Hello", check);
        Assert.Contains("AC", check);
        Assert.DoesNotContain("secret-path", check);
        var page = await plain.Content.ReadAsStringAsync();
        Assert.Contains("<actionable-card preview>", page);
        Assert.Contains("What the lint says", page);
    }

    [Fact]
    public async Task Visiting_the_form_again_untouched_uses_up_no_second_draft()
    {
        using var dev = await SignInAsync("carol@fabrikam.test");

        var first = await dev.BeginAsync();
        Assert.Equal(first, await dev.BeginAsync());

        (await dev.PostAsync(Edit(first), [("name", "Touched"), ("command", "save")])).Dispose();
        Assert.NotEqual(first, await dev.BeginAsync());
    }

    [Fact]
    public async Task A_form_in_which_nothing_was_typed_says_nothing_of_saving_and_asks_for_the_first_key()
    {
        using var dev = await SignInAsync("carol@fabrikam.test");
        var id = await dev.BeginAsync();

        var empty = DashboardBrowser.TextOf(await dev.ReadAsync(Edit(id)));
        (await dev.PostAsync(Edit(id), [("name", "Typed"), ("keys", "nonsense"), ("command", "save")])).Dispose();
        var typed = DashboardBrowser.TextOf(await dev.ReadAsync(Edit(id)));

        Assert.DoesNotContain("Saved ", empty);
        Assert.DoesNotContain("Another key", empty);
        Assert.Contains("Saved ", typed);
        Assert.Contains("Another key", typed);
    }

    [Fact]
    public async Task What_never_ran_is_not_said_to_keep_running()
    {
        using var dev = await SignInAsync(Developer);
        var (waiting, running) = (await SubmitAsync(dev, "Organization", "never-ran@contoso.test"), await SubmitAsync(dev, "TestUsers", "has-run@contoso.test"));

        Assert.Contains("Nothing of it runs yet", await dev.ReadAsync(Edit(waiting)));
        Assert.Contains("What runs now keeps running", await dev.ReadAsync(Edit(running)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?handler=Draft")]
    [InlineData("?handler=Card")]
    public async Task A_post_without_the_request_token_does_nothing(string handler)
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();

        using var answer = await dev.Http.PostAsync(Edit(id) + handler, new FormUrlEncodedContent([new("name", "Forged"), new("version", "1")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("Forged", (await DraftAsync(id)).Fields);
    }

    [Theory]
    [InlineData("elvia@contoso.test")]
    [InlineData("admin@contoso.test")]
    [InlineData("carol@fabrikam.test")]
    [InlineData("reviewer@platform.test")]
    public async Task A_draft_is_its_writers_alone(string other)
    {
        using var dev = await SignInAsync(Developer);
        using var stranger = await SignInAsync(other);
        var id = await dev.BeginAsync();

        using var read = await stranger.GetAsync(Edit(id));
        using var written = await stranger.PostAsync(Edit(id), [("name", "Taken over"), ("version", "1"), ("command", "save")], form: "/providers");

        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, written.StatusCode);
        Assert.DoesNotContain("Taken over", (await DraftAsync(id)).Fields);
    }

    [Fact]
    public async Task What_a_form_has_no_field_for_cannot_be_set()
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();

        using var answer = await dev.PostAsync(Edit(id),
            [.. TestUsers("Assigned", "assigned@contoso.test"), ("State", "Approved"), ("organizationId", Guid.NewGuid().ToString()), ("originator", Guid.Empty.ToString()), ("isGlobal", "true"), ("command", "submit")]);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var row = await shared.Running.ReadAsync(db => db.Providers.AsNoTracking().SingleAsync(provider => provider.Id == id));
        Assert.False(row.IsGlobal);
        Assert.Equal("platform", (await shared.Running.ReadAsync(db => db.ProviderRevisions.AsNoTracking().SingleAsync(revision => revision.ProviderId == id))).DecidedBy);
    }

    private static string Edit(string id) => $"/providers/{id}/edit";

    private static (string, string)[] TestUsers(string name, string sender) =>
        [("name", name), ("senders", sender), ("targets", "https://api.contoso.test"), ("tokenProfile", "Eat"), ("scope", "TestUsers"), ("testUsers", "dev@contoso.test; elvia@contoso.test")];

    private static async Task<string> SubmitAsync(DashboardBrowser dev, string scope, string sender)
    {
        var id = await dev.BeginAsync();
        using var answer = await dev.PostAsync(Edit(id), [.. TestUsers(sender, sender).Select(field => field.Item1 == "scope" ? ("scope", scope) : field), ("command", "submit")]);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return id;
    }

    private Task<DashboardBrowser> SignInAsync(string address) => DashboardBrowser.SignInAsync(shared.Running.Doors, address);

    private Task<ProviderDraftRow> DraftAsync(string id) => shared.Running.ReadAsync(db => db.ProviderDrafts.AsNoTracking().SingleAsync(draft => draft.ProviderId == id));

    /// <summary>The tests of the class begin more than one person may in a day.</summary>
    public sealed class Roomy : SharedPlatform
    {
        private protected override string[] Settings => ["--Providers:DraftsPerDay=1000", "--Providers:RevisionsPerDay=1000"];
    }
}
