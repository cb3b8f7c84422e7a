using ActionMail.Mail.Dmarc;
using ActionMail.Tests;
using CsCheck;

namespace ActionMail.Mail.Tests.Dmarc;

public class DmarcEvaluationTests
{
    private const string Golden = "_dmarc.contoso.test v=DMARC1; p=reject; sp=quarantine";

    [Theory]
    [InlineData("signed by itself", "contoso.test", "contoso.test", null, "pass reject contoso.test dkim")]
    [InlineData("signed by a subdomain", "contoso.test", "mail.contoso.test", null, "pass reject contoso.test dkim")]
    [InlineData("sent by itself", "contoso.test", "", "contoso.test", "pass reject contoso.test spf")]
    [InlineData("both", "contoso.test", "mail.contoso.test", "contoso.test", "pass reject contoso.test dkim")]
    [InlineData("signed by a stranger, sent by itself", "contoso.test", "attacker.test", "contoso.test", "pass reject contoso.test spf")]
    [InlineData("the second signature aligns", "contoso.test", "attacker.test contoso.test", null, "pass reject contoso.test dkim")]
    [InlineData("neither", "contoso.test", "", null, "fail reject contoso.test")]
    [InlineData("strangers", "contoso.test", "attacker.test", "attacker.test", "fail reject contoso.test")]
    [InlineData("a subdomain, not signed", "mail.contoso.test", "", null, "fail quarantine contoso.test")]
    [InlineData("a subdomain, signed by its parent", "mail.contoso.test", "contoso.test", null, "pass quarantine contoso.test dkim")]
    [InlineData("a domain without a policy", "attacker.test", "attacker.test", "attacker.test", "none")]
    public void A_mail_passes_where_an_authenticated_domain_aligns(string why, string author, string dkim, string? spf, string expected) =>
        Assert.True(expected == Judge(author, dkim, spf, [Golden]), why);

    [Theory]
    [InlineData("relaxed by default", "p=none", "pass none contoso.test dkim")]
    [InlineData("adkim=s leaves SPF", "p=none; adkim=s", "pass none contoso.test spf")]
    [InlineData("aspf=s leaves DKIM", "p=none; aspf=s", "pass none contoso.test dkim")]
    [InlineData("both strict", "p=none; adkim=s; aspf=s", "fail none contoso.test")]
    [InlineData("testing lowers the policy", "p=reject; t=y; adkim=s; aspf=s", "fail quarantine contoso.test")]
    [InlineData("no policy and nobody to report to", "adkim=r", "none")]
    [InlineData("no policy but somebody to report to", "rua=mailto:d@contoso.test", "pass none contoso.test dkim")]
    public void The_record_says_how_near_they_must_be(string why, string tags, string expected) =>
        Assert.True(expected == Judge("contoso.test", "mail.contoso.test", "bounce.contoso.test", [$"_dmarc.contoso.test v=DMARC1; {tags}"]), why);

    [Theory]
    [InlineData("its own record", "fail none a.b.contoso.test", "_dmarc.a.b.contoso.test v=DMARC1; p=none", Golden)]
    [InlineData("that of the organization, not one between", "fail quarantine contoso.test", "_dmarc.b.contoso.test v=DMARC1; p=none", Golden)]
    [InlineData("psd=n between makes that the organization", "fail none b.contoso.test", "_dmarc.b.contoso.test v=DMARC1; p=none; psd=n", Golden)]
    [InlineData("that of the public suffix where the organization has none", "fail quarantine test", "_dmarc.test v=DMARC1; p=none; sp=quarantine; psd=y")]
    [InlineData("the organization before the public suffix", "fail quarantine contoso.test", "_dmarc.test v=DMARC1; p=none; psd=y", Golden)]
    [InlineData("two records of its own are none", "fail quarantine contoso.test", "_dmarc.a.b.contoso.test v=DMARC1; p=none", "_dmarc.a.b.contoso.test v=DMARC1; p=none", Golden)]
    [InlineData("two records and nothing above", "none", "_dmarc.contoso.test v=DMARC1; p=none", "_dmarc.contoso.test v=DMARC1; p=none")]
    [InlineData("a record of its own without a policy does not lead further up", "none", "_dmarc.a.b.contoso.test v=DMARC1", Golden)]
    [InlineData("none anywhere", "none", "contoso.test v=DMARC1; p=reject")]
    public void The_policy_is_the_nearest_of_three_places(string why, string expected, params string[] records) =>
        Assert.True(expected == Judge("a.b.contoso.test", "", null, records), why);

