namespace ActionMail.Protocol.Cards;

/// <summary>What reading a card came to: exactly one of the cases below.</summary>
public abstract record CardReading
{
    private CardReading() { }

    /// <summary>The text is a card within the limits.</summary>
    public sealed record Read(Card Card) : CardReading;

    /// <summary>The text is no card that could be acted on. <paramref name="Pointer"/> is the JSON pointer (RFC 6901) of the place.</summary>
    public sealed record Malformed(string Pointer, string Message) : CardReading;

    /// <summary>The card is over a limit, which <paramref name="Message"/> names.</summary>
    public sealed record TooLarge(string Message) : CardReading;

    /// <summary>The text is a card of a kind or part that cannot be acted on here.</summary>
    public sealed record Unsupported(string Message) : CardReading;
}
