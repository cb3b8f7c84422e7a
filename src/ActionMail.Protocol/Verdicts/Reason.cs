namespace ActionMail.Protocol.Verdicts;

/// <summary>
/// Why a card is not active: a closed list, the same in the API, the pages, the command line and the logs, where each is
/// written in snake_case (<see cref="ReasonCatalog"/>). Protocol §7.
/// </summary>
public enum Reason
{
#pragma warning disable CS1591 // Each member is described, for people, by its entry in ReasonCatalog.
    FromMissing,
    FromMultiple,
    FromMalformed,
    MessageMalformed,
    MessageAmbiguous,
    DkimNone,
    DkimFail,
    DkimUnaligned,
    DkimPartialBody,
    DkimHeaderUnsigned,
    DkimWeakKey,
    DkimExpired,
    DkimFuture,
    SpfNone,
    SpfOnly,
    DmarcFail,
    ArcUntrusted,
    SenderUnverified,
    SignedInvalidAlg,
    SignedBadSignature,
    SignedClaimMissing,
    SignedSenderMismatch,
    SignedRecipientMismatch,
    SignedStale,
    RecipientNotAddressed,
    Replay,
    Stale,
    OriginatorUnknown,
    OriginatorSenderMismatch,
    ScopeDenied,
    ProviderSuspended,
    CardsOffOrganization,
    CardsOffRecipient,
    SenderStopped,
    TargetDenied,
    CardMalformed,
    CardAmbiguous,
    CardTooLarge,
    CardUnsupported,
    RefreshDenied,
#pragma warning restore CS1591
}

/// <summary>Who can mend what a failed check found.</summary>
public enum Fixer
{
    /// <summary>The service that sends the mail.</summary>
    Sender,

    /// <summary>The administrator of the recipient's organization.</summary>
    RecipientAdministrator,

    /// <summary>The recipient, who switched something off.</summary>
    Recipient,

    /// <summary>The operator of the platform.</summary>
    Platform,
}
