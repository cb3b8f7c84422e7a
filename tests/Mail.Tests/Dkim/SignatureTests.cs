using System.Globalization;
using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Tests.Dkim;

public class SignatureTests
{
    private static readonly GoldenMail Golden = new();

    [Fact]
    public void The_golden_mail_passes_with_its_evidence()
    {
        var result = Assert.Single(Verifying.Dkim(Golden.Bytes(), Golden.Zone));

        Assert.Equal((DkimResultWord.Pass, null, null), (result.Result, result.Fault, result.Reason));
        Assert.Equal(("contoso.test", "sel", "rsa-sha256", 2048, "@contoso.test"), (result.Domain, result.Selector, result.Algorithm, result.KeyBits, result.Identity));
        Assert.Equal(["from", "to", "subject", "date", "message-id", "mime-version", "content-type", "from", "to", "subject", "date"], result.SignedNames);
        Assert.Empty(result.UncoveredNames);
        Assert.True(result.CoversWholeBody);
        Assert.Equal((Verifying.Now, null), (result.SignedAt, result.ExpiresAt));
        Assert.Equal(("sel._domainkey.contoso.test", NaiveSigner.Record(NaiveSigner.Key)), (result.KeyName, result.KeyRecord));
    }

    [Theory]
    [InlineData("c=simple/simple")]
    [InlineData("c=simple/relaxed")]
    [InlineData("c=relaxed/simple")]
    [InlineData("c=relaxed")]
    [InlineData("c=simple")]
    [InlineData("-c")]
    [InlineData("-t")]
    [InlineData("x=1767268860")]
    [InlineData("t=2000000000000", "-t")]
    [InlineData("i=alice@contoso.test")]
    [InlineData("i=@mail.contoso.test")]
    [InlineData("i=a=40b@Contoso.Test")]
    [InlineData("q=dns/txt")]
    [InlineData("q=http/well-known:dns/txt")]
    [InlineData("d=CONTOSO.test")]
    [InlineData("h=From")]
    [InlineData("h=from : to\r\n :subject:x-not-there:x-not-there")]
    [InlineData("z=From:foo@eng.example.net|To:joe@example.com")]
    [InlineData("unknown=anything at all")]
    [InlineData("v= \r\n 1 ")]
    public void What_the_RFC_permits_passes(params string[] changes)
    {
        var mail = Golden.With(changes);

        Assert.Equal((DkimResultWord.Pass, null), Judge(mail));
    }

    [Theory]
    [InlineData(DkimFault.MalformedSignature, "-v")]
    [InlineData(DkimFault.MalformedSignature, "v=2")]
    [InlineData(DkimFault.MalformedSignature, "v=1.0")]
    [InlineData(DkimFault.MalformedSignature, "-a")]
    [InlineData(DkimFault.MalformedSignature, "-d")]
    [InlineData(DkimFault.MalformedSignature, "-s")]
    [InlineData(DkimFault.MalformedSignature, "-h")]
    [InlineData(DkimFault.MalformedSignature, "-bh")]
    [InlineData(DkimFault.MalformedSignature, "b=")]
    [InlineData(DkimFault.MalformedSignature, "b=!")]
    [InlineData(DkimFault.MalformedSignature, "bh=!")]
    [InlineData(DkimFault.MalformedSignature, "h=")]
    [InlineData(DkimFault.MalformedSignature, "h=from::to")]
    [InlineData(DkimFault.MalformedSignature, "h=from to")]
    [InlineData(DkimFault.MalformedSignature, "c=relaxed/")]
    [InlineData(DkimFault.MalformedSignature, "c=Relaxed/relaxed")]
    [InlineData(DkimFault.MalformedSignature, "c=nowsp")]
    [InlineData(DkimFault.MalformedSignature, "q=http/well-known")]
    [InlineData(DkimFault.MalformedSignature, "t=now")]
    [InlineData(DkimFault.MalformedSignature, "t=")]
    [InlineData(DkimFault.MalformedSignature, "x=1767268800")]
    [InlineData(DkimFault.MalformedSignature, "x=-1")]
    [InlineData(DkimFault.MalformedSignature, "l=some")]
    [InlineData(DkimFault.MalformedSignature, "i=alice")]
    [InlineData(DkimFault.MalformedSignature, "i=alice@")]
    [InlineData(DkimFault.MalformedSignature, "d=contoso.test'a.attacker.test")]
    [InlineData(DkimFault.MalformedSignature, "d=contoso.test(.attacker.test")]
    [InlineData(DkimFault.MalformedSignature, "d=-")]
    [InlineData(DkimFault.MalformedSignature, "d=test")]
    [InlineData(DkimFault.MalformedSignature, "d=contoso..test")]
    [InlineData(DkimFault.MalformedSignature, "d=contoso.test.")]
    [InlineData(DkimFault.MalformedSignature, "d=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test")]
    [InlineData(DkimFault.MalformedSignature, "d=cont\u00F6so.test")]
    [InlineData(DkimFault.MalformedSignature, "s=a b")]
    [InlineData(DkimFault.MalformedSignature, "s=sel._domainkey.attacker.test.\0.any")]
    [InlineData(DkimFault.MalformedSignature, "s=")]
    [InlineData(DkimFault.MalformedSignature, "V=1;v=1;V=1")]
    [InlineData(DkimFault.MalformedSignature, "1st=1")]
    [InlineData(DkimFault.UnusableAlgorithm, "a=rsa-sha1")]
    [InlineData(DkimFault.UnusableAlgorithm, "a=RSA-SHA256")]
    [InlineData(DkimFault.UnusableAlgorithm, "a=none")]
    [InlineData(DkimFault.FromNotSigned, "h=to:subject:date")]
    [InlineData(DkimFault.IdentityOutsideDomain, "i=alice@attacker.test")]
    [InlineData(DkimFault.IdentityOutsideDomain, "i=alice@contoso.test.attacker.test")]
    [InlineData(DkimFault.IdentityOutsideDomain, "i=@evilcontoso.test")]
    public void What_the_RFC_forbids_is_a_permanent_error_and_asks_nothing(DkimFault fault, params string[] changes)
    {
        var (mail, known) = (Golden.With(changes), new DnsAnswers());

        var result = Assert.Single(Verifying.Dkim(mail.Bytes(), mail.Zone, known: known));

        Assert.Equal((DkimResultWord.PermError, fault), (result.Result, result.Fault));
        Assert.NotEmpty(result.Reason!);
        Assert.Empty(known.Asked);
    }

