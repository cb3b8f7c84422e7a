using System.Text.Json;
using static ActionMail.Server.Tests.Intake.SenderPlatform;

namespace ActionMail.Server.Tests.Intake;

/// <summary>Who is believed about what they saw before: the hosts that the operator names, and nobody else. Protocol §2, security B-06.</summary>
[Collection(WhoSentIt.Name)]
public sealed class RelayTests(SenderPlatform platform)
{
    [Theory]
    [InlineData("the relay reports a pass", "pass", true, "active", null)]
    [InlineData("the relay reports a fail", "fail", true, "inert", "dkim_none")]
    [InlineData("anybody reports a pass", "pass", false, "inert", "dkim_none")]
    public async Task SPF_of_a_relayed_mail_is_what_the_relay_reports(string what, string result, bool isRelay, string state, string? reason)
    {
        var letter = await platform.LetterAsync() with { IsSigned = false };
        // Neither the relay nor the sender's host is listed: the addresses that connect to us prove nothing.
        platform.Publish(letter.DmarcLine, $"{letter.Domain} TXT \"v=spf1 ip4:192.0.2.1 -all\"");
        var wire = $"Authentication-Results: {RelayId}; spf={result} smtp.mailfrom={letter.Sender}\r\n{letter.Signed()}";

        var seen = await platform.DeliverAsync(letter, wire, isRelay ? Relay : null);

        Assert.Equal((what, state, reason), (what, CardOf(seen).State, CardOf(seen).Reason));
        Assert.Equal(isRelay ? (result, RelayId) : ("fail", null), (Spf(seen, "result"), Spf(seen, "reportedBy")));
    }

    [Fact]
    public async Task Of_several_reports_the_relay_s_own_stands_on_top()
    {
        var letter = await platform.LetterAsync() with { IsSigned = false };
        platform.Publish(letter.DmarcLine);
        var wire = $"Authentication-Results: {RelayId}; spf=fail smtp.mailfrom={letter.Sender}\r\n"
            + $"Authentication-Results: {RelayId}; spf=pass smtp.mailfrom={letter.Sender}\r\n{letter.Signed()}";

        Assert.Equal("fail", Spf(await platform.DeliverAsync(letter, wire, Relay), "result"));
    }

    [Theory]
    [InlineData("MAIL FROM fails", "spf=pass smtp.helo={0}; spf=fail smtp.mailfrom=x@else.test", "fail", "inert")]
    [InlineData("nothing is said of MAIL FROM", "spf=pass smtp.helo={0}", null, "inert")]
    [InlineData("MAIL FROM passes", "spf=none smtp.helo=else.test; spf=pass smtp.mailfrom={0}", "pass", "active")]
    public async Task A_relay_s_word_on_the_HELO_name_is_not_its_word_on_the_sender(string what, string results, string? result, string state)
    {
        var letter = await platform.LetterAsync() with { IsSigned = false };
        platform.Publish(letter.DmarcLine);
        var wire = $"Authentication-Results: {RelayId}; {results.Replace("{0}", letter.Domain, StringComparison.Ordinal)}\r\n{letter.Signed()}";

        var seen = await platform.DeliverAsync(letter, wire, Relay);

        var spf = seen.GetProperty("auth").GetProperty("spf");
        Assert.Equal((what, result, state), (what, spf.ValueKind == JsonValueKind.Null ? null : spf.GetProperty("result").GetString(), CardOf(seen).State));
    }

    [Fact]
    public async Task The_address_of_a_relay_is_never_judged_itself()
    {
        var letter = await platform.LetterAsync() with { IsSigned = false };
        platform.Publish(letter.DmarcLine, $"{letter.Domain} TXT \"v=spf1 ip4:127.0.0.2 -all\"");

        var state = await platform.DeliverAsync(letter, client: Relay);

        Assert.Equal(("inert", "dkim_none"), CardOf(state));
        Assert.Equal(JsonValueKind.Null, state.GetProperty("auth").GetProperty("spf").ValueKind);
    }

    [Fact]
    public async Task Results_that_claim_to_be_ours_prove_nothing_and_do_not_leave_the_house()
    {
        var letter = await platform.LetterAsync() with { IsSigned = false };
        platform.Publish(letter.DmarcLine);
        var forged = $"Authentication-Results: {OwnId}; dkim=pass header.d={letter.Domain}; spf=pass smtp.mailfrom={letter.Sender}\r\n";

        var state = await platform.DeliverAsync(letter, forged + letter.Signed());

        Assert.Equal(("inert", "dkim_none"), CardOf(state));
        Assert.Empty(state.GetProperty("auth").GetProperty("dkim").EnumerateArray());
        var original = await platform.Owner.Http.GetStringAsync($"/api/messages/{state.GetProperty("id").GetString()}/original");
        Assert.StartsWith($"Authentication-Results: {OwnId};\r\n\tspf=none", original, StringComparison.Ordinal);
        Assert.DoesNotContain("dkim=pass", original, StringComparison.Ordinal);
        Assert.EndsWith(letter.Signed(), original, StringComparison.Ordinal);
    }

    private static string? Spf(JsonElement state, string member) => state.GetProperty("auth").GetProperty("spf").GetProperty(member).GetString();
}
