using ActionMail.Mail.Dmarc;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Tests.Dmarc;

public class DmarcTreeWalkTests
{
    // RFC 9989 §4.10 and §5.1.7: the two names that the text walks.
    [Theory]
    [InlineData("mail.example.com", "mail.example.com example.com com")]
    [InlineData("com", "com")]
    [InlineData("a.b.c.d.e.mail.example.com", "a.b.c.d.e.mail.example.com b.c.d.e.mail.example.com c.d.e.mail.example.com d.e.mail.example.com e.mail.example.com mail.example.com example.com com")]
    [InlineData("a.b.c.d.e.f.g.h.i.j.mail.example.com", "a.b.c.d.e.f.g.h.i.j.mail.example.com g.h.i.j.mail.example.com h.i.j.mail.example.com i.j.mail.example.com j.mail.example.com mail.example.com example.com com")]
    [InlineData("mail.a.b.c.d.e.f.g.example.com", "mail.a.b.c.d.e.f.g.example.com c.d.e.f.g.example.com d.e.f.g.example.com e.f.g.example.com f.g.example.com g.example.com example.com com")]
    public void The_walk_asks_for_at_most_eight_names(string start, string names)
    {
        var dns = new PublishedDns();

        dns.Drive(known => OrganizationalDomain.Next(PublishedDns.Name(start), known));

        Assert.Equal(names.Split(' ').Select(name => $"_dmarc.{name} TXT"), dns.Asked);
    }

    // The first three are the examples of RFC 9989 §4.10.2.
    [Theory]
    [InlineData("the highest record", "a.mail.example.com", "example.com", "_dmarc.mail.example.com v=DMARC1; p=none", "_dmarc.example.com v=DMARC1; p=none")]
    [InlineData("psd=n", "a.mail.example.com", "mail.example.com", "_dmarc.mail.example.com v=DMARC1; p=none; psd=n", "_dmarc.example.com v=DMARC1; p=none")]
    [InlineData("one below psd=y", "a.mail.example.com", "example.com", "_dmarc.com v=DMARC1; p=none; psd=y")]
    [InlineData("one below psd=y, records or not", "a.mail.example.com", "mail.example.com", "_dmarc.example.com v=DMARC1; p=none; psd=y", "_dmarc.a.mail.example.com v=DMARC1; p=none")]
    [InlineData("psd=y where the walk starts", "example.com", "example.com", "_dmarc.example.com v=DMARC1; p=none; psd=y", "_dmarc.com v=DMARC1; p=none")]
    [InlineData("psd=n where the walk starts", "mail.example.com", "mail.example.com", "_dmarc.mail.example.com v=DMARC1; p=none; psd=n", "_dmarc.example.com v=DMARC1; p=none")]
    [InlineData("no record at all", "a.mail.example.com", "a.mail.example.com")]
    [InlineData("two records are none", "a.example.com", "a.example.com", "_dmarc.example.com v=DMARC1; p=none", "_dmarc.example.com v=DMARC1; p=reject")]
    [InlineData("a record that is none beside one", "a.example.com", "example.com", "_dmarc.example.com v=DMARC1; p=none", "_dmarc.example.com v=spf1 -all")]
    [InlineData("a record without a policy is a record", "a.example.com", "example.com", "_dmarc.example.com v=DMARC1")]
    [InlineData("a record where a long name is not looked for", "mail.a.b.c.d.e.f.g.example.com", "example.com", "_dmarc.b.c.d.e.f.g.example.com v=DMARC1; p=none; psd=n", "_dmarc.example.com v=DMARC1; p=none")]
    public void The_organizational_domain_is_chosen_among_the_records_of_the_walk(string why, string start, string expected, params string[] records)
    {
        var found = new PublishedDns(records).Drive(known => OrganizationalDomain.Next(PublishedDns.Name(start), known));

        Assert.True(new OrganizationalDomain.Known(PublishedDns.Name(expected)) == found, $"{why}: {found}");
    }