    [Theory]
    [InlineData(";;", "a tag that is nothing")]
    [InlineData("; a=rsa-sha256;", "a tag twice")]
    [InlineData("; x;", "a tag without a value")]
    [InlineData("; \u00E4=1;", "a name beyond ASCII")]
    public void A_field_that_is_no_list_of_tags_is_malformed(string instead, string why)
    {
        var mail = Golden.Signed().Replace("; c=", instead + " c=", StringComparison.Ordinal);

        Assert.True(Assert.Single(Verifying.Dkim(Verifying.Wire(mail), Golden.Zone)).Fault == DkimFault.MalformedSignature, why);
    }

    [Theory]
    [InlineData("x=1767268801", "2026-01-01T12:00:00Z", DkimResultWord.Pass, null)]
    [InlineData("x=1767268801", "2026-01-01T12:00:01Z", DkimResultWord.Fail, DkimFault.Expired)]
    [InlineData("t=1767269100", "2026-01-01T12:00:00Z", DkimResultWord.Pass, null)]
    [InlineData("t=1767269101", "2026-01-01T12:00:00Z", DkimResultWord.Fail, DkimFault.FromTheFuture)]
    [InlineData("t=2240000000", "2026-01-01T12:00:00Z", DkimResultWord.Fail, DkimFault.FromTheFuture)]
    [InlineData("t=2240000000", "2041-01-01T12:00:00Z", DkimResultWord.Pass, null)]
    [InlineData("x=999999999999", "2041-01-01T12:00:00Z", DkimResultWord.Pass, null)]
    public void A_signature_holds_in_its_time(string tag, string now, DkimResultWord word, DkimFault? fault)
    {
        var mail = Golden.With(tag);

        var result = Assert.Single(Verifying.Dkim(mail.Bytes(), mail.Zone, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

        Assert.Equal((word, fault), (result.Result, result.Fault));
        Assert.True(result.ExpiresAt is null || result.ExpiresAt > result.SignedAt);
    }

    [Fact]
    public void The_time_of_the_classic_replay_has_passed()
    {
        var mail = Golden.With("t=1000000000", "x=1000000001");

        Assert.Equal((DkimResultWord.Fail, DkimFault.Expired), Judge(mail));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("4")]
    [InlineData("54")]
    public void A_signature_over_part_of_the_body_verifies_and_does_not_count(string length)
    {
        var mail = Golden.With($"l={length}");

        var result = Assert.Single(Verifying.Dkim(mail.Bytes(), mail.Zone));
        Assert.Equal((DkimResultWord.Policy, DkimFault.PartialBody, false), (result.Result, result.Fault, result.CoversWholeBody));

        var appended = Assert.Single(Verifying.Dkim(Verifying.Wire(mail.Signed() + "and a card\r\n"), mail.Zone));
        Assert.Equal(DkimFault.PartialBody, appended.Fault);
    }

    [Fact]
    public void A_body_that_is_shorter_than_signed_fails()
    {
        Assert.Equal((DkimResultWord.Fail, DkimFault.BodyChanged), Judge(Golden.With("l=100000")));
    }

    [Theory]
    [InlineData("Alice,", "Bob,", DkimFault.BodyChanged)]
    [InlineData("Subject: Approval", "Subject: Removal", DkimFault.SignatureMismatch)]
    [InlineData("From: Contoso", "From: Fabrikam", DkimFault.SignatureMismatch)]
    [InlineData("t=1767268800", "t=1767268799", DkimFault.SignatureMismatch)]
    [InlineData("To: alice@t1.test\r\n", "", DkimFault.SignatureMismatch)]
    [InlineData("From: Contoso", "From: mallory@attacker.test\r\nFrom: Contoso", DkimFault.SignatureMismatch)]
    [InlineData("Subject: Approval", "Subject: Other\r\nSubject: Approval", DkimFault.SignatureMismatch)]
    [InlineData("of a  request", "of a request", null)]
    [InlineData("Subject: Approval\r\n", "SUBJECT \t:   Approval\r\n", null)]
    [InlineData("please  approve \tthis.", "please approve this. \t ", null)]
    [InlineData("Contoso\r\n", "Contoso\r\n \r\n\t\r\n\r\n", null)]
    public void A_change_on_the_way_fails_unless_canonicalization_takes_it_away(string was, string became, DkimFault? fault)
    {
        var mail = Golden.Signed();
        Assert.Contains(was, mail, StringComparison.Ordinal);

        var at = mail.LastIndexOf(was, StringComparison.Ordinal);
        var changed = mail[..at] + became + mail[(at + was.Length)..];
        Assert.Equal(fault, Assert.Single(Verifying.Dkim(Verifying.Wire(changed), Golden.Zone)).Fault);
    }

    [Fact]
    public void Of_a_repeated_field_the_last_one_is_signed_first()
    {
        var twice = Golden with { Text = GoldenMail.Unsigned.Replace("To: alice", "To: bob@t1.test\nTo: alice", StringComparison.Ordinal) };
        var once = twice.With("h=from:to");
        Assert.Equal(DkimResultWord.Pass, Judge(once).Item1);
        Assert.Contains("to", Assert.Single(Verifying.Dkim(once.Bytes(), once.Zone)).UncoveredNames);

        var upper = once.Signed().Replace("To: bob", "To: eve", StringComparison.Ordinal);
        var lower = once.Signed().Replace("To: alice", "To: eve", StringComparison.Ordinal);
        Assert.Equal(DkimResultWord.Pass, Assert.Single(Verifying.Dkim(Verifying.Wire(upper), once.Zone)).Result);
        Assert.Equal(DkimResultWord.Fail, Assert.Single(Verifying.Dkim(Verifying.Wire(lower), once.Zone)).Result);
    }

    [Fact]
    public void Fields_that_are_not_signed_are_named()
    {
        var mail = Golden.With("h=from:to:subject:date");

        Assert.Equal(["message-id", "mime-version", "content-type"], Assert.Single(Verifying.Dkim(mail.Bytes(), mail.Zone)).UncoveredNames);
    }

    [Fact]
    public void Each_signature_has_its_own_result()
    {
        var inner = Golden.Signed();
        var outer = NaiveSigner.Sign(inner, Golden.With("d=relay.test").SignatureTags);

        var results = Verifying.Dkim(Verifying.Wire(outer), Golden.Zone);

        Assert.Equal([("relay.test", DkimFault.NoKey), ("contoso.test", null)], results.Select(result => (result.Domain, result.Fault)));
    }

    [Fact]
    public void Of_many_signatures_five_are_tried_and_the_authors_are_among_them()
    {
        var flood = string.Concat(Enumerable.Range(0, 100).Select(i => $"DKIM-Signature: v=1; a=rsa-sha256; d=a{i}.test; s=s; h=from; bh=AAAA; b=AAAA\r\n"));
        var known = new DnsAnswers();

        var results = Verifying.Dkim(Verifying.Wire(flood + Golden.Signed()), Golden.Zone, known: known);

        Assert.Equal(101, results.Length);
        Assert.Equal(96, results.Count(result => result.Fault == DkimFault.NotTried));
        Assert.Equal(DkimResultWord.Pass, results[^1].Result);
        Assert.Equal(5, known.Asked.Count);
    }

    [Fact]
    public void A_header_over_the_limits_proves_nothing()
    {
        var flood = string.Concat(Enumerable.Repeat("DKIM-Signature: v=1; a=rsa-sha256; d=a.test; s=s; h=from; bh=AAAA; b=AAAA\r\n", 1_000));
        var known = new DnsAnswers();

        var results = Verifying.Dkim(Verifying.Wire(flood + Golden.Signed()), Golden.Zone, known: known);

        Assert.All(results, result => Assert.Equal((DkimResultWord.Neutral, DkimFault.HeaderTooLarge), (result.Result, result.Fault)));
        Assert.Empty(known.Asked);
    }

    [Fact]
    public void A_mail_without_signatures_has_no_results()
    {
        Assert.Empty(Verifying.Dkim(Verifying.Wire(GoldenMail.Unsigned), Golden.Zone));
    }

    private static (DkimResultWord, DkimFault?) Judge(GoldenMail mail)
    {
        var result = Assert.Single(Verifying.Dkim(mail.Bytes(), mail.Zone));
        return (result.Result, result.Fault);
    }
}
