using System.Text.Encodings.Web;
using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Actions;

/// <summary>How a value is written in each place, so that the receiver parses just what the actor typed.</summary>
internal static class SubstitutionEscape
{
    /// <summary>The inside of a JSON string. RFC 8259 §7.</summary>
    public static string JsonText(string value) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);

    /// <summary>
    /// The same in a text that RFC 8259 refuses, and that lenient parsers may read: with strings between apostrophes, for one. No quotation mark of any kind
    /// is left.
    /// </summary>
    public static string LenientJsonText(string value) => JavaScriptEncoder.Default.Encode(value);

    /// <summary>One value of a form body: WHATWG URL §5.2, where a space becomes a plus sign.</summary>
    public static string FormValue(string value) => Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal);

    /// <summary>A header value: percent-encoded, so that nothing but visible ASCII can reach it.</summary>
    public static string HeaderValue(string value) => Uri.EscapeDataString(value);

    /// <summary>Whether a literal ends in <c>%</c> or <c>%2</c>: what follows would become part of the escape. RFC 3986 §2.1.</summary>
    public static bool EndsInPercentEscape(Template.Piece literal) => literal is { InputId: null, Text: [.., '%'] or [.., '%', _] };
}
