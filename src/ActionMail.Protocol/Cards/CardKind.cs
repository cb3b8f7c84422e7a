namespace ActionMail.Protocol.Cards;

/// <summary>The two card languages of Outlook. Protocol §1.</summary>
public enum CardKind
{
    /// <summary>An Adaptive Card.</summary>
    AdaptiveCard,

    /// <summary>A legacy MessageCard.</summary>
    MessageCard,
}
