namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>
/// What a conversion leaves out: <paramref name="Pointer"/> is its place in the MessageCard (RFC 6901), <paramref name="Why"/> a sentence
/// without a full stop.
/// </summary>
public sealed record MessageCardLoss(string Pointer, string Why);
