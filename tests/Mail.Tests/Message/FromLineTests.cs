using System.Text;
using System.Xml.Linq;
using ActionMail.Mail.Message;
using ActionMail.Tests;
using static ActionMail.Mail.Message.MessageFault;

namespace ActionMail.Mail.Tests.Message;

public class FromLineTests
{
    [Theory]
    [InlineData("From: actions@contoso.test", null, "actions@contoso.test")]
    [InlineData("From: <actions@contoso.test>", null, "actions@contoso.test")]
    [InlineData("FROM:Contoso <actions@contoso.test>", "Contoso", "actions@contoso.test")]
    [InlineData("from:\n Contoso\n\t<actions@contoso.test>", "Contoso", "actions@contoso.test")]
    [InlineData("From: John Q. Public <john.q@contoso.test>", "John Q. Public", "john.q@contoso.test")]
    [InlineData("From: ACTIONS@Contoso.Test", null, "ACTIONS@Contoso.Test")]
    [InlineData("From: actions+x@contoso.test", null, "actions+x@contoso.test")]
    [InlineData("From: \"Contoso, Inc. (EU)\" <actions@contoso.test>", "Contoso, Inc. (EU)", "actions@contoso.test")]
    [InlineData("From: \"a \\\"quoted\\\" name\" <actions@contoso.test>", "a \"quoted\" name", "actions@contoso.test")]
    [InlineData("From: \"Contoso Approvals <actions@contoso.test>\" <bot@attacker.test>", "Contoso Approvals <actions@contoso.test>", "bot@attacker.test")]
    [InlineData("From: =?utf-8?B?w4Ruw6llcw==?= <actions@contoso.test>", "Änées", "actions@contoso.test")]
    [InlineData("From: =?utf-8?Q?A=0D=0AB?= <actions@contoso.test>", "A B", "actions@contoso.test")]
    public void One_plain_address_is_read_with_its_name(string from, string? name, string address)
    {
        var mail = Mails.WithFrom(from);

        Assert.Empty(mail.Faults);
        Assert.Equal(new MailSender(name, address, name ?? address), mail.From);
    }

    [Theory]
    [InlineData("no From at all", "X-From: actions@contoso.test", FromMissing)]
    [InlineData("nothing in it", "From:   ", FromMissing)]
    [InlineData("Sender is no From", "Sender: actions@contoso.test", FromMissing)]
    [InlineData("Resent-From is no From", "Resent-From: actions@contoso.test", FromMissing)]
    [InlineData("empty From beside a Sender", "From:\nSender: actions@contoso.test", FromMissing)]
    [InlineData("two fields, theirs first", "From: x@attacker.test\nFrom: actions@contoso.test", FromMultiple)]
    [InlineData("two fields, theirs last", "From: actions@contoso.test\nFROM: x@attacker.test", FromMultiple)]
    [InlineData("the same twice", "From: actions@contoso.test\nfrom: actions@contoso.test", FromMultiple)]
    [InlineData("space before the colon", "From : actions@contoso.test", FromMalformed)]
    [InlineData("a fold before the colon", "From\n : actions@contoso.test", FromMalformed)]
    [InlineData("space before the colon of a second", "From: actions@contoso.test\nFrom : x@attacker.test", FromMultiple)]
    [InlineData("space before the colon of a first", "From : x@attacker.test\nFrom: actions@contoso.test", FromMultiple)]
    [InlineData("two mailboxes", "From: <x@attacker.test>, <actions@contoso.test>", FromMultiple)]
    [InlineData("bare then angle", "From: actions@contoso.test,<x@attacker.test>", FromMultiple)]
    [InlineData("named ones", "From: A <x@attacker.test>, \"B\" <actions@contoso.test>", FromMultiple)]
    [InlineData("group", "From: g: actions@contoso.test;", FromMalformed)]
    [InlineData("empty group", "From: g:;", FromMalformed)]
    [InlineData("source route", "From: <@attacker.test,@any.test:actions@contoso.test>", FromMalformed)]
    [InlineData("quoted pair between", "From: <actions@contoso.test>\\,<x@attacker.test>", FromMalformed)]
    [InlineData("text behind the bracket", "From: <x@attacker.test>actions@contoso.test", FromMalformed)]
    [InlineData("comment behind a bare address", "From: actions@contoso.test (c) <x@attacker.test>", FromMalformed)]
    [InlineData("comment inside the brackets", "From: <x@attacker.test (actions@contoso.test)>", FromMalformed)]
    [InlineData("comment behind", "From: actions@contoso.test (Contoso)", FromMalformed)]
    [InlineData("comment before", "From: (Contoso) actions@contoso.test", FromMalformed)]
    [InlineData("unclosed comment", "From: (Contoso actions@contoso.test", FromMalformed)]
    [InlineData("encoded word for the address", "From: =?utf-8?B?PGFjdGlvbnNAY29udG9zby50ZXN0Pg==?=,<x@attacker.test>", FromMalformed)]
    [InlineData("encoded word alone", "From: =?utf-8?B?PGFjdGlvbnNAY29udG9zby50ZXN0Pg==?=", FromMalformed)]
    [InlineData("encoded word in the local part", "From: =?utf-8?q?actions=40contoso.test=00?=@attacker.test", FromMalformed)]
    [InlineData("encoded word in angle brackets", "From: <=?utf-8?q?actions=40contoso.test?=@attacker.test>", FromMalformed)]
    [InlineData("quoted local part", "From: \"actions\"@contoso.test", FromMalformed)]
    [InlineData("quoted local part in brackets", "From: <\"actions\"@contoso.test>", FromMalformed)]
    [InlineData("unbalanced quote", "From: \"Contoso <actions@contoso.test>", FromMalformed)]
    [InlineData("quote that ends late", "From: \"Contoso\\\" <actions@contoso.test>", FromMalformed)]
    [InlineData("no closing bracket", "From: Contoso <actions@contoso.test", FromMalformed)]
    [InlineData("no opening bracket", "From: actions@contoso.test>", FromMalformed)]
    [InlineData("nested brackets", "From: <<actions@contoso.test>>", FromMalformed)]
    [InlineData("two brackets", "From: <x@attacker.test> <actions@contoso.test>", FromMalformed)]
    [InlineData("address as name", "From: actions@contoso.test <x@attacker.test>", FromMalformed)]
    [InlineData("unquoted comma in the name", "From: Contoso, Inc. <actions@contoso.test>", FromMalformed)]
    [InlineData("trailing comma", "From: actions@contoso.test,", FromMalformed)]
    [InlineData("white space in brackets", "From: < actions@contoso.test >", FromMalformed)]
    [InlineData("white space at the at sign", "From: actions @contoso.test", FromMalformed)]
    [InlineData("fold in the domain", "From: actions@contoso.\n test", FromMalformed)]
    [InlineData("two at signs", "From: actions@contoso.test@attacker.test", FromMalformed)]
    [InlineData("trailing dot", "From: actions@contoso.test.", FromMalformed)]
    [InlineData("literal", "From: actions@[192.0.2.1]", FromMalformed)]
    [InlineData("no domain", "From: actions", FromMalformed)]
    [InlineData("percent hack is an atom, bang path too, but not without a host", "From: a%contoso.test", FromMalformed)]
    public void Every_other_From_is_refused_with_its_reason(string why, string from, MessageFault expected)
    {
        var mail = Mails.WithFrom(from);

        Assert.True(mail.Reason() == expected, $"{why}: {mail.Reason()}");
        Assert.Null(mail.From.Address);
        Assert.Equal("Approval", mail.Subject);
        Assert.StartsWith("hello", mail.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" From: x@attacker.test\nFrom: actions@contoso.test", FromMultiple)]
    [InlineData(" From: actions@contoso.test\nTo: alice@t1.test", FromMalformed)]
    [InlineData("\tFrom: actions@contoso.test\nTo: alice@t1.test", FromMalformed)]
    [InlineData("From: actions@contoso.test\nTo: alice@t1.test", null)]
    public void A_first_line_that_begins_with_white_space_is_no_field(string header, MessageFault? expected) =>
        Assert.Equal(expected, Mails.Read(header + "\n\nhello\n").Reason());

