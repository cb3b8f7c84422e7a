namespace ActionMail.Protocol.Cards.Lint;

/// <summary>How much a finding matters.</summary>
public enum LintSeverity
{
    /// <summary>A client refuses the card, or an action of it is lost.</summary>
    Error,

    /// <summary>The card works, and somebody will see less or worse than was meant.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Info,
}
