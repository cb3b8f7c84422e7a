namespace ActionMail.Protocol.Verdicts;

/// <summary>What one check came to.</summary>
public enum CheckOutcome
{
    /// <summary>The check was made and holds.</summary>
    Pass,

    /// <summary>The check was made and does not hold.</summary>
    Fail,

    /// <summary>The check does not apply, or an earlier failure left nothing to check.</summary>
    Skipped,
}

/// <summary>
/// One line of a decision record. <paramref name="Code"/> is the reason that a failure of this check gives, so a passed
/// check says which reason was ruled out; <paramref name="Evidence"/> is what was seen, in words and values.
/// </summary>
public sealed record Check(Reason Code, CheckOutcome Outcome, string Evidence);

/// <summary>What becomes of a message's card.</summary>
public enum CardState
{
    /// <summary>The message carries no card.</summary>
    None,

    /// <summary>There is a card but it must not act; the decision's reason says why.</summary>
    Inert,

    /// <summary>The card is shown and may act.</summary>
    Active,
}
