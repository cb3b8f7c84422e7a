using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;

namespace ActionMail.Protocol.Cards;

/// <summary>
/// What a page is given of a card: everything that is seen, nothing of what would be called. Actions that the platform carries
/// out keep their looks and get <c>actionId</c>; URL, method, headers, body, verb and data are left out.
/// </summary>
public static class CardDisplay
{
    private static readonly HashSet<string> Looks =
        new(StringComparer.Ordinal) { "type", "id", "title", "style", "mode", "isPrimary", "isEnabled", "iconUrl", "tooltip", "requires", "fallback" };

    private static readonly HashSet<string> NotShown =
        new(StringComparer.Ordinal) { "originator", "correlationId", "expectedActors", "autoInvokeAction", "refresh", "authentication", "metadata" };

    /// <summary>The JSON for the page.</summary>
    public static JsonElement Of(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            var ids = card.Actions.ToFrozenDictionary(action => action.Pointer, action => action.Id, StringComparer.Ordinal);
            Write(writer, card.Json, "", ids);
        }
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, string pointer, FrozenDictionary<string, string> ids)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    // Outlook does not show Action.Submit: there is nobody to submit to. Protocol §4. Action.Execute needs universal actions, which are not carried out yet.
                    if (item.TextMember("type") is not ("Action.Submit" or "Action.Execute"))
                        Write(writer, item, $"{pointer}/{index}", ids);
                    index++;
                }
                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                WriteObject(writer, element, pointer, ids);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement element, string pointer, FrozenDictionary<string, string> ids)
    {
        var type = element.TextMember("type") ?? "";
        // An action in a place that the reader passes over is data of the sender's: it has no id, and looks are all that is left of it.
        var isCarriedOut = type is "Action.Http" && ids.ContainsKey(pointer);
        writer.WriteStartObject();
        if (isCarriedOut)
            writer.WriteString("actionId", ids[pointer]);
        foreach (var member in element.EnumerateObject())
        {
            if (CardReader.IsOpaque(member.Name) || (isCarriedOut && !Looks.Contains(member.Name)) || (pointer.Length == 0 && NotShown.Contains(member.Name)))
                continue;
            writer.WritePropertyName(member.Name);
            Write(writer, member.Value, $"{pointer}/{JsonPointer.Escape(member.Name)}", ids);
        }
        writer.WriteEndObject();
    }
}
