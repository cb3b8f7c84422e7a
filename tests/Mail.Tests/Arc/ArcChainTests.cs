using System.Text.RegularExpressions;
using ActionMail.Mail.Arc;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Tests.Dkim;

namespace ActionMail.Mail.Tests.Arc;

public class ArcChainTests
{
    private static readonly NaiveSealer Hop = new();

    private static readonly Zone Keys = Verifying.Zone(
        Verifying.Txt("s._domainkey.relay.test", NaiveSigner.Record(NaiveSigner.Key)),
        Verifying.Txt("s._domainkey.attacker.test", NaiveSigner.Record(NaiveSigner.Key)));

    private static readonly string One = Hop.Seal(new GoldenMail().Signed(), 1);
    private static readonly string Two = Hop.Seal(One, 2);
    private static readonly string Three = (Hop with { Domain = "attacker.test" }).Seal(Two, 3);

    [Fact]
    public void A_chain_that_holds_names_who_sealed_it_and_what_they_saw()
    {
        var known = new DnsAnswers();

        var result = Verifying.Arc(Verifying.Wire(Three), Keys, known: known);

        Assert.Equal((ArcResultWord.Pass, null), (result.Result, result.Reason));
        Assert.Equal([(1, "relay.test", "none"), (2, "relay.test", "pass"), (3, "attacker.test", "pass")], result.Chain.Select(set => (set.Instance, set.Domain, set.Cv)));
        Assert.Equal([true, true, true], result.Chain.Select(set => set.SealHolds));
        Assert.Equal([null, null, true], result.Chain.Select(set => set.MessageHolds));
        Assert.All(result.Chain, set => Assert.Equal(("relay.test; dkim=pass header.d=contoso.test", "s"), (set.AuthenticationResults, set.Selector)));
        Assert.Equal(2, known.Asked.Count);
    }

    [Theory]
    [InlineData("ARC-Seal: i=1;", "set 1 is not whole")]
    [InlineData("ARC-Message-Signature: i=1;", "set 1 is not whole")]
    [InlineData("ARC-Authentication-Results: i=1;", "set 1 is not whole")]
    [InlineData("ARC-Seal: i=2;", "set 2 is not whole")]
    [InlineData("ARC-Authentication-Results: i=3;", "set 3 is not whole")]
    public void A_set_that_is_not_whole_breaks_the_chain_and_asks_nothing(string field, string reason)
    {
        var known = new DnsAnswers();
        var without = Regex.Replace(Three, Regex.Escape(field) + ".*\r\n", "");

        var result = Verifying.Arc(Verifying.Wire(without), Keys, known: known);

        Assert.Equal((ArcResultWord.Fail, reason), (result.Result, result.Reason));
        Assert.Empty(known.Asked);
    }

    [Fact]
    public void Without_the_oldest_set_there_is_no_chain()
    {
        var without = Regex.Replace(Two, "ARC-(Seal|Message-Signature|Authentication-Results): i=1;.*\r\n", "");

        Assert.Equal((ArcResultWord.Fail, "set 1 is not whole"), Judge(without));
    }

    [Theory]
    [InlineData("ARC-Seal")]
    [InlineData("ARC-Message-Signature")]
    [InlineData("ARC-Authentication-Results")]
    public void A_field_twice_breaks_the_chain(string name)
    {
        var field = Regex.Match(Two, $"{name}: i=1;.*\r\n").Value;

        Assert.Equal((ArcResultWord.Fail, $"two {name} fields with i=1"), Judge(field + Two));
    }

    [Theory]
    [InlineData("pass", 1, "the seal of set 1 says cv=pass")]
    [InlineData("fail", 1, "the seal of set 1 says cv=fail")]
    [InlineData("none", 2, "the seal of set 2 says cv=none")]
    [InlineData("fail", 2, "the seal of set 2 says cv=fail")]
    [InlineData("", 1, "ARC-Seal: cv= is not usable")]
    [InlineData("", 2, "ARC-Seal: cv= is not usable")]
    [InlineData("Pass", 2, "ARC-Seal: cv=Pass is not usable")]
    public void Each_seal_must_say_what_its_place_wants(string cv, int at, string reason)
    {
        var hop = Hop with { Cv = cv };
        var mail = at == 1 ? hop.Seal(new GoldenMail().Signed(), 1) : hop.Seal(One, 2);

        Assert.Equal((ArcResultWord.Fail, reason), Judge(mail));
    }

