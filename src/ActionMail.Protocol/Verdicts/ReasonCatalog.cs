using System.Collections.Frozen;

namespace ActionMail.Protocol.Verdicts;

/// <summary>How a reason is written and explained: its code on every surface, words for the recipient, the remedy, who can apply it.</summary>
public sealed record ReasonEntry(string Code, string Words, string Remedy, Fixer Fixer);

/// <summary>The closed list of reasons with their codes and explanations. docs/protocol/reasons.md is written from it.</summary>
public static class ReasonCatalog
{
    private static readonly FrozenDictionary<Reason, ReasonEntry> Entries = new Dictionary<Reason, ReasonEntry>
    {
        [Reason.FromMissing] = Sender("from_missing", "The message does not say who sent it.",
            "Send exactly one From header with exactly one address."),
        [Reason.FromMultiple] = Sender("from_multiple", "The message names more than one sender.",
            "Send exactly one From header with exactly one address."),
        [Reason.FromMalformed] = Sender("from_malformed", "The sender's address cannot be read with certainty.",
            "Write From as \"Name <local@domain>\": no comments, groups, routes, quoted local parts or encoded words in the address."),
        [Reason.MessageMalformed] = Sender("message_malformed", "The message is damaged.",
            "Mend the header or MIME structure that the evidence names."),
        [Reason.MessageAmbiguous] = Sender("message_ambiguous", "Parts of the message can be read in two ways.",
            "Remove the duplicate or contradictory header or MIME field that the evidence names."),
        [Reason.DkimNone] = Sender("dkim_none", "The sender's domain did not sign the message.",
            "Sign the mail with DKIM, or send the card signed."),
        [Reason.DkimFail] = Sender("dkim_fail", "The domain's signature does not match the message.",
            "Sign after the last change to the mail; check the published key."),
        [Reason.DkimUnaligned] = Sender("dkim_unaligned", "The message is signed by a domain other than the sender's.",
            "Sign with a d= in the organizational domain of From (RFC 9989)."),
        [Reason.DkimPartialBody] = Sender("dkim_partial_body", "The signature covers only a part of the message.",
            "Sign without l=."),
        [Reason.DkimHeaderUnsigned] = Sender("dkim_header_unsigned", "The signature leaves out important headers.",
            "Name From, Subject, To and Date in h=, and Cc where the mail has one."),
        [Reason.DkimWeakKey] = Sender("dkim_weak_key", "The domain's key is too short to be trusted.",
            "Publish an RSA key of 2048 bits or more."),
        [Reason.DkimExpired] = Sender("dkim_expired", "The domain's signature has expired.",
            "Send with a later x=, or without one."),
        [Reason.DkimFuture] = Sender("dkim_future", "The domain's signature is dated in the future.",
            "Set the clock of the signing host."),
        [Reason.SpfNone] = Sender("spf_none", "The sending server is not listed by the sender's domain.",
            "List the sending hosts in the SPF record of a MAIL FROM domain that is aligned with From."),
        [Reason.SpfOnly] = Sender("spf_only", "Only the sending server is proven, and that is not enough here.",
            "Sign the mail with DKIM, or publish DMARC for the From domain where that is enough; or send the card signed."),
        [Reason.DmarcFail] = Sender("dmarc_fail", "The sender's domain disowns this message.",
            "Sign with DKIM, or send from hosts of the domain's SPF, so that one of them aligns with From as its DMARC record asks."),
        [Reason.ArcUntrusted] = Administrator("arc_untrusted", "A forwarder vouches for the message, but it is not trusted here.",
            "List the forwarder among the trusted sealers, or have it sent directly."),
        [Reason.SenderUnverified] = Sender("sender_unverified", "It is not proven who sent this message.",
            "Send the mail again, since the evidence names what could not be asked; or send the card signed (protocol §3)."),
        [Reason.SignedInvalidAlg] = Sender("signed_invalid_alg", "The card's signature is of a kind that is not accepted.",
            "Sign with RS256 (or PS256, ES256 with a registered key of that kind); no crit, jku, jwk or x5u in the header."),
        [Reason.SignedBadSignature] = Sender("signed_bad_signature", "The card's signature is not the provider's.",
            "Sign with the private key whose public key is registered; the evidence names the step that failed."),
        [Reason.SignedClaimMissing] = Sender("signed_claim_missing", "The signed card lacks something that it must say.",
            "Add the claim that the evidence names, in the type that protocol §3 asks for."),
        [Reason.SignedSenderMismatch] = Sender("signed_sender_mismatch", "The card was signed for another sender.",
            "Let the sender claim equal the From address."),
        [Reason.SignedRecipientMismatch] = Sender("signed_recipient_mismatch", "The card was signed for other recipients.",
            "List every To and Cc address in recipientsSerialized."),
        [Reason.SignedStale] = Sender("signed_stale", "The card was signed too long ago, or in the future.",
            "Sign when sending; iat may be at most 7 days old and 5 minutes ahead."),
        [Reason.RecipientNotAddressed] = Sender("recipient_not_addressed", "You are not among the visible recipients.",
            "Name the recipient in To or Cc; Bcc and forwarded copies show no card."),
        [Reason.Replay] = Sender("replay", "This card has been delivered to you before.",
            "Sign a new card for each mail."),
        [Reason.Stale] = Sender("stale", "The message is too old for a card.",
            "Send with a Date of the last 7 days."),
        [Reason.OriginatorUnknown] = Sender("originator_unknown", "The service that sent the card is not registered.",
            "Register the provider and put its id in the card's originator."),
        [Reason.OriginatorSenderMismatch] = Sender("originator_sender_mismatch", "The card names a service that does not send from this address.",
            "Send from an address registered with the provider, or register this one."),
        [Reason.ScopeDenied] = Administrator("scope_denied", "The service is not approved for you.",
            "Of a Global provider the recipient's administrator consents to it (Administration, Consent); else add the recipient to the provider's test users, or have it approved for the organization."),
        [Reason.ProviderSuspended] = Administrator("provider_suspended", "The service's registration is not in force.",
            "Ask the approver of the registration; its state is in the evidence."),
        [Reason.CardsOffOrganization] = Administrator("cards_off_organization", "Your organization has switched actionable messages off.",
            "Switch actionable messages on for the organization."),
        [Reason.CardsOffRecipient] = Recipient("cards_off_recipient", "You have switched cards off.",
            "Switch cards on, on the account page."),
        [Reason.SenderStopped] = Recipient("sender_stopped", "You have stopped this service's cards.",
            "Allow the service's cards again, on the page of one of its messages."),
        [Reason.TargetDenied] = Sender("target_denied", "The card wants to call an address that is not registered for the service.",
            "Let every action URL lie under a registered target URL: https, same host or a subdomain, same port."),
        [Reason.CardMalformed] = Sender("card_malformed", "The card cannot be read.",
            "Mend what the evidence names; the pointer says where."),
        [Reason.CardAmbiguous] = Sender("card_ambiguous", "The message carries more than one card.",
            "Send exactly one card."),
        [Reason.CardTooLarge] = Sender("card_too_large", "The card is too large.",
            "Keep within the limit that the evidence names."),
        [Reason.CardUnsupported] = Sender("card_unsupported", "The card is of a kind that this installation does not show.",
            "Send an Adaptive Card or a MessageCard."),
        [Reason.RefreshDenied] = Sender("refresh_denied", "The service answered with a card that is not allowed.",
            "Answer with a card of the same originator whose targets are registered; the evidence names the rule."),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Reason> ByCode =
        Entries.ToFrozenDictionary(entry => entry.Value.Code, entry => entry.Key, StringComparer.Ordinal);

    /// <summary>The entry of a reason; there is one for each.</summary>
    public static ReasonEntry Entry(this Reason reason) => Entries[reason];

    /// <summary>The code on every surface, in snake_case.</summary>
    public static string Code(this Reason reason) => Entries[reason].Code;

    /// <summary>The reason that a code names; false for a code that is not on the list.</summary>
    public static bool TryParse(string code, out Reason reason) => ByCode.TryGetValue(code, out reason);

    private static ReasonEntry Sender(string code, string words, string remedy) => new(code, words, remedy, Fixer.Sender);

    private static ReasonEntry Administrator(string code, string words, string remedy) =>
        new(code, words, remedy, Fixer.RecipientAdministrator);

    private static ReasonEntry Recipient(string code, string words, string remedy) => new(code, words, remedy, Fixer.Recipient);
}
