namespace ActionMail.Mail.Smtp;

/// <summary>What is wrong with a message that was received; each is remembered until its end, and one reply answers all.</summary>
[Flags]
public enum SmtpDataFaults
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A CR that no LF follows.</summary>
    BareCr = 1,

    /// <summary>An LF that follows no CR.</summary>
    BareLf = 2,

    /// <summary>A NUL.</summary>
    Nul = 4,

    /// <summary>Any of the faults by which two receivers can disagree on where a message ends.</summary>
    Malformed = BareCr | BareLf | Nul,

    /// <summary>A line above the limit.</summary>
    LineTooLong = 8,

    /// <summary>More bytes than the limit.</summary>
    TooLarge = 16,

    /// <summary>The receiver had no room to keep it; the sender is not to blame.</summary>
    NoRoom = 32,
}
