namespace ActionMail.Mail.Smtp;

/// <summary>What the house says about one recipient.</summary>
public enum RecipientAnswer
{
    /// <summary>Somebody here has the address.</summary>
    Known,

    /// <summary>The domain is served here and nobody has the address: 550 5.1.1, counted against address guessing.</summary>
    Unknown,

    /// <summary>The domain is not served here, and nothing is relayed: 550 5.7.1.</summary>
    Refused,

    /// <summary>It cannot be told now: 451 4.3.0.</summary>
    TryLater,
}
