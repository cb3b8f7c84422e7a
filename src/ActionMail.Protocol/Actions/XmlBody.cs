using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Piece = ActionMail.Protocol.Cards.Template.Piece;

namespace ActionMail.Protocol.Actions;

/// <summary>
/// Fills a body of XML or HTML, in text and in attribute values. What a parser would normalise (line ends, tabs in attributes) is written as
/// a reference. A character that XML cannot have at all is refused. XML 1.0 §2.2, §2.11, §3.3.3. Security G-11.
/// </summary>
internal static class XmlBody
{
    public static BodyFilling Fill(ImmutableArray<Piece> pieces, Func<string, string> valueOf)
    {
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            if (piece.InputId is not { } id)
                text.Append(piece.Text);
            else if (valueOf(id).Any(IsForbidden))
                return new BodyFilling.Refused(id, "The text has a control character, which cannot stand here.");
            else
                AppendEscaped(text, valueOf(id));
        }
        return new BodyFilling.Filled(text.ToString());
    }

    private static bool IsForbidden(char letter) => letter is < ' ' and not ('\t' or '\n' or '\r') or '\uFFFE' or '\uFFFF';

    private static void AppendEscaped(StringBuilder text, string value)
    {
        foreach (var letter in value)
        {
            if (letter is '&' or '<' or '>' or '"' or '\'' or '\t' or '\n' or '\r')
                text.Append(CultureInfo.InvariantCulture, $"&#{(int)letter};");
            else
                text.Append(letter);
        }
    }
}
