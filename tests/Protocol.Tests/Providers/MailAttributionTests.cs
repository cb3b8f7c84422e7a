using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;
using static ActionMail.Protocol.Tests.Fixtures;

namespace ActionMail.Protocol.Tests.Providers;

/// <summary>Which mails count as a provider's own: nobody can spoil, or mend, another's figures by writing its id into a card.</summary>
public sealed class MailAttributionTests
{
    [Theory]
    [InlineData("registered, aligned", "actions@contoso.test", "contoso.test", true, false, true, true, true)]
    [InlineData("registered, without any pass", "actions@contoso.test", null, false, false, true, false, true)]
    [InlineData("registered, another domain passes", "actions@contoso.test", "mailer.test", false, false, true, false, true)]
    [InlineData("another address of the domain, aligned", "news@contoso.test", "contoso.test", true, false, true, true, false)]
    [InlineData("a domain below it, aligned", "news@mail.contoso.test", "mail.contoso.test", true, false, true, true, false)]
    [InlineData("another address of the domain, not aligned", "news@contoso.test", "mailer.test", false, false, false, false, false)]
    [InlineData("a stranger, aligned with themselves", "bot@attacker.test", "attacker.test", true, false, false, false, false)]
    [InlineData("a stranger whose domain ends alike", "bot@evilcontoso.test", "evilcontoso.test", true, false, false, false, false)]
    [InlineData("signed by the provider, from elsewhere", "news@elsewhere.test", null, false, true, true, false, false)]
    public void A_mail_counts_where_its_sender_or_its_signature_is_the_providers(
        string why, string from, string? dkim, bool isAligned, bool isSigned, bool counts, bool isAlignedMail, bool isRegistered)
    {
        var facts = new SenderFacts
        {
            Dmarc = new(MechanismResult.None),
            Dkim = dkim is null ? [] : [new DkimFact(MechanismResult.Pass, SignatureFault.None, dkim, "s1", isAligned)],
        };

        var attribution = MailAttribution.Of(P1, EmailAddress.Parse(from), facts, isSigned);

        Assert.True(attribution is not null == counts, why);
        if (attribution is not null)
            Assert.Equal((why, dkim is not null, isAlignedMail, isRegistered), (why, attribution.HasPass, attribution.IsAligned, attribution.IsRegisteredSender));
    }

    [Fact]
    public void A_mail_without_a_sender_counts_for_nobody() => Assert.Null(MailAttribution.Of(P1, null, null, isSigned: true));

    [Fact]
    public void The_originator_is_read_from_the_claims_or_from_the_card()
    {
        Assert.Equal(O1, ClaimedOriginator.In(Signed(Sign(Claims())), CardLimits.Default));
        Assert.Equal(O1, ClaimedOriginator.In(new CarriedCard.Unsigned(CardKind.AdaptiveCard, CarriageForm.Script, GoldenCard), CardLimits.Default));
        Assert.Null(ClaimedOriginator.In(new CarriedCard.None(), CardLimits.Default));
        Assert.Null(ClaimedOriginator.In(Signed("a.b.c"), CardLimits.Default));
    }
}
