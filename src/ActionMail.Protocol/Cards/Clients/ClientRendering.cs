using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards.Clients;

/// <summary>What a client shows of a card. Where <paramref name="Shown"/> is false it shows the mail's own text, and <paramref name="Lost"/> says why.</summary>
public sealed record ClientRendering(ClientProfile Client, bool Shown, ImmutableArray<LostPart> Lost);

/// <summary>
/// An element or action that a client does not show: its JSON pointer (RFC 6901; the card's own is empty) and the reason in words. Of what goes
/// with a part around it only inputs and actions are listed.
/// </summary>
public sealed record LostPart(string Pointer, string Why);