    [Theory]
    [InlineData("Cyrillic о", "From: actions@cоntoso.test")]
    [InlineData("dotless ı", "From: actıons@contoso.test")]
    [InlineData("soft hyphen", "From: actions@con\u00ADtoso.test")]
    [InlineData("full-width at sign", "From: actions＠contoso.test")]
    [InlineData("ideographic full stop", "From: actions@contoso。test")]
    public void An_address_beyond_ASCII_is_refused(string why, string from)
    {
        var mail = MailMessage.Read(Mails.Utf8(from + "\nTo: alice@t1.test\n\nhello\n"));

        Assert.True(mail.Reason() == FromMalformed, why);
        Assert.Equal(from["From: ".Length..].Replace("\u00AD", "\u00AD", StringComparison.Ordinal), mail.From.Shown);
    }

    [Fact]
    public void A_display_name_in_raw_UTF8_is_text()
    {
        var mail = MailMessage.Read(Mails.Utf8("From: Änées 🎈 <actions@contoso.test>\nTo: alice@t1.test\n\nhello\n"));

        Assert.Empty(mail.Faults);
        Assert.Equal("Änées 🎈", mail.From.Name);
    }

    [Fact]
    public void Of_the_isemail_suite_only_plain_addresses_at_a_host_of_two_labels_are_accepted()
    {
        var suite = XDocument.Load(TestData.Path("address/isemail-tests.xml"));
        foreach (var test in suite.Descendants("test"))
        {
            var address = string.Concat(((string?)test.Element("address") ?? "").Select(Control));
            var category = (string)test.Element("category")!;
            var deliverable = category is "ISEMAIL_VALID_CATEGORY" or "ISEMAIL_DNSWARN"
                && address[address.IndexOf('@', StringComparison.Ordinal)..].Contains('.', StringComparison.Ordinal);

            var mail = MailMessage.Read(Encoding.UTF8.GetBytes($"From: <{address}>\r\nTo: alice@t1.test\r\n\r\nhello\r\n"));

            Assert.True(deliverable == (mail.From.Address is not null), $"{(string)test.Attribute("id")!}: {category} {address}");
            Assert.Equal(deliverable, mail.Faults.Count == 0);
        }
    }

    // The suite writes control character n as U+2400 + n.
    private static char Control(char c) => c is >= '\u2400' and <= '\u2420' ? (char)(c - '\u2400') : c;
}