    [Theory]
    [InlineData("", "h=from; ", "ARC-Seal: h=from is not usable")]
    [InlineData("", "cv=pass; ", "ARC-Seal: the field is not a list of tags")]
    [InlineData("", "t=x; ", "ARC-Seal: t=x is not usable")]
    [InlineData("x=1767268800; ", "", "message signature 1: signature expired")]
    [InlineData("l=0; ", "", "message signature 1: body hash did not verify")]
    [InlineData("t=99999999999; ", "", "message signature 1: signed in the future")]
    public void A_tag_that_must_not_be_there_breaks_the_chain(string message, string seal, string reason)
    {
        var hop = Hop with { MoreOfMessage = message, MoreOfSeal = seal };

        Assert.Equal((ArcResultWord.Fail, reason), Judge(hop.Seal(new GoldenMail().Signed(), 1)));
    }

    [Fact]
    public void A_message_signature_must_not_sign_seals()
    {
        var hop = Hop with { Names = "from:arc-seal" };

        Assert.Equal(ArcResultWord.Fail, Judge(hop.Seal(One, 2)).Word);
        Assert.Equal(ArcResultWord.Pass, Judge((hop with { Names = "from" }).Seal(One, 2)).Word);
    }

    [Theory]
    [InlineData("Dear Alice", "Dear Bob", "message signature 3: body hash did not verify")]
    [InlineData("Subject: Approval", "Subject: Removal", "message signature 3: signature did not verify")]
    [InlineData("ARC-Authentication-Results: i=1; relay.test; dkim=pass", "ARC-Authentication-Results: i=1; relay.test; dkim=fail", "seal 3: signature did not verify")]
    [InlineData("ARC-Authentication-Results: i=3; relay.test; dkim=pass", "ARC-Authentication-Results: i=3; relay.test; dkim=fail", "seal 3: signature did not verify")]
    public void A_change_on_the_way_breaks_the_chain(string was, string became, string reason)
    {
        Assert.Contains(was, Three, StringComparison.Ordinal);

        Assert.Equal((ArcResultWord.Fail, reason), Judge(Three.Replace(was, became, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_hop_may_change_the_mail_before_it_seals()
    {
        var changed = Hop.Seal(One.Replace("Dear Alice", "Dear list", StringComparison.Ordinal), 2);

        Assert.Equal((ArcResultWord.Pass, null), Judge(changed));
    }

    [Fact]
    public void A_seal_over_sets_that_somebody_made_up_fails_at_theirs()
    {
        var forged = One.Replace("ARC-Seal: i=1; a=rsa-sha256; cv=none; d=relay.test", "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=attacker.test", StringComparison.Ordinal);

        var result = Verifying.Arc(Verifying.Wire(Hop.Seal(forged, 2)), Keys);

        Assert.Equal("seal 1: signature did not verify", result.Reason);
        Assert.Equal([false, true], result.Chain.Select(set => set.SealHolds));
    }

    [Theory]
    [InlineData(50, ArcResultWord.Pass, null)]
    [InlineData(51, ArcResultWord.Fail, "51 sets: at most 50 make a chain")]
    public void Fifty_sets_make_a_chain_and_no_more(int sets, ArcResultWord word, string? reason)
    {
        var mail = new GoldenMail().Signed();
        for (var instance = 1; instance <= sets; instance++)
            mail = Hop.Seal(mail, instance);

        Assert.Equal((word, reason), Judge(mail));
    }

    [Theory]
    [InlineData("s._domainkey.relay.test SERVFAIL", ArcResultWord.TempError, "message signature 1: key unavailable: SERVFAIL")]
    [InlineData("s._domainkey.relay.test TXT \"v=DKIM1; p=\"", ArcResultWord.Fail, "message signature 1: key revoked")]
    [InlineData("relay.test TXT \"x\"", ArcResultWord.Fail, "message signature 1: no key for signature")]
    public void A_key_that_cannot_be_had_is_told_from_one_that_is_not_there(string zone, ArcResultWord word, string reason)
    {
        var result = Verifying.Arc(Verifying.Wire(One), Verifying.Zone(zone));

        Assert.Equal((word, reason), (result.Result, result.Reason));
    }

    [Fact]
    public void A_mail_without_a_chain_has_none()
    {
        Assert.Equal((ArcResultWord.None, null), Judge(new GoldenMail().Signed()));
    }

    private static (ArcResultWord Word, string? Reason) Judge(string mail)
    {
        var result = Verifying.Arc(Verifying.Wire(mail), Keys);
        return (result.Result, result.Reason);
    }
}
