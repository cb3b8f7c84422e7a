using System.Net;
using ActionMail.Mail.Arc;
using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dmarc;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Senders;
using ActionMail.Mail.Spf;
using ActionMail.Mail.Tests.Arc;
using ActionMail.Mail.Tests.Dkim;
using ActionMail.Mail.Tests.Dns;

namespace ActionMail.Mail.Tests.Senders;

/// <summary>SPF, DKIM, DMARC and ARC of one mail together: what is asked when, and what cannot be judged.</summary>
public sealed class SenderEvaluationTests
{
    private const string Spf = "contoso.test TXT \"v=spf1 ip4:192.0.2.1 -all\"";
    private const string Dmarc = "_dmarc.contoso.test TXT \"v=DMARC1; p=reject\"";

    private static readonly string Key = Verifying.Txt("sel._domainkey.contoso.test", NaiveSigner.Record(NaiveSigner.Key));

    [Fact]
    public void All_that_can_be_asked_is_asked_at_once()
    {
        var first = Assert.IsType<DnsStep<SenderResults>.Ask>(Next(Query(new GoldenMail().Bytes()), new()));

        Assert.Equal(
            ["_dmarc.contoso.test TXT", "contoso.test TXT", "sel._domainkey.contoso.test TXT"],
            first.Questions.Select(question => question.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void With_warm_answers_nothing_is_asked()
    {
        Drive.ToTheEnd(known => Next(Query(new GoldenMail().Bytes()), known), Verifying.Zone(Key, Spf, Dmarc), out var warm, out var rounds);

        var results = Assert.IsType<DnsStep<SenderResults>.Done>(Next(Query(new GoldenMail().Bytes()), warm)).Result;

        Assert.Equal(1, rounds);
        Assert.Equal(
            (SpfOutcome.Pass, DkimResultWord.Pass, ArcResultWord.None),
            (results.Spf?.Result.Outcome, results.Signatures.Single().Result.Result, results.Arc.Result));
        Assert.Equal(AlignedBy.Dkim, Assert.IsType<DmarcResult.Pass>(results.Dmarc).By);
        Assert.Null(results.Trouble);
    }

    [Theory]
    [InlineData(
        "SPF includes others, three deep", 4,
        "contoso.test TXT \"v=spf1 include:a.test -all\"", "a.test TXT \"v=spf1 include:b.test -all\"", "b.test TXT \"v=spf1 include:c.test -all\"", "c.test TXT \"v=spf1 -all\"")]
    [InlineData("nobody publishes DMARC, and one more name stands above", 2, Spf)]
    public void It_takes_as_many_rounds_as_the_longest_chain(string why, int rounds, params string[] zone)
    {
        Drive.ToTheEnd(known => Next(Query(new GoldenMail().Bytes()), known), Verifying.Zone([Key, .. zone]), out _, out var taken);

        Assert.Equal((why, rounds), (why, taken));
    }

    public static TheoryData<string, string[], Type?> Troubles => new()
    {
        { "all is published", [Key, Spf, Dmarc], null },
        { "the key", ["sel._domainkey.contoso.test SERVFAIL", Spf, Dmarc], typeof(SenderTrouble.Key) },
        { "SPF", [Key, "contoso.test TIMEOUT", Dmarc], typeof(SenderTrouble.Dns) },
        { "DMARC", [Key, Spf, "_dmarc.contoso.test SERVFAIL"], typeof(SenderTrouble.Dns) },
        { "nothing is published, which is an answer", ["test A 192.0.2.9"], null },
    };

    [Theory, MemberData(nameof(Troubles))]
    public void What_the_DNS_cannot_say_is_trouble_and_no_verdict(string what, string[] zone, Type? trouble)
    {
        var results = Drive.ToTheEnd(known => Next(Query(new GoldenMail().Bytes()), known), Verifying.Zone(zone));

        Assert.Equal((what, trouble), (what, results.Trouble?.GetType()));
    }

    [Fact]
    public void DMARC_has_not_failed_while_an_aligned_signature_waits_for_its_key()
    {
        var query = Query(new GoldenMail().Bytes(), "198.51.100.7");

        var results = Drive.ToTheEnd(known => Next(query, known), Verifying.Zone("sel._domainkey.contoso.test SERVFAIL", Spf, Dmarc));

        Assert.Equal(SpfOutcome.Fail, results.Spf?.Result.Outcome);
        Assert.IsType<DmarcResult.TempError>(results.Dmarc);
    }

    [Fact]
    public void A_stranger_s_key_that_cannot_be_had_is_no_trouble()
    {
        var mail = new GoldenMail().With("d=elsewhere.example").Bytes();

        var results = Drive.ToTheEnd(known => Next(Query(mail), known), Verifying.Zone("sel._domainkey.elsewhere.example SERVFAIL", Spf, Dmarc));

        Assert.Equal(DkimResultWord.TempError, results.Signatures.Single().Result.Result);
        Assert.Null(results.Trouble);
    }

    [Fact]
    public void The_oldest_sealer_s_claims_are_compared_with_the_author()
    {
        const string claims = "dkim=pass header.d=mail.contoso.test; spf=pass smtp.mailfrom=any@elsewhere.example; dmarc=pass header.from=contoso.test";
        var sealer = new NaiveSealer { Results = $"relay.test; {claims}" };
        var key = Verifying.Txt("s._domainkey.relay.test", NaiveSigner.Record(NaiveSigner.Key));
        var mail = Verifying.Wire(sealer.Seal(GoldenMail.Unsigned, 1));

        var results = Drive.ToTheEnd(known => Next(Query(mail), known), Verifying.Zone(key, Dmarc));

        Assert.Equal(ArcResultWord.Pass, results.Arc.Result);
        Assert.Equal(
            [("dkim", true), ("spf", false)],
            results.ArcClaims.Select(claim => (claim.Result.Method, claim.Alignment is IdentifierAlignment.Aligned)));
    }

    [Fact]
    public void The_keys_of_a_long_chain_are_asked_for_last()
    {
        var mail = new GoldenMail().Signed();
        for (var hop = 1; hop <= 8; hop++)
            mail = new NaiveSealer { Domain = $"hop{hop}.test" }.Seal(mail, hop);
        var query = Query(Verifying.Wire(mail));

        Drive.ToTheEnd(known => Next(query, known), Verifying.Zone(Key, Spf, Dmarc), out var known, out _);

        Assert.All(known.Asked.Take(3), question => Assert.EndsWith("contoso.test", question.Name.ToString(), StringComparison.Ordinal));
        Assert.Equal(8, known.Asked.Skip(3).Count(question => question.Name.ToString().StartsWith("s._domainkey.hop", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_was_answered_can_be_written_down_and_leads_to_the_same_results()
    {
        var query = Query(new GoldenMail().Bytes());
        var zone = Verifying.Zone(
            Key, "contoso.test TXT \"v=spf1 mx a:\\\"odd\\\\ -all\"", "contoso.test MX 10 mx.contoso.test", "mx.contoso.test A 192.0.2.1", "_dmarc.contoso.test SERVFAIL");
        var first = Drive.ToTheEnd(known => Next(query, known), zone, out var known, out _);

        var again = Drive.ToTheEnd(answers => Next(query, answers), Verifying.Zone(ZoneWriter.Lines(known)), out var knownAgain, out _);

        Assert.Equal(
            (first.Spf?.Result.Outcome, first.Spf?.Result.Record, first.Trouble?.GetType()),
            (again.Spf?.Result.Outcome, again.Spf?.Result.Record, again.Trouble?.GetType()));
        Assert.Equal(known.Asked, knownAgain.Asked);
    }

    private static SenderQuery Query(byte[] mail, string client = "192.0.2.1") => new(
        SignedMail.Read(mail), DomainName.TryParse("contoso.test", out var author) ? author : default,
        new SpfSource.Client(new(IPAddress.Parse(client), "mail.contoso.test", "actions@contoso.test")));

    private static DnsStep<SenderResults> Next(SenderQuery query, DnsAnswers known) => SenderEvaluation.Next(query, known, Verifying.Now, new());
}
