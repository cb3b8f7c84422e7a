using System.Net;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Spf;
using ActionMail.Mail.Tests.Dns;

namespace ActionMail.Mail.Tests.Spf;

public class SpfEvaluationTests
{
    [Theory]
    [InlineData("the reverse path", "a@from.test", SpfIdentity.MailFrom, "from.test", SpfOutcome.Fail)]
    [InlineData("no reverse path", "", SpfIdentity.Helo, "helo.test", SpfOutcome.Pass)]
    [InlineData("no reverse path, with its brackets", "<>", SpfIdentity.Helo, "helo.test", SpfOutcome.Pass)]
    [InlineData("no local part", "@from.test", SpfIdentity.MailFrom, "from.test", SpfOutcome.Fail)]
    [InlineData("the last sign counts", "\"a@helo.test\"@from.test", SpfIdentity.MailFrom, "from.test", SpfOutcome.Fail)]
    public void The_identity_is(string why, string mailFrom, SpfIdentity identity, string domain, SpfOutcome outcome)
    {
        var result = Evaluate("helo.test TXT \"v=spf1 +all\"\nfrom.test TXT \"v=spf1 -all\"", mailFrom);

        Assert.True((identity, domain, outcome) == (result.Identity, result.Domain.ToString(), result.Outcome), why);
    }

    // Security C-01, C-10: nothing is asked for a name that no host has.
    [Theory]
    [InlineData("a@localhost")]
    [InlineData("a@")]
    [InlineData("a@[192.0.2.1]")]
    [InlineData("a@contoso.test(.attacker.test")]
    [InlineData("a@contoso.test'a.attacker.test")]
    [InlineData("a@con toso.test")]
    [InlineData("a@contoso.test\0.attacker.test")]
    [InlineData("a@contoso..test")]
    [InlineData("a@b\u00FCcher.test")]
    [InlineData("a@contoso\u3002test")]
    [InlineData("a@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test")]
    public void A_domain_that_is_none_has_no_result_and_no_question(string mailFrom)
    {
        var step = SpfEvaluation.Next(new(IPAddress.Parse("192.0.2.1"), "helo.test", mailFrom), new());

        Assert.Equal(SpfOutcome.None, Assert.IsType<DnsStep<SpfResult>.Done>(step).Result.Outcome);
    }

    [Fact]
    public void The_result_says_what_decided()
    {
        var result = Evaluate("from.test TXT \"v=spf1 ip4:198.51.100.0/24 redirect=other.test\"\nother.test TXT \"v=spf1 a -ALL exp=why.test\"\nother.test A 192.0.2.7\nwhy.test TXT \"no\"");

        Assert.Equal(("-ALL", "v=spf1 a -ALL exp=why.test", "no", "from.test"), (result.Mechanism, result.Record, result.Explanation, result.Domain.ToString()));
        Assert.Equal(["from.test TXT", "other.test TXT", "other.test A", "why.test TXT"], result.Asked.Select(question => question.ToString()));
    }

    [Theory]
    [InlineData("from.test TXT \"v=spf1 a:1.2.3.4\"", SpfOutcome.PermError, "ip4:")]
    [InlineData("from.test TXT \"v=spf1\"\nfrom.test TXT \"v=spf1 -all\"", SpfOutcome.PermError, "2 SPF records")]
    [InlineData("from.test TXT \"v=spf1 include:gone.test\"", SpfOutcome.PermError, "include:gone.test")]
    [InlineData("from.test TXT \"v=spf1 a:down.test -all\"\ndown.test SERVFAIL", SpfOutcome.TempError, "SERVFAIL")]
    [InlineData("from.test TIMEOUT", SpfOutcome.TempError, "timeout")]
    [InlineData("from.test A 192.0.2.1", SpfOutcome.None, "no SPF record")]
    public void A_problem_is_named(string zone, SpfOutcome outcome, string part)
    {
        var result = Evaluate(zone);

        Assert.Equal(outcome, result.Outcome);
        Assert.Contains(part, result.Problem, StringComparison.Ordinal);
    }

    // Security C-03: trouble before a match is no verdict; trouble behind it is never met.
    [Theory]
    [InlineData("v=spf1 include:down.test ip4:192.0.2.1 -all", SpfOutcome.TempError)]
    [InlineData("v=spf1 ip4:192.0.2.1 include:down.test -all", SpfOutcome.Pass)]
    [InlineData("v=spf1 a:up.test include:down.test -all", SpfOutcome.Pass)]
    [InlineData("v=spf1 exists:down.test -all", SpfOutcome.TempError)]
    [InlineData("v=spf1 mx:half.test -all", SpfOutcome.TempError)]
    [InlineData("v=spf1 ptr -all", SpfOutcome.Fail)]
    [InlineData("v=spf1 redirect=down.test", SpfOutcome.TempError)]
    public void Trouble_of_the_DNS_is_temporary_where_it_decides(string record, SpfOutcome expected) =>
        Assert.Equal(expected, Evaluate($"from.test TXT \"{record}\"\ndown.test SERVFAIL\nup.test A 192.0.2.1\nhalf.test MX 1 down.test\n1.2.0.192.in-addr.arpa SERVFAIL").Outcome);

    [Theory]
    [InlineData("ten terms", 10, SpfOutcome.Pass)]
    [InlineData("eleven", 11, SpfOutcome.PermError)]
    public void Terms_that_ask_are_limited_over_all_records(string why, int terms, SpfOutcome expected)
    {
        var includes = string.Concat(Enumerable.Range(0, terms).Select(n => $" include:i{n}.test"));
        var zone = $"from.test TXT \"v=spf1{includes} +all\"\n" + string.Concat(Enumerable.Range(0, terms).Select(n => $"i{n}.test TXT \"v=spf1 -all\"\n"));

        Assert.True(expected == Evaluate(zone).Outcome, why);
    }