    [Theory]
    [InlineData("it does not exist", "new.contoso.test", "p=none; sp=quarantine; np=reject", "fail reject contoso.test", true)]
    [InlineData("it exists", "mail.contoso.test", "p=none; sp=quarantine; np=reject", "fail quarantine contoso.test", true)]
    [InlineData("something below it exists", "relay.contoso.test", "p=none; np=reject", "fail none contoso.test", true)]
    [InlineData("np says the same as sp", "new.contoso.test", "p=none; sp=reject; np=reject", "fail reject contoso.test", false)]
    [InlineData("there is no np", "new.contoso.test", "p=none; sp=reject", "fail reject contoso.test", false)]
    [InlineData("the domain itself", "contoso.test", "p=none; np=reject", "fail none contoso.test", false)]
    public void The_policy_for_what_does_not_exist_is_np(string why, string author, string tags, string expected, bool asked)
    {
        var dns = new PublishedDns($"_dmarc.contoso.test v=DMARC1; {tags}", "mail.contoso.test", "one.relay.contoso.test");

        Assert.True(expected == Judge(author, "", null, dns), why);
        Assert.Equal(asked, dns.Asked.Contains($"{author} A"));
    }

    // Security C-03: trouble is no verdict, wherever the answer could have changed it.
    [Theory]
    [InlineData("the author domain's record", "mail.contoso.test", "", "temperror", "_dmarc.mail.contoso.test SERVFAIL", Golden)]
    [InlineData("a name on the walk", "mail.contoso.test", "", "temperror", "_dmarc.test SERVFAIL", Golden)]
    [InlineData("whether the signature aligns", "contoso.test", "mail.contoso.test", "temperror", "_dmarc.mail.contoso.test SERVFAIL", Golden)]
    [InlineData("whether the author domain exists", "mail.contoso.test", "", "temperror", "mail.contoso.test SERVFAIL", "_dmarc.contoso.test v=DMARC1; p=none; np=reject")]
    [InlineData("a signature that need not align", "contoso.test", "mail.contoso.test contoso.test", "pass reject contoso.test dkim", "_dmarc.mail.contoso.test SERVFAIL", Golden)]
    [InlineData("a name that nobody needs", "contoso.test", "contoso.test", "pass reject contoso.test dkim", "_dmarc.test SERVFAIL", Golden)]
    public void What_the_DNS_cannot_say_is_a_temporary_error(string why, string author, string dkim, string expected, params string[] records) =>
        Assert.True(expected == Judge(author, dkim, null, records), why);

    [Fact]
    public void A_domain_whose_record_could_have_no_name_is_a_permanent_error()
    {
        var author = string.Join('.', Enumerable.Repeat(new string('a', 49), 5));

        Assert.Equal("permerror", Judge(author, author, null, []));
        Assert.Equal("none", Judge(author[3..], author[3..], null, []));
    }

    [Fact]
    public void A_mail_that_its_own_domain_signed_costs_one_question()
    {
        var dns = new PublishedDns(Golden);

        Judge("contoso.test", "contoso.test", "contoso.test", dns);

        Assert.Equal(["_dmarc.contoso.test TXT"], dns.Asked);
    }

    [Fact]
    public void However_the_DNS_answers_there_is_a_result_and_eight_questions_for_each_domain_at_most()
    {
        string[] labels = ["a", "b", "mail", "contoso", "test"];
        string[] texts = ["", "SERVFAIL", "v=DMARC1; p=reject", "v=DMARC1; p=none; psd=y", "v=DMARC1; p=none; psd=n; np=reject", "v=DMARC1", "v=DMARC1; rua=mailto:x@y.test; adkim=s"];
        var name = AnyOf(labels).Array[1, 12].Select(parts => string.Join('.', parts));
        var lines = Gen.Select(AnyOf("", "_dmarc."), name, AnyOf(texts), (prefix, at, text) => $"{prefix}{at} {text}").Array[0, 6];

        Gen.Select(name, name.Array[0, 3], name, lines).SampleFixed((author, dkim, spf, records) =>
        {
            var dns = new PublishedDns(records);
            Judge(author, string.Join(' ', dkim), spf, dns);
            Assert.InRange(dns.Asked.Count, 1, (8 * (dkim.Length + 2)) + 1);
        }, seed: "0000KeyoLfA5", iter: 5_000);
    }

    private static Gen<string> AnyOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static string Judge(string author, string dkim, string? spf, string[] records) => Judge(author, dkim, spf, new PublishedDns(records));

    private static string Judge(string author, string dkim, string? spf, PublishedDns dns)
    {
        var question = new DmarcQuestion(
            PublishedDns.Name(author),
            [.. dkim.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(PublishedDns.Name)],
            spf is null ? null : PublishedDns.Name(spf));
        return dns.Drive(known => DmarcEvaluation.Next(question, known)) switch
        {
            DmarcResult.Pass(var policy, var by, _) => $"pass {Words(policy)} {by.ToString().ToLowerInvariant()}",
            DmarcResult.Fail(var policy) => $"fail {Words(policy)}",
            var other => other.Word,
        };
    }

    private static string Words(AppliedPolicy policy) => $"{policy.Requested.ToString().ToLowerInvariant()} {policy.Domain}";
}
