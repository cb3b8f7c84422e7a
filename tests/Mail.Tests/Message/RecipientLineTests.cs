using static ActionMail.Mail.Message.MessageFault;

namespace ActionMail.Mail.Tests.Message;

public class RecipientLineTests
{
    [Theory]
    [InlineData("To: alice@t1.test", "alice@t1.test")]
    [InlineData("To: Alice <Alice@T1.test>, \"Bob, the (second)\" <bob@t1.test>", "alice@t1.test bob@t1.test")]
    [InlineData("To: alice@t1.test,\n bob@t1.test,\n\tcarol@t1.test", "alice@t1.test bob@t1.test carol@t1.test")]
    [InlineData("To: undisclosed-recipients:;", "")]
    [InlineData("To: Team: alice@t1.test, bob@t1.test;, carol@t1.test", "carol@t1.test")]
    [InlineData("To: alice@t1.test (Alice), bob@t1.test", "bob@t1.test")]
    [InlineData("To: <x@attacker.test>alice@t1.test, bob@t1.test", "bob@t1.test")]
    [InlineData("To: <@a.test:alice@t1.test>, bob@t1.test", "bob@t1.test")]
    [InlineData("To: \"alice\"@t1.test, =?utf-8?q?alice=40t1.test?=@x.test, a@[IPv6:::1], bob@t1.test", "bob@t1.test")]
    [InlineData("To: , ,bob@t1.test,", "bob@t1.test")]
    [InlineData("To:", "")]
    [InlineData("X-Any: none", "")]
    public void Recipients_are_the_plain_mailboxes_in_lower_case(string field, string expected)
    {
        var mail = Mails.Read($"From: actions@contoso.test\n{field}\n{field.Replace("To:", "Cc:", StringComparison.Ordinal)}\n\nhello\n");

        Assert.Empty(mail.Faults);
        Assert.Equal(expected, string.Join(' ', mail.To));
        Assert.Equal(expected, string.Join(' ', mail.Cc));
    }

    [Theory]
    [InlineData("To: \"Alice <alice@t1.test>, bob@t1.test")]
    [InlineData("To: alice@t1.test (see below, bob@t1.test")]
    [InlineData("To: <alice@t1.test, bob@t1.test")]
    [InlineData("To: alice@t1.test>, bob@t1.test")]
    [InlineData("To: a@[1.2.3.4, bob@t1.test")]
    public void What_does_not_close_makes_the_list_ambiguous(string field)
    {
        var mail = Mails.Read($"From: actions@contoso.test\n{field}\n\nhello\n");

        Assert.Equal(MessageAmbiguous, mail.Reason());
        Assert.Empty(mail.To);
    }
}
