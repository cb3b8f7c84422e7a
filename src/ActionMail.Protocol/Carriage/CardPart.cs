namespace ActionMail.Protocol.Carriage;

/// <summary>
/// A MIME part of a card type that stands before the HTML in its multipart/alternative: <paramref name="IsSigned"/> for
/// <c>application/adaptivecard+jws</c>. Which kind of card it is, its text says. <paramref name="Fault"/> says why the
/// text must not be read as a card, or is null. Protocol §1.
/// </summary>
public sealed record CardPart(bool IsSigned, string Text, string? Fault = null);
