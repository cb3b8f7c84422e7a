using System.Diagnostics;
using System.Text;
using ActionMail.Mail.AuthenticationResults;
using ActionMail.Mail.Message;
using ActionMail.Tests;
using CsCheck;

namespace ActionMail.Mail.Tests.AuthenticationResults;

public class ResultsTests
{
    // The examples of RFC 8601 Appendix B, as facts.
    [Theory]
    [InlineData("example.org 1; none", "example.org")]
    [InlineData("example.com;\r\n spf=pass smtp.mailfrom=example.net", "example.com spf=pass smtp.mailfrom=example.net")]
    [InlineData("example.com;\r\n auth=pass (cram-md5) smtp.auth=sender@example.net;\r\n spf=pass smtp.mailfrom=example.net", "example.com auth=pass smtp.auth=sender@example.net spf=pass smtp.mailfrom=example.net")]
    [InlineData("example.com; iprev=pass\r\n policy.iprev=192.0.2.200", "example.com iprev=pass policy.iprev=192.0.2.200")]
    [InlineData("example.com;\r\n dkim=pass reason=\"good signature\"\r\n header.i=@mail-router.example.net;\r\n dkim=fail reason=\"bad signature\"\r\n header.i=@newyork.example.com", "example.com dkim=pass reason=good signature header.i=@mail-router.example.net dkim=fail reason=bad signature header.i=@newyork.example.com")]
    [InlineData("foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n policy (A dot can go here) . (like that) expired\r\n (this surprised me) = (as I wasn't expecting it) 1362471462", "foo.example.net dkim=fail policy.expired=1362471462")]
    [InlineData("mx.t1.test; dkim=pass header.d=contoso.test header.b=Ab/c+d==", "mx.t1.test dkim=pass header.d=contoso.test header.b=Ab/c+d==")]
    [InlineData("mx.t1.test; SPF=Pass SMTP.MailFrom=\"a b\"@contoso.test", "mx.t1.test spf=pass smtp.mailfrom=a b@contoso.test")]
    [InlineData("\"mx t1\"; none", "mx t1")]
    [InlineData("mx.t1.test; spf=none;", "mx.t1.test spf=none")]
    public void A_field_of_the_grammar_is_read(string value, string expected) => Assert.Equal(expected, Shown(ResultsReader.Read(value)));

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("no results", "mx.t1.test")]
    [InlineData("no results behind the semicolon", "mx.t1.test;")]
    [InlineData("another version", "mx.t1.test 2; none")]
    [InlineData("another version of the method", "mx.t1.test; dkim/2=pass")]
    [InlineData("no result", "mx.t1.test; dkim")]
    [InlineData("no word for the result", "mx.t1.test; dkim=")]
    [InlineData("something behind none", "mx.t1.test; none; dkim=pass")]
    [InlineData("none behind something", "mx.t1.test; dkim=pass; none")]
    [InlineData("a comment that does not end", "mx.t1.test; dkim=pass (header.d=contoso.test")]
    [InlineData("a comment that does not end but escapes", "mx.t1.test; dkim=pass (\\")]
    [InlineData("a quoted string that does not end", "mx.t1.test; dkim=pass reason=\"x header.d=contoso.test")]
    [InlineData("a property without its value", "mx.t1.test; dkim=pass header.d=")]
    [InlineData("a property without its name", "mx.t1.test; dkim=pass header.=x")]
    [InlineData("a word on its own", "mx.t1.test; dkim=pass good")]
    [InlineData("two reasons", "mx.t1.test; dkim=pass reason=a reason=b")]
    [InlineData("a reason behind the properties", "mx.t1.test; dkim=pass header.d=x reason=b")]
    [InlineData("a line end that is no fold", "mx.t1.test; dkim=pass\r\nheader.d=contoso.test")]
    [InlineData("a bare line feed", "mx.t1.test; dkim=pass\n header.d=contoso.test")]
    [InlineData("a control character in a value", "mx.t1.test; dkim=pass header.d=con\0toso.test")]
    [InlineData("an address for the host", "<mx.t1.test>; dkim=pass")]
    public void Anything_else_is_no_field(string why, string value) => Assert.True(ResultsReader.Read(value) is null, why);

    [Theory]
    [InlineData("dkim=pass header.d=Contoso.test header.i=@x.test", "contoso.test")]
    [InlineData("dkim=pass header.i=joe@contoso.test", "contoso.test")]
    [InlineData("spf=pass smtp.mailfrom=joe@contoso.test smtp.helo=x.test", "contoso.test")]
    [InlineData("spf=pass smtp.mailfrom=contoso.test", "contoso.test")]
    [InlineData("spf=pass smtp.helo=contoso.test", "contoso.test")]
    [InlineData("dmarc=pass header.from=contoso.test", "contoso.test")]
    [InlineData("dkim=pass smtp.mailfrom=contoso.test", null)]
    [InlineData("iprev=pass policy.iprev=192.0.2.1", null)]
    public void The_domain_that_was_judged_stands_in_the_properties_of_the_method(string result, string? domain) =>
        Assert.Equal(domain, ResultsReader.Read("mx.t1.test; " + result)?.Results[0].Domain);

    [Fact]
    public void A_field_is_written_with_one_line_for_each_result_and_property()
    {
        var field = new ResultsField("mx.t1.test",
        [
            new("spf", "pass") { Properties = [new("smtp", "mailfrom", "bounce@contoso.test")] },
            new("dkim", "fail") { Comment = "2048-bit key", Reason = "body changed", Properties = [new("header", "d", "contoso.test"), new("header", "s", "s1")] },
        ]);

        Assert.Equal(
            "Authentication-Results: mx.t1.test;\r\n\tspf=pass\r\n\t smtp.mailfrom=bounce@contoso.test;\r\n\tdkim=fail (2048-bit key)\r\n\t reason=\"body changed\"\r\n\t header.d=contoso.test\r\n\t header.s=s1\r\n",
            ResultsWriter.Write(field));
        Assert.Equal("Authentication-Results: mx.t1.test; none\r\n", ResultsWriter.Write(new("mx.t1.test", [])));
    }

    // Security B-06: quotes, parentheses and line ends in what a stranger is called.
    [Theory]
    [InlineData("any@contoso.test(.attacker.test")]
    [InlineData("any@contoso.test'@any.attacker.test")]
    [InlineData("x; dkim=pass header.d=contoso.test")]
    [InlineData("\"; dkim=pass header.d=contoso.test; x=\"")]
    [InlineData("x\\")]
    [InlineData("x\\\"")]
    [InlineData("(x)")]
    [InlineData("")]
    [InlineData("ä@ö.test")]
    public void What_a_stranger_is_called_stays_one_value(string name)
    {
        var field = new ResultsField("mx.t1.test", [new("spf", "fail") { Comment = name, Reason = name, Properties = [new("smtp", "mailfrom", name)] }]);

        var read = ResultsReader.Read(Value(ResultsWriter.Write(field)))!;

        Assert.Equal((1, name, name), (read.Results.Length, read.Results[0].Reason, Assert.Single(read.Results[0].Properties).Value));
    }

    [Fact]
    public void Whatever_is_written_is_read_as_it_was()
    {
        var text = Gen.Char[" ab.@;=()\"\\,<>/\u00E4"].Array[0, 12].Select(characters => new string(characters));
        var result = Gen.Select(Gen.Int[0, 2], text, text, text).Select((method, comment, reason, value) =>
            new MethodResult(new[] { "spf", "dkim", "dmarc" }[method], "pass") { Comment = comment, Reason = reason, Properties = [new("header", "d", value)] });

        result.Array[1, 5].SampleFixed(results =>
        {
            var read = ResultsReader.Read(Value(ResultsWriter.Write(new("mx.t1.test", [.. results]))));
            Assert.Equal(Shown(new ResultsField("mx.t1.test", [.. results])), Shown(read));
        }, seed: "0000KeyoLfA5", iter: 10_000);
    }

    [Fact]
    public void Any_value_is_a_field_or_none()
    {
        string[] pieces = ["mx.t1.test", ";", " ", "dkim", "=", "pass", "header", ".", "d", "(", ")", "\"", "\\", "\r\n ", "\r\n", "\r", "\0", "1", "/", "none", "reason", "@", "\u00FF", "spf=pass", "smtp.mailfrom="];
        var read = 0;

        Gen.Int[0, pieces.Length - 1].Select(index => pieces[index]).Array[0, 25].Select(parts => (parts.Length < 8 ? "mx.t1.test; spf=pass" : "") + string.Concat(parts)).SampleFixed(value =>
        {
            if (ResultsReader.Read(value) is not { } field)
                return;
            read++;
            Assert.Equal(Shown(field), Shown(ResultsReader.Read(Value(ResultsWriter.Write(field)))));
        }, seed: "0000KeyoLfA5", iter: 30_000);

        Assert.True(read > 100, $"only {read} fields");
    }

    [Theory]
    [InlineData("(", "")]
    [InlineData("a=b ", "mx; x=y ")]
    [InlineData("(()", "mx; ")]
    [InlineData("\r\n ", "mx")]
    [InlineData(" a.b=c", "mx; x=y")]
    [InlineData("\\\"", "\"")]
    public void A_hundred_thousand_pieces_cost_no_more_than_their_length(string piece, string head)
    {
        var value = head + string.Concat(Enumerable.Repeat(piece, 100_000));
        var clock = Stopwatch.StartNew();

        ResultsReader.Read(value);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), clock.Elapsed.ToString());
    }

    [Fact]
    public void Only_trusted_hosts_are_believed_and_of_each_the_topmost_field()
    {
        var mail = Mail("MX.t1.test; spf=pass smtp.mailfrom=contoso.test", "mx.t1.test; dkim=pass header.d=contoso.test", "relay.test; spf=none", "mx.attacker.test; dkim=pass header.d=contoso.test", "relay.test oops");

        Assert.Equal(["MX.t1.test spf=pass smtp.mailfrom=contoso.test", "relay.test spf=none"], ReceivedResults.TrustedIn(mail, ["mx.t1.test", "relay.test"]).Select(Shown));
        Assert.Empty(ReceivedResults.TrustedIn(mail, []));
    }

    [Theory]
    [InlineData("a claim", "mx.t1.test; dkim=pass header.d=contoso.test", true)]
    [InlineData("in other letters", "MX.T1.TEST; none", true)]
    [InlineData("quoted", "\"mx.t1.test\"; none", true)]
    [InlineData("with a comment before it", "(x) mx.t1.test; none", true)]
    [InlineData("folded", "\r\n mx.t1.test; none", true)]
    [InlineData("what cannot be read but names it", "<mx.t1.test> dkim=pass", true)]
    [InlineData("somebody else's", "mx.t2.test; dkim=pass header.d=mx.t1.test", false)]
    [InlineData("what cannot be read", "<mx.t2.test> dkim=pass", false)]
    public void A_field_that_claims_to_be_ours_is_removed(string why, string value, bool removed)
    {
        var mail = Mail("other.test; none", value);

        var without = ReceivedResults.WithoutClaimsOf(mail, "mx.t1.test");

        var field = Encoding.Latin1.GetBytes($"Authentication-Results: {value}\r\n");
        Assert.True(removed == without.Length < mail.Raw.Length, why);
        Assert.Equal(removed ? mail.Raw.Length - field.Length : mail.Raw.Length, without.Length);
        Assert.Equal(removed, without.Span.IndexOf(field) < 0);
        Assert.True(without.Span.IndexOf("Authentication-Results: other.test; none\r\n"u8) >= 0);
        Assert.EndsWith("\r\n\r\nAuthentication-Results: mx.t1.test; none\r\n", Encoding.Latin1.GetString(without.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_with_a_space_before_its_colon_claims_too_and_is_never_believed()
    {
        var mail = MailMessage.Read("Authentication-Results : mx.t1.test; dkim=pass\r\nFrom: a@b.test\r\n\r\nx"u8.ToArray());

        Assert.Equal("From: a@b.test\r\n\r\nx", Encoding.Latin1.GetString(ReceivedResults.WithoutClaimsOf(mail, "mx.t1.test").Span));
        Assert.Empty(ReceivedResults.TrustedIn(mail, ["mx.t1.test"]));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    [InlineData(5_000)]
    public void A_claim_behind_more_fields_than_a_mail_may_have_is_removed_too(int before)
    {
        var others = string.Concat(Enumerable.Repeat("X: y\r\n", before));
        var mail = MailMessage.Read(Encoding.Latin1.GetBytes($"{others}Authentication-Results: mx.t1.test; dkim=pass\r\nFrom: a@b.test\r\n\r\nx"));

        var without = Encoding.Latin1.GetString(ReceivedResults.WithoutClaimsOf(mail, "mx.t1.test").Span);

        Assert.Equal($"{others}From: a@b.test\r\n\r\nx", without);
    }

    private static MailMessage Mail(params string[] results) =>
        MailMessage.Read(Encoding.Latin1.GetBytes(string.Concat(results.Select(value => $"Authentication-Results: {value}\r\n")) + "From: a@b.test\r\n\r\nAuthentication-Results: mx.t1.test; none\r\n"));

    private static string Value(string field) => field["Authentication-Results: ".Length..^2];

    private static string Shown(ResultsField? field) => field is null ? "" : string.Join(' ', [field.AuthservId, .. field.Results.Select(Shown)]);

    private static string Shown(MethodResult result) =>
        string.Join(' ', [$"{result.Method}={result.Result}", .. result.Reason is { } reason ? [$"reason={reason}"] : Array.Empty<string>(), .. result.Properties.Select(each => $"{each.Type}.{each.Name}={each.Value}")]);
}