    [Theory]
    [InlineData("above what answers", "_dmarc.example.com v=DMARC1; p=none", false)]
    [InlineData("above where psd ends the walk", "_dmarc.example.com v=DMARC1; p=none; psd=n", true)]
    public void A_name_that_cannot_be_asked_for_leaves_it_unknown_unless_the_walk_has_ended(string why, string record, bool known)
    {
        var found = new PublishedDns(record, "_dmarc.com SERVFAIL").Drive(answers => OrganizationalDomain.Next(PublishedDns.Name("a.example.com"), answers));

        Assert.True(known == found is OrganizationalDomain.Known, why);
        Assert.True(known != found is OrganizationalDomain.Unavailable { Why: "_dmarc.com TXT: SERVFAIL" }, why);
    }

    // Security C-02.
    [Theory]
    [InlineData("below one public suffix", "foo.co.test", "bar.co.test", false, "_dmarc.co.test v=DMARC1; p=none; psd=y")]
    [InlineData("below one organization", "foo.co.test", "bar.co.test", true, "_dmarc.co.test v=DMARC1; p=none")]
    [InlineData("the public suffix itself", "foo.co.test", "co.test", false, "_dmarc.co.test v=DMARC1; p=none; psd=y")]
    [InlineData("the top-level domain", "contoso.test", "test", false, "_dmarc.contoso.test v=DMARC1; p=none")]
    [InlineData("a name that ends alike", "contoso.test", "evilcontoso.test", false, "_dmarc.contoso.test v=DMARC1; p=none")]
    [InlineData("a name that begins alike", "contoso.test", "contoso.test.attacker.test", false, "_dmarc.contoso.test v=DMARC1; p=none")]
    [InlineData("a subdomain", "contoso.test", "mail.contoso.test", true, "_dmarc.contoso.test v=DMARC1; p=none")]
    [InlineData("a subdomain that is its own organization", "contoso.test", "mail.contoso.test", false, "_dmarc.contoso.test v=DMARC1; p=none", "_dmarc.mail.contoso.test v=DMARC1; p=none; psd=n")]
    [InlineData("a sibling", "news.contoso.test", "mail.contoso.test", true, "_dmarc.contoso.test v=DMARC1; p=none")]
    [InlineData("a parent, and nobody publishes", "mail.contoso.test", "contoso.test", false)]
    public void Relaxed_alignment_is_the_same_organizational_domain(string why, string author, string authenticated, bool aligned, params string[] records)
    {
        Assert.True(aligned == Compare(author, authenticated, AlignmentMode.Relaxed, records) is IdentifierAlignment.Aligned, why);
        Assert.IsType<IdentifierAlignment.NotAligned>(Compare(author, authenticated, AlignmentMode.Strict, records));
    }

    [Theory]
    [InlineData("contoso.test", "contoso.test", AlignmentMode.Relaxed)]
    [InlineData("contoso.test", "contoso.test", AlignmentMode.Strict)]
    [InlineData("contoso.test", "mail.contoso.test", AlignmentMode.Strict)]
    [InlineData("contoso.test", "contoso.example", AlignmentMode.Relaxed)]
    public void Nothing_is_asked_where_the_names_decide(string author, string authenticated, AlignmentMode mode)
    {
        var dns = new PublishedDns();

        dns.Drive(known => IdentifierAlignment.Next(PublishedDns.Name(author), PublishedDns.Name(authenticated), mode, known));

        Assert.Empty(dns.Asked);
    }

    // Security B-08: a letter that becomes ASCII when it is made small is none.
    [Theory]
    [InlineData("kontoso.test", true)]
    [InlineData("KONTOSO.test.", true)]
    [InlineData("\u212Aontoso.test", false)]
    [InlineData("cont\u043Eso.test", false)]
    public void A_domain_is_ASCII_as_it_is_written(string text, bool isName) => Assert.Equal(isName, DomainName.TryParse(text, out _));

    private static IdentifierAlignment Compare(string author, string authenticated, AlignmentMode mode, string[] records) =>
        new PublishedDns(records).Drive(known => IdentifierAlignment.Next(PublishedDns.Name(author), PublishedDns.Name(authenticated), mode, known));
}
