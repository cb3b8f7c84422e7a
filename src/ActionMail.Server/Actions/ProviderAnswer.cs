namespace ActionMail.Server.Actions;

/// <summary>What a call to a provider came to: exactly one of the cases below.</summary>
internal abstract record ProviderAnswer
{
    private ProviderAnswer() { }

    /// <summary>The provider answered within the limits.</summary>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="StatusText">The first CARD-ACTION-STATUS, cleaned, or null.</param>
    /// <param name="Replacement">The body, when it is offered as a card by the rules of protocol §6; else null.</param>
    public sealed record Answered(int Status, string? StatusText, byte[]? Replacement) : ProviderAnswer
    {
        /// <summary>Why the body was not taken although the answer says that it is a card; else null.</summary>
        public string? ReplacementFault { get; init; }
    }

    /// <summary>The request cannot have reached the provider.</summary>
    public sealed record NotSent(CallFault Fault) : ProviderAnswer;

    /// <summary>The request may have reached the provider, but no whole answer came.</summary>
    public sealed record Unanswered(CallFault Fault) : ProviderAnswer;
}

/// <summary>The hop that failed.</summary>
internal enum CallFault
{
    /// <summary>The name leads nowhere.</summary>
    NameNotFound,

    /// <summary>The name leads to an address that is never called.</summary>
    TargetBlocked,

    /// <summary>No connection.</summary>
    ConnectFailed,

    /// <summary>The provider's certificate does not hold.</summary>
    TlsFailed,

    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>The connection broke before a whole answer.</summary>
    ConnectionLost,

    /// <summary>The answer is no HTTP, or over a limit.</summary>
    BadAnswer,

    /// <summary>Too many calls to this provider are under way.</summary>
    Busy,

    /// <summary>It could not be recorded that the call begins, so it did not.</summary>
    NotRecorded,
}
