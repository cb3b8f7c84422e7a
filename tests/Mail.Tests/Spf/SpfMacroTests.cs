using System.Net;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Spf;
using ActionMail.Mail.Tests.Dns;

namespace ActionMail.Mail.Tests.Spf;

/// <summary>Macros, seen in the explanation of a fail.</summary>
public class SpfMacroTests
{
    // The examples of RFC 7208 §7.4: strong-bad@email.example.com from 192.0.2.3 and 2001:db8::cb01.
    [Theory]
    [InlineData("%{s}", "strong-bad@email.example.com")]
    [InlineData("%{o}", "email.example.com")]
    [InlineData("%{d}", "email.example.com")]
    [InlineData("%{d4}", "email.example.com")]
    [InlineData("%{d3}", "email.example.com")]
    [InlineData("%{d2}", "example.com")]
    [InlineData("%{d1}", "com")]
    [InlineData("%{d99999999999999999999}", "email.example.com")]
    [InlineData("%{dr}", "com.example.email")]
    [InlineData("%{d2r}", "example.email")]
    [InlineData("%{l}", "strong-bad")]
    [InlineData("%{l-}", "strong.bad")]
    [InlineData("%{lr}", "strong-bad")]
    [InlineData("%{lr-}", "bad.strong")]
    [InlineData("%{l1r-}", "strong")]
    [InlineData("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com")]
    [InlineData("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com")]
    [InlineData("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com")]
    [InlineData("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net")]
    [InlineData("%{h} %{c} %{r} %{t}", "mail.example.com 192.0.2.3 mx.receiver.test 1767225600")]
    [InlineData("%{S}", "strong-bad%40email.example.com")]
    [InlineData("%%%_%-", "% %20")]
    public void A_macro_becomes(string text, string expected) => Assert.Equal(expected, Explain(text, "192.0.2.3", "strong-bad@email.example.com"));

    [Fact]
    public void The_half_octets_of_an_IPv6_address_are_its_parts() =>
        Assert.Equal(
            "1.0.B.C.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2.ip6._spf.example.com 2001:db8::cb01",
            Explain("%{ir}.%{v}._spf.%{d2} %{c}", "2001:db8::cb01", "strong-bad@email.example.com"));

    [Theory]
    [InlineData("letters beyond ASCII", "caf\\233")]
    [InlineData("letters beyond ASCII in the local part", "%{l}")]
    [InlineData("control characters", "a\\007b")]
    [InlineData("a macro that is none", "%{y}")]
    [InlineData("more than anybody reads", "%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}%{s}")]
    public void A_fail_stands_without_an_explanation_that_cannot_be_shown(string why, string text) =>
        Assert.True(Explain(text, "192.0.2.3", new string('\u00E9', 300) + "@email.example.com") is null, why);

    // §5.5, §7.3: the domain itself, then one below it, then any.
    [Theory]
    [InlineData("other.test below.email.example.com email.example.com", "email.example.com")]
    [InlineData("other.test below.email.example.com", "below.email.example.com")]
    [InlineData("other.test", "other.test")]
    [InlineData("lies.test", "unknown")]
    [InlineData("", "unknown")]
    public void The_best_validated_name_of_the_client_is_taken(string pointers, string expected)
    {
        var names = string.Concat(pointers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name =>
            $"3.2.0.192.in-addr.arpa PTR {name}\n{name} A {(name == "lies.test" ? "192.0.2.66" : "192.0.2.3")}\n"));

        Assert.Equal(expected, Explain("%{p}", "192.0.2.3", "a@email.example.com", names));
    }

    private static string? Explain(string text, string client, string mailFrom, string more = "")
    {
        var zone = ZoneFileTests.Zone(ZoneFile.Read($"email.example.com TXT \"v=spf1 -all exp=why.test.example\"\nwhy.test.example TXT \"{text}\"\n{more}"));
        var query = new SpfQuery(IPAddress.Parse(client), "mail.example.com", mailFrom)
        {
            Receiver = "mx.receiver.test",
            Now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
        var result = Drive.ToTheEnd(known => SpfEvaluation.Next(query, known), zone);
        Assert.Equal(SpfOutcome.Fail, result.Outcome);
        return result.Explanation;
    }
}
