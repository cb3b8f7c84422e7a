using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using ActionMail.Protocol.Cards.MessageCards;

namespace ActionMail.Protocol.Cards;

/// <summary>
/// What a page is given of a card: everything that is seen, nothing of what would be called. Actions that the platform carries
/// out keep their looks and get <c>actionId</c>; URL, method, headers, body, verb and data are left out.
/// The data that <c>Action.InvokeAddInCommand</c> hands to its add-in goes along as one text.
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
            // A MessageCard is converted, and what would be called is left out by that.
            if (card.Kind == CardKind.MessageCard)
                Write(writer, MessageCardConversion.ForDisplay(card).Json, actions: null);
            else
                Write(writer, card.Json, new CarriedOut(card));
        }
        return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = MessageCardConversion.MaxDepth });
    }

    private static void Write(Utf8JsonWriter writer, JsonNode node, CarriedOut? actions)
    {
        switch (node.Kind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in node.Items)
                {
                    if (Shown(item) is { Exists: true } shown)
                        Write(writer, shown, actions);
                }
                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                WriteObject(writer, node, actions);
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    // What is in the place of a value: of an action that is not shown its fallback, as the inbox's profile says.
    private static JsonNode Shown(JsonNode value)
    {
        while (value.Exists && IsHidden(value["type"u8]))
            value = value["fallback"u8] is { IsObject: true } fallback ? fallback : default;
        return value;
    }

    // Outlook does not show Action.Submit: there is nobody to submit to. Protocol §4. Action.Execute needs universal actions, which are not carried out yet.
    private static bool IsHidden(JsonNode type) => type.Says("Action.Submit"u8) || type.Says("Action.Execute"u8);

    // The sender's own data, which no page needs.
    private static bool IsData(JsonNode member) =>
        member.IsNamed("data"u8) || member.IsNamed("headers"u8) || member.IsNamed("initializationContext"u8) || member.IsNamed("msteams"u8) || member.IsNamed("metadata"u8);

    private static void WriteObject(Utf8JsonWriter writer, JsonNode node, CarriedOut? actions)
    {
        // An action in a place that the reader passes over is data of the sender's: it has no id, and looks are all that is left of it.
        var isHttp = actions is not null && node["type"u8].Says("Action.Http"u8);
        var carriedOut = isHttp ? actions!.At(node) : null;
        var isInvocation = node["type"u8].Says("Action.InvokeAddInCommand"u8);
        var isCard = !node.Parent.Exists;
        writer.WriteStartObject();
        if (carriedOut is not null)
            writer.WriteString("actionId", carriedOut.Id);
        foreach (var member in node.Members)
        {
            var name = member.Name;
            // The add-in is given the sender's data as the text that it is: what passes through a page's parser may come out another number.
            if (isInvocation && member.IsNamed("initializationContext"u8) && (member.IsObject || member.IsArray || member.IsString))
                writer.WriteString(name, member.RawText);
            if (IsData(member) || (isHttp && !Looks.Contains(name)) || (isCard && NotShown.Contains(name)) || Shown(member) is not { Exists: true } shown)
                continue;
            writer.WritePropertyName(name);
            Write(writer, shown, actions);
        }
        writer.WriteEndObject();
    }

    // The card's actions by their place, asked for in the order of the text.
    private sealed class CarriedOut(Card card)
    {
        private readonly FrozenDictionary<string, CardAction.Http> _byPointer =
            card.Actions.OfType<CardAction.Http>().ToFrozenDictionary(action => action.Pointer, StringComparer.Ordinal);

        private readonly JsonPointerTrail _pointers = new();

        public CardAction.Http? At(JsonNode node) => _byPointer.GetValueOrDefault(_pointers.PointerOf(node));
    }
}
