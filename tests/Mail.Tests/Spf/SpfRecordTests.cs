using ActionMail.Mail.Spf;

namespace ActionMail.Mail.Tests.Spf;

public class SpfRecordTests
{
    [Theory]
    [InlineData("v=spf1", true)]
    [InlineData("V=SPF1 -all", true)]
    [InlineData("v=spf10", false)]
    [InlineData("v=spf1\t-all", false)]
    [InlineData(" v=spf1 -all", false)]
    [InlineData("v=spf2.0/mfrom -all", false)]
    [InlineData("", false)]
    public void A_text_is_a_policy_by_its_version(string text, bool isPolicy) => Assert.Equal(isPolicy, SpfRecord.IsPolicy(text));

    [Theory]
    [InlineData("ip4:192.0.2.0/24")]
    [InlineData("+ip6:2001:db8::/32")]
    [InlineData("ip6:::ffff:192.0.2.1")]
    [InlineData("~MX:example.org/24//64")]
    [InlineData("a:%{l1r-}._spf.%{d2}")]
    [InlineData("a:%{d}/0")]
    [InlineData("a:1-2.3-4")]
    [InlineData("exists:%{i}.%%%_%-.%{h}")]
    [InlineData("?ptr")]
    [InlineData("include:example.org.")]
    [InlineData("x-y.z_1=%{d}:/=")]
    [InlineData("empty=")]
    [InlineData("redirect=%{D}")]
    [InlineData("exp=why.%{o}")]
    public void A_term_that_follows_the_grammar_is_read(string term) => Assert.IsType<SpfRecordReading.Read>(SpfRecord.Read($"v=spf1 {term} -all"));

    [Theory]
    [InlineData("an unknown mechanism", "ip5:192.0.2.1")]
    [InlineData("a qualifier alone", "-")]
    [InlineData("a qualifier twice", "--all")]
    [InlineData("a qualifier before a modifier", "-exp=why.test")]
    [InlineData("a tab between terms", "a\tmx")]
    [InlineData("a letter beyond ASCII", "a:b\u00E9.test")]
    [InlineData("all with a domain", "all:example.org")]
    [InlineData("include without a domain", "include")]
    [InlineData("include with bits", "include:example.org/24")]
    [InlineData("bits without a number", "a/")]
    [InlineData("33 bits", "a/33")]
    [InlineData("129 bits", "a//129")]
    [InlineData("a leading zero", "ip4:192.0.2.1/08")]
    [InlineData("IPv6 bits first", "a//64/24")]
    [InlineData("a short network", "ip4:192.0.2/24")]
    [InlineData("a large octet", "ip4:192.0.2.256")]
    [InlineData("an address of the other family", "ip6:192.0.2.1")]
    [InlineData("an address with brackets", "ip6:[2001:db8::1]")]
    [InlineData("an address where a name belongs", "a:192.0.2.1")]
    [InlineData("a top label of digits", "a:example.123")]
    [InlineData("a top label alone", "a:localhost")]
    [InlineData("a hyphen at the end", "a:example.org-")]
    [InlineData("a macro without its end", "a:%{d")]
    [InlineData("an unknown macro", "a:%{x}.org")]
    [InlineData("a macro for explanations", "a:%{c}.org")]
    [InlineData("no parts", "a:%{d0}.org")]
    [InlineData("transformers in the wrong order", "a:%{dr2}.org")]
    [InlineData("a lonely percent sign", "a:100%.org")]
    [InlineData("redirect twice", "redirect=a.test redirect=b.test")]
    [InlineData("exp without a domain", "exp=")]
    [InlineData("a modifier without a name", "=a.test")]
    public void A_term_that_does_not_makes_the_whole_record_wrong(string why, string term)
    {
        var refused = Assert.IsType<SpfRecordReading.Refused>(SpfRecord.Read($"v=spf1 ip4:192.0.2.1 -all {term}"));

        Assert.False(string.IsNullOrWhiteSpace(refused.Why), why);
        Assert.DoesNotContain(refused.Why, letter => letter is < ' ' or > '~');
    }

    [Fact]
    public void An_address_in_place_of_a_name_is_explained() =>
        Assert.Contains("ip4:", Assert.IsType<SpfRecordReading.Refused>(SpfRecord.Read("v=spf1 a:192.0.2.1 -all")).Why, StringComparison.Ordinal);

    [Fact]
    public void The_order_of_directives_is_kept_and_their_words_too()
    {
        var record = Assert.IsType<SpfRecordReading.Read>(SpfRecord.Read("v=spf1  exp=why.test  +a ?mx:b.test//64 Redirect=c.test ~ALL ")).Record;

        Assert.Equal(["+a", "?mx:b.test//64", "~ALL"], record.Directives.Select(directive => directive.Text));
        Assert.Equal([SpfOutcome.Pass, SpfOutcome.Neutral, SpfOutcome.SoftFail], record.Directives.Select(directive => directive.Outcome));
        Assert.Equal(("c.test", "why.test"), (record.Redirect?.ToString(), record.Explanation?.ToString()));
        Assert.Equal((32, 64), Assert.IsType<SpfMechanism.Mx>(record.Directives[1].Mechanism) is var mx ? (mx.IPv4Bits, mx.IPv6Bits) : default);
    }
}
