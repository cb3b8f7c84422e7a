using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards;
using Piece = ActionMail.Protocol.Cards.Template.Piece;

namespace ActionMail.Protocol.Actions;

/// <summary>
/// Fills a JSON body. A place inside a JSON string takes the escaped text; a place that stands for a whole value takes the value as it is when it is a JSON
/// number, true, false or null, and as a JSON string otherwise. A string that holds JSON itself, as queues and webhooks want it, is filled as JSON
/// and then escaped, for its receiver parses twice. Nothing can change the structure. Security G-11.
/// </summary>
internal static class JsonBody
{
    // JSON in a string in JSON in a string …; further in, a value is escaped as text.
    private const int MaxNesting = 4;
    private const int MaxDepth = 64;

    public static BodyFilling Fill(ImmutableArray<Piece> pieces, Func<string, string> valueOf)
    {
        var filling = Fill(pieces, new Values(valueOf, SubstitutionEscape.JsonText), 0);
        if (filling is not BodyFilling.Filled(var text) || IsJson(text))
            return filling;
        // What stands in a member's name could make two names one: then the body is JSON with harmless values and none with these.
        return CanBeJson(pieces)
            ? new BodyFilling.Refused(pieces.First(piece => piece.InputId is not null).InputId!, "The text cannot stand here: it would change what the request says.")
            : Fill(pieces, new Values(valueOf, SubstitutionEscape.LenientJsonText), 0);
    }

    /// <summary>Fills JSON that stands in a text of another kind, when it is an object or a list of objects; null when it is not.</summary>
    public static BodyFilling? FillObject(ImmutableArray<Piece> pieces, Func<string, string> valueOf) => FillObject(pieces, new Values(valueOf, SubstitutionEscape.JsonText), 1);

    /// <summary>Whether the body is JSON as RFC 8259 has it when each place holds a plain text.</summary>
    public static bool CanBeJson(ImmutableArray<Piece> pieces) => Fill(pieces, Values.Harmless, 0) is BodyFilling.Filled(var text) && IsJson(text);

    private static bool IsJson(string text) => JsonText.Read(text, MaxDepth) is JsonTextReading.Read;

    private static BodyFilling? FillObject(ImmutableArray<Piece> pieces, Values values, int nesting)
    {
        var begins = pieces is [{ InputId: null } first, ..] && first.Text.AsSpan().TrimStart() is ['{' or '[', ..];
        if (!begins || nesting > MaxNesting)
            return null;
        return Fill(pieces, Values.Harmless, nesting) switch
        {
            BodyFilling.Filled(var harmless) when JsonText.Read(harmless, MaxDepth) is JsonTextReading.Read({ Root: var root }) && (root.IsObject || IsListOfObjects(root)) =>
                Fill(pieces, values, nesting),
            BodyFilling.Refused refused => refused,
            // As of a whole body: who reads it leniently must not be led astray.
            _ => LooksLikeObject(pieces[0].Text) ? Fill(pieces, values with { Escape = SubstitutionEscape.LenientJsonText }, nesting) : null,
        };
    }

    private static bool LooksLikeObject(string text) => text.AsSpan().TrimStart(" \t\r\n[") is ['{', .. var inner] && inner.TrimStart() is ['"' or '\'', ..];

    // "[{{name.value}}]" alone is more likely a text in brackets than a list.
    private static bool IsListOfObjects(JsonNode root)
    {
        foreach (var item in root.Items)
            return item.IsObject;
        return false;
    }

    private static BodyFilling Fill(ImmutableArray<Piece> pieces, Values values, int nesting)
    {
        var text = new StringBuilder();
        ImmutableArray<Piece>.Builder? inside = null;
        foreach (var piece in pieces)
        {
            if (piece.InputId is { } id)
            {
                if (inside is null)
                    text.Append(WholeValue(id, values));
                inside?.Add(piece);
                continue;
            }
            var rest = piece.Text.AsSpan();
            while (!rest.IsEmpty)
            {
                var end = inside is null ? rest.IndexOf('"') : EndOfString(rest);
                var part = end < 0 ? rest : rest[..end];
                if (inside is null)
                    text.Append(part);
                else if (!part.IsEmpty)
                    inside.Add(new(part.ToString(), null));
                if (end < 0)
                    break;
                if (inside is not null && FillString(inside.ToImmutable(), values, nesting, text) is { } refused)
                    return refused;
                text.Append('"');
                inside = inside is null ? ImmutableArray.CreateBuilder<Piece>() : null;
                rest = rest[(end + 1)..];
            }
        }
        return (inside is null ? null : FillString(inside.ToImmutable(), values, nesting, text)) ?? (BodyFilling)new BodyFilling.Filled(text.ToString());
    }

    private static int EndOfString(ReadOnlySpan<char> inside)
    {
        for (var at = 0; at < inside.Length; at++)
        {
            if (inside[at] == '"')
                return at;
            if (inside[at] == '\\')
                at++;
        }
        return -1;
    }

    private static BodyFilling.Refused? FillString(ImmutableArray<Piece> inside, Values values, int nesting, StringBuilder text)
    {
        for (var index = 1; index < inside.Length; index++)
        {
            if (inside[index].InputId is { } id && inside[index - 1].InputId is null && EndsInEscape(inside[index - 1].Text))
                return new(id, "The card puts the text into the middle of an escape.");
        }
        var hasPlace = inside.Any(piece => piece.InputId is not null);
        switch (hasPlace && Decoded(inside) is { } decoded ? FillObject(decoded, values, nesting + 1) : null)
        {
            case BodyFilling.Filled(var json): text.Append(values.Escape(json)); break;
            case BodyFilling.Refused refused: return refused;
            case null:
                foreach (var piece in inside)
                    text.Append(piece.InputId is { } id ? values.Escape(values.Of(id)) : piece.Text);
                break;
        }
        return null;
    }

    // A backslash, or \u without its four digits: what follows would become part of it. RFC 8259 §7.
    private static bool EndsInEscape(string literal)
    {
        for (var at = literal.IndexOf('\\', StringComparison.Ordinal); at >= 0; at = at < literal.Length ? literal.IndexOf('\\', at) : -1)
        {
            var length = at + 1 < literal.Length && literal[at + 1] == 'u' ? 6 : 2;
            if (at + length > literal.Length)
                return true;
            at += length;
        }
        return false;
    }

    private static ImmutableArray<Piece>? Decoded(ImmutableArray<Piece> inside)
    {
        var decoded = ImmutableArray.CreateBuilder<Piece>(inside.Length);
        foreach (var piece in inside)
        {
            if (piece.InputId is not null)
                decoded.Add(piece);
            else if (JsonText.Read($"\"{piece.Text}\"", 1) is JsonTextReading.Read({ Root.Text: { } text }))
                decoded.Add(new(text, null));
            else
                return null;
        }
        return decoded.ToImmutable();
    }

    private static string WholeValue(string id, Values values) => values.Of(id) is var value && IsScalar(value) ? value : $"\"{values.Escape(value)}\"";

    private static bool IsScalar(string value) => value is "true" or "false" or "null"
        || (value.Length > 0 && (char.IsAsciiDigit(value[0]) || value[0] == '-') && char.IsAsciiDigit(value[^1])
            && JsonText.Read(value, 1) is JsonTextReading.Read({ Root.Kind: JsonValueKind.Number })
            && double.IsFinite(double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture)));

    /// <summary>The values by their ids, and how they are written into a JSON string.</summary>
    private readonly record struct Values(Func<string, string> Of, Func<string, string> Escape)
    {
        public static Values Harmless { get; } = new(id => id, SubstitutionEscape.JsonText);
    }
}
