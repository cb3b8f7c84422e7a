using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Actions;

/// <summary>
/// Fills a JSON body. A place inside a JSON string takes the escaped text; a place that stands for a whole value takes the value as it is when it is a JSON
/// number, true, false or null, and as a JSON string otherwise. Neither can change the structure.
/// </summary>
internal static class JsonBody
{
    public static string Fill(Template template, Func<string, string> valueOf)
    {
        var text = new StringBuilder();
        var insideString = false;
        foreach (var piece in template.Pieces)
        {
            if (piece.InputId is { } id)
            {
                text.Append(insideString ? SubstitutionEscape.JsonText(valueOf(id)) : WholeValue(valueOf(id)));
                continue;
            }
            insideString = EndsInsideString(piece.Text, insideString);
            text.Append(piece.Text);
        }
        return text.ToString();
    }

    private static bool EndsInsideString(string json, bool insideString)
    {
        for (var i = 0; i < json.Length; i++)
        {
            if (insideString && json[i] == '\\')
                i++;
            else if (json[i] == '"')
                insideString = !insideString;
        }
        return insideString;
    }

    private static string WholeValue(string value) => IsScalar(value) ? value : $"\"{SubstitutionEscape.JsonText(value)}\"";

    private static bool IsScalar(string value)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(value));
            return reader.Read()
                && reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null
                && reader.BytesConsumed == Encoding.UTF8.GetByteCount(value);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
