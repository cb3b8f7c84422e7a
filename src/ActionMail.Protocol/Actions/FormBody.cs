using System.Collections.Immutable;
using System.Text;
using Piece = ActionMail.Protocol.Cards.Template.Piece;

namespace ActionMail.Protocol.Actions;

/// <summary>
/// Fills a body of <c>application/x-www-form-urlencoded</c>: a value can neither end its field nor begin another. A field that is JSON, as in
/// <c>payload={…}</c>, is filled as JSON and then encoded. WHATWG URL §5. Security G-11.
/// </summary>
internal static class FormBody
{
    public static BodyFilling Fill(ImmutableArray<Piece> pieces, Func<string, string> valueOf)
    {
        var text = new StringBuilder();
        var part = ImmutableArray.CreateBuilder<Piece>();
        foreach (var piece in pieces)
        {
            var literal = piece.InputId is null ? piece.Text : "";
            var start = 0;
            for (var at = literal.AsSpan().IndexOfAny('&', '='); at >= 0; at = literal.IndexOfAny(['&', '='], start))
            {
                part.Add(new(literal[start..at], null));
                if (FillPart(part.ToImmutable(), valueOf, text) is { } refused)
                    return refused;
                part.Clear();
                text.Append(literal[at]);
                start = at + 1;
            }
            part.Add(piece.InputId is null ? new(literal[start..], null) : piece);
        }
        return FillPart(part.ToImmutable(), valueOf, text) ?? (BodyFilling)new BodyFilling.Filled(text.ToString());
    }

    private static BodyFilling.Refused? FillPart(ImmutableArray<Piece> part, Func<string, string> valueOf, StringBuilder text)
    {
        ImmutableArray<Piece> written = [.. part.Where(piece => piece.InputId is not null || piece.Text.Length > 0)];
        for (var index = 1; index < written.Length; index++)
        {
            if (written[index].InputId is { } id && SubstitutionEscape.EndsInPercentEscape(written[index - 1]))
                return new(id, "The card puts the text into the middle of an escape.");
        }
        ImmutableArray<Piece> decoded = [.. written.Select(piece => piece.InputId is null ? new Piece(Decoded(piece.Text), null) : piece)];
        switch (written.Any(piece => piece.InputId is not null) ? JsonBody.FillObject(decoded, valueOf) : null)
        {
            case BodyFilling.Filled(var json): text.Append(SubstitutionEscape.FormValue(json)); break;
            case BodyFilling.Refused refused: return refused;
            case null:
                foreach (var piece in written)
                    text.Append(piece.InputId is { } id ? SubstitutionEscape.FormValue(valueOf(id)) : piece.Text);
                break;
        }
        return null;
    }

    private static string Decoded(string literal) => Uri.UnescapeDataString(literal.Replace('+', ' '));
}