    [Theory]
    [InlineData("names that are not there", "a:x1.test a:x2.test", SpfOutcome.Pass)]
    [InlineData("a third", "a:x1.test a:x2.test a:x3.test", SpfOutcome.PermError)]
    [InlineData("names without the type", "a:t.test exists:t.test mx:t.test", SpfOutcome.PermError)]
    [InlineData("exchanges without an address", "mx:m.test", SpfOutcome.PermError)]
    [InlineData("names that are there", "a:y.test a:y.test a:y.test a:y.test", SpfOutcome.Pass)]
    public void Questions_that_find_nothing_are_limited(string why, string terms, SpfOutcome expected) =>
        Assert.True(expected == Evaluate($"from.test TXT \"v=spf1 {terms} +all\"\ny.test A 192.0.2.66\nt.test TXT \"\"\nm.test MX 1 n1.test\nm.test MX 2 n2.test\nm.test MX 3 n3.test").Outcome, why);

    [Theory]
    [InlineData(10, SpfOutcome.Pass)]
    [InlineData(11, SpfOutcome.PermError)]
    public void Mail_exchanges_are_limited(int count, SpfOutcome expected)
    {
        var exchanges = string.Concat(Enumerable.Range(0, count).Select(n => $"m.test MX {n} h{n}.test\nh{n}.test A 192.0.2.{n + 100}\n"));

        Assert.Equal(expected, Evaluate($"from.test TXT \"v=spf1 mx:m.test +all\"\n{exchanges}").Outcome);
    }

    [Theory]
    [InlineData(10, SpfOutcome.Pass)]
    [InlineData(11, SpfOutcome.Fail)]
    public void Names_of_the_client_beyond_ten_are_passed_over(int count, SpfOutcome expected)
    {
        var pointers = string.Concat(Enumerable.Range(1, count).Select(n => $"1.2.0.192.in-addr.arpa PTR {(n == count ? "from.test" : $"p{n}.test")}\n"));

        Assert.Equal(expected, Evaluate($"from.test TXT \"v=spf1 ptr -all\"\nfrom.test A 192.0.2.1\n{pointers}").Outcome);
    }

    // Security C-13, C-17: loops and floods end by the limits, with few questions.
    [Theory]
    [InlineData("a loop of includes", "v=spf1 include:from.test -all")]
    [InlineData("a loop of redirects", "v=spf1 redirect=from.test")]
    [InlineData("a loop that grows", "v=spf1 include:a.%{d} -all")]
    [InlineData("many includes of one that loops", "v=spf1 include:from.test include:from.test include:from.test include:from.test -all")]
    [InlineData("fifty names", "v=spf1 a:1.%{i}.test a:2.test a:3.test a:4.test a:5.test a:6.test a:7.test a:8.test a:9.test a:10.test a:11.test a:12.test a:13.test a:14.test -all")]
    public void Abuse_is_a_permerror_after_few_questions(string why, string record)
    {
        var zone = ZoneFileTests.Zone(ZoneFile.Read($"from.test TXT \"{record}\""));
        var query = new SpfQuery(IPAddress.Parse("192.0.2.1"), "helo.test", "a@from.test");

        var result = Drive.ToTheEnd(known => SpfEvaluation.Next(query, known), zone, out var known, out _);

        Assert.True(result.Outcome == SpfOutcome.PermError, why);
        Assert.InRange(known.Asked.Count, 1, 40);
    }

    [Fact]
    public void What_the_terms_of_a_record_ask_is_asked_together()
    {
        var zone = ZoneFileTests.Zone(ZoneFile.Read(
            "from.test TXT \"v=spf1 include:b.test include:c.test a mx -all\"\nb.test TXT \"v=spf1 ip4:198.51.100.1 -all\"\nc.test TXT \"v=spf1 ip4:198.51.100.2 -all\"\n"
            + "from.test A 198.51.100.3\nfrom.test MX 1 m1.test\nfrom.test MX 2 m2.test\nm1.test A 198.51.100.4\nm2.test A 192.0.2.1"));
        var query = new SpfQuery(IPAddress.Parse("192.0.2.1"), "helo.test", "a@from.test");

        var result = Drive.ToTheEnd(known => SpfEvaluation.Next(query, known), zone, out _, out var rounds);

        Assert.Equal((SpfOutcome.Pass, "mx", 3), (result.Outcome, result.Mechanism, rounds)); // the record; its terms; the exchanges
    }

    [Fact]
    public void Nothing_is_asked_ahead_that_cannot_be_reached()
    {
        var query = new SpfQuery(IPAddress.Parse("192.0.2.1"), "helo.test", "a@from.test");

        Drive.ToTheEnd(
            known => SpfEvaluation.Next(query, known),
            ZoneFileTests.Zone(ZoneFile.Read("from.test TXT \"v=spf1 a:b.test ip4:192.0.2.0/24 a:c.test -all redirect=d.test\"")), out var known, out _);

        Assert.Equal(["from.test TXT", "b.test A"], known.Asked.Select(question => question.ToString()));
    }

    private static SpfResult Evaluate(string zone, string mailFrom = "a@from.test") =>
        Drive.ToTheEnd(known => SpfEvaluation.Next(new(IPAddress.Parse("192.0.2.1"), "helo.test", mailFrom), known), ZoneFileTests.Zone(ZoneFile.Read(zone)));
}
