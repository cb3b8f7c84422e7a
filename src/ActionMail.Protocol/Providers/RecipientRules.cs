using ActionMail.Protocol.Verdicts;

namespace ActionMail.Protocol.Providers;

/// <summary>
/// What the recipient's side has switched off. Asked when the mail arrives, at each click, and when the card is shown: what was switched off stops what is there already.
/// Protocol §5, "The switches".
/// </summary>
public static class RecipientRules
{
    /// <summary>Cards are on for the organization and for the recipient, who has not stopped this provider's.</summary>
    /// <param name="recipient">The owner of the mailbox.</param>
    /// <param name="providerId">The provider of the card; null where it has none, as a self-test.</param>
    public static Check Switches(Recipient recipient, string? providerId)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        if (recipient.OrganizationHasCardsOff)
            return Off(Reason.CardsOffOrganization, "the recipient's organization has switched actionable messages off");
        if (recipient.HasCardsOff)
            return Off(Reason.CardsOffRecipient, "the recipient has switched cards off");
        return providerId is not null && recipient.HasStopped(providerId)
            ? Off(Reason.SenderStopped, "the recipient has stopped this provider's cards")
            : new(Reason.CardsOffRecipient, CheckOutcome.Pass, "cards are on for the recipient and their organization");
    }

    private static Check Off(Reason code, string evidence) => new(code, CheckOutcome.Fail, evidence);
}
