using System.Text.Json;
using ActionMail.Mail.Tests.Arc;
using ActionMail.Mail.Tests.Dkim;
using ActionMail.Server.Tests.Platform;
using static ActionMail.Server.Tests.Intake.SenderPlatform;

namespace ActionMail.Server.Tests.Intake;

/// <summary>An unsigned card acts when its sender is proven: the golden mail, and one change each. Protocol §2, security C-04 to C-08, C-12, C-15, C-16.</summary>
[Collection(WhoSentIt.Name)]
public sealed class SenderTests(SenderPlatform platform)
{
    private static readonly DateTimeOffset Tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);

    [Fact]
    public async Task The_golden_mail_has_a_card_that_acts_and_a_sender_that_is_proven()
    {
        var letter = await platform.LetterAsync();
        platform.Publish(letter.Zone);

        var state = await platform.DeliverAsync(letter);

        Assert.Equal(("active", null), CardOf(state));
        var auth = state.GetProperty("auth");
        Assert.Equal(("pass", letter.Domain, "mailfrom"), (Word(auth, "spf", "result"), Word(auth, "spf", "domain"), Word(auth, "spf", "identity")));
        Assert.StartsWith(
            $$"""[{"result":"pass","domain":"{{letter.Domain}}","selector":"s1","algorithm":"rsa-sha256","bits":2048,"reason":null,"aligned":true,""",
            auth.GetProperty("dkim").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(
            ("pass", "reject", letter.Domain, "dkim"),
            (Word(auth, "dmarc", "result"), Word(auth, "dmarc", "policy"), Word(auth, "dmarc", "domain"), Word(auth, "dmarc", "alignedBy")));
        Assert.Equal(("none", "none"), (Word(auth, "arc", "result"), auth.GetProperty("signedCard").GetString()));
        var page = await platform.Owner.OpenAsync(state.GetProperty("id").GetGuid());
        Assert.Contains("Verified by the domain " + letter.Domain, page, StringComparison.Ordinal);
        var why = await platform.Owner.Http.GetStringAsync($"/inbox/{state.GetProperty("id").GetGuid()}/why");
        Assert.Contains($"s1._domainkey.{letter.Domain} TXT", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_card_of_a_proven_sender_can_be_pressed()
    {
        var letter = await platform.LetterAsync();
        platform.Publish(letter.Zone);
        var id = (await platform.DeliverAsync(letter)).GetProperty("id").GetGuid();

        var answer = await platform.Owner.OpenAndPressAsync(id, "Approve");

        Assert.Equal("done", answer.OutcomeState);
    }

    [Theory]
    [InlineData("signed, and nothing else", null)]
    [InlineData("listed in SPF, with DMARC, and not signed", null)]
    [InlineData("signed by a subdomain", null)]
    [InlineData("with a key of 1024 bits", null)]
    [InlineData("not signed", "dkim_none")]
    [InlineData("a footer was added", "dkim_fail")]
    [InlineData("the key is not published", "dkim_fail")]
    [InlineData("the key was withdrawn", "dkim_fail")]
    [InlineData("the key is in testing", "dkim_none")]
    [InlineData("signed by another domain", "dkim_unaligned")]
    [InlineData("signed with l= as long as the body", "dkim_partial_body")]
    [InlineData("signed without Subject", "dkim_header_unsigned")]
    [InlineData("signed without Cc, which is there", "dkim_header_unsigned")]
    [InlineData("expired", "dkim_expired")]
    [InlineData("signed tomorrow", "dkim_future")]
    [InlineData("listed in SPF, without DMARC, and not signed", "spf_only")]
    [InlineData("signed by a subdomain where DMARC wants the domain itself", "dmarc_fail")]
    public async Task One_change_has_one_reason(string what, string? reason)
    {
        var letter = await platform.LetterAsync();
        // Without SPF the signature alone can be the proof.
        var (changed, zone, wire) = Change(what, letter, [letter.KeyLine, letter.DmarcLine]);
        platform.Publish(zone);

        var state = await platform.DeliverAsync(changed, wire);

        Assert.Equal((what, reason is null ? "active" : "inert", reason), (what, CardOf(state).State, CardOf(state).Reason));
        var page = await platform.Owner.OpenAsync(state.GetProperty("id").GetGuid());
        Assert.Equal(reason is not null, page.Contains("It is not verified that this message comes from", StringComparison.Ordinal));
    }

    private static (SenderLetter Letter, string[] Zone, string? Wire) Change(string what, SenderLetter letter, string[] zone) => what switch
    {
        "signed, and nothing else" => (letter, zone, null),
        "listed in SPF, with DMARC, and not signed" => (letter with { IsSigned = false }, letter.Zone, null),
        "listed in SPF, without DMARC, and not signed" => (letter with { IsSigned = false }, [letter.SpfLine], null),
        "signed by a subdomain" => (letter with { Tags = [$"d=mail.{letter.Domain}"] }, [KeyAt(letter, "mail."), letter.DmarcLine], null),
        "signed by a subdomain where DMARC wants the domain itself" => (
            letter with { Tags = [$"d=mail.{letter.Domain}"] },
            [KeyAt(letter, "mail."), letter.DmarcLine.Replace("p=reject", "p=reject; adkim=s", StringComparison.Ordinal)], null),
        "with a key of 1024 bits" => (letter with { Key = SenderLetter.WeakKey }, (letter with { Key = SenderLetter.WeakKey }).Zone, null),
        "not signed" => (letter with { IsSigned = false }, zone, null),
        "a footer was added" => (letter, zone, letter.Signed() + "A footer\r\n"),
        "the key is not published" => (letter, [letter.DmarcLine], null),
        "the key was withdrawn" => (letter, [$"s1._domainkey.{letter.Domain} TXT \"v=DKIM1; p=\"", letter.DmarcLine], null),
        "the key is in testing" => (letter, [letter.KeyLine.Replace("v=DKIM1;", "v=DKIM1; t=y;", StringComparison.Ordinal), letter.DmarcLine], null),
        "signed by another domain" => (letter with { Tags = [$"d=o{letter.Domain}"] }, [KeyAt(letter, "o"), letter.DmarcLine], null),
        "signed with l= as long as the body" => (letter with { Tags = [$"l={NaiveSigner.CanonicalBody(BodyOf(letter), relaxed: true).Length}"] }, zone, null),
        "signed without Subject" => (letter with { Tags = ["h=from:to:date"] }, zone, null),
        "signed without Cc, which is there" => (letter with { MoreFields = "Cc: elvia@contoso.test\r\n" }, zone, null),
        "expired" => (letter with { Tags = ["t=1000000000", "x=1000000001"] }, zone, null),
        "signed tomorrow" => (letter with { Tags = [$"t={Tomorrow.ToUnixTimeSeconds()}"] }, zone, null),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static string KeyAt(SenderLetter letter, string before) => letter.KeyLine.Replace("domainkey.", $"domainkey.{before}", StringComparison.Ordinal);

    [Theory]
    [InlineData("signed and listed", null)]
    [InlineData("signed alone", "spf_none")]
    [InlineData("listed alone", "spf_only")]
    [InlineData("with a key of 1024 bits", "dkim_weak_key")]
    public async Task An_organization_that_is_strict_wants_both(string what, string? reason)
    {
        var letter = await platform.LetterAsync();
        letter = what == "with a key of 1024 bits" ? letter with { Key = SenderLetter.WeakKey } : letter;
        platform.Publish(what == "signed alone" ? [letter.KeyLine, letter.DmarcLine] : letter.Zone);
        await platform.DemandAsync("strict");
        try
        {
            var state = await platform.DeliverAsync(what == "listed alone" ? letter with { IsSigned = false } : letter);

            Assert.Equal((what, reason is null ? "active" : "inert", reason), (what, CardOf(state).State, CardOf(state).Reason));
        }
        finally
        {
            await platform.DemandAsync("standard");
        }
    }

    [Theory]
    [InlineData("sealer.test", null)]
    [InlineData("stranger.test", "arc_untrusted")]
    public async Task A_forwarder_that_is_trusted_may_vouch_for_what_it_broke(string sealer, string? reason)
    {
        var letter = await platform.LetterAsync();
        var sealKey = $"s._domainkey.{sealer} TXT \"{NaiveSigner.Record(NaiveSigner.Key)}\"";
        platform.Publish(letter.KeyLine, letter.DmarcLine, sealKey);
        var broken = letter.Signed() + "A list's footer\r\n";
        var forwarded = new NaiveSealer { Domain = sealer, Results = $"{sealer}; dkim=pass header.d={letter.Domain}" }.Seal(broken, 1);

        var state = await platform.DeliverAsync(letter, forwarded, mailFrom: $"list@{sealer}");
        platform.Withdraw(sealKey);

        Assert.Equal((reason is null ? "active" : "inert", reason), CardOf(state));
        Assert.Equal("pass", Word(state.GetProperty("auth"), "arc", "result"));
    }

    [Fact]
    public async Task A_mail_without_a_card_has_a_sender_too()
    {
        var letter = await platform.LetterAsync() with { Card = "" };
        platform.Publish(letter.Zone);

        var proven = await platform.DeliverAsync(letter);
        var unproven = await platform.DeliverAsync(letter with { IsSigned = false }, (letter with { IsSigned = false }).Signed(), mailFrom: "else@elsewhere.test");

        Assert.Equal((("none", null), ("none", null)), (CardOf(proven), CardOf(unproven)));
        Assert.Contains("Verified by the domain", await platform.Owner.OpenAsync(proven.GetProperty("id").GetGuid()), StringComparison.Ordinal);
        Assert.Contains("It is not verified", await platform.Owner.OpenAsync(unproven.GetProperty("id").GetGuid()), StringComparison.Ordinal);
        var list = await platform.Owner.Http.GetStringAsync("/inbox");
        Assert.Contains("Unverified sender", LineOf(list, unproven), StringComparison.Ordinal);
        Assert.DoesNotContain("Unverified sender", LineOf(list, proven), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the DNS answers", "")]
    [InlineData("the DNS is down", "_dmarc.contoso.test SERVFAIL")]
    public async Task A_self_test_shows_its_card_and_lists_what_would_fail_for_anybody_else(string why, string zone)
    {
        var letter = new SenderLetter((await platform.LetterAsync()).Card, "contoso.test") { IsSigned = false };
        var mail = letter.Signed().Replace(letter.Sender, Service.Owner, StringComparison.Ordinal);
        platform.Publish(zone);
        using var http = platform.Running.Doors.Operator();
        var answer = await http.PostAsync($"/api/operator/self-tests?as={Service.Owner}", new StringContent(mail));
        platform.Withdraw(zone);

        Assert.True(answer.IsSuccessStatusCode, why);
        var id = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("id").GetGuid();
        Assert.Equal(("active", null), CardOf(await platform.Owner.StateAsync(id)));
        var page = await platform.Owner.Http.GetStringAsync($"/inbox/{id}/why");
        Assert.Contains("Any other failed check below would keep the card from anybody else", page, StringComparison.Ordinal);
        Assert.Matches("check-fail\"(?s:.)*<code>dkim_none</code>", page);
    }

    private static string LineOf(string list, JsonElement state)
    {
        var from = list.IndexOf($"data-message=\"{state.GetProperty("id").GetString()}\"", StringComparison.Ordinal);
        return list[from..list.IndexOf("</li>", from, StringComparison.Ordinal)];
    }

    private static string BodyOf(SenderLetter letter)
    {
        var text = letter.Text.ReplaceLineEndings("\r\n");
        return text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
    }

    private static string? Word(JsonElement auth, string method, string member) => auth.GetProperty(method).GetProperty(member).GetString();
}
