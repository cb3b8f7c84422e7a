using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Clients;

namespace ActionMail.Cli.Cards;

/// <summary>A card without what a client loses of it; where a lost part has a fallback that the client shows, the fallback is in its place.</summary>
internal sealed class ClientCut
{
    private readonly FrozenSet<string> _lost;

    private ClientCut(ClientRendering rendering) => _lost = rendering.Lost.Select(part => part.Pointer).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The card's text after the cut.</summary>
    public static ReadOnlyMemory<byte> Of(Card card, ClientRendering rendering)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            new ClientCut(rendering).Write(writer, card.Json, "");
        return buffer.WrittenMemory;
    }

    private void Write(Utf8JsonWriter writer, JsonNode value, string pointer)
    {
        if (value.IsObject)
            WriteObject(writer, value, pointer);
        else if (value.IsArray)
            WriteArray(writer, value, pointer);
        else
            value.WriteTo(writer);
    }

    private void WriteObject(Utf8JsonWriter writer, JsonNode value, string pointer)
    {
        writer.WriteStartObject();
        foreach (var member in value.Members)
        {
            var name = member.Name;
            var (kept, place) = Kept(member, $"{pointer}/{JsonPointer.Escape(name)}");
            if (!kept.Exists)
                continue;
            writer.WritePropertyName(name);
            Write(writer, kept, place);
        }
        writer.WriteEndObject();
    }

    private void WriteArray(Utf8JsonWriter writer, JsonNode value, string pointer)
    {
        writer.WriteStartArray();
        var index = 0;
        foreach (var item in value.Items)
        {
            var (kept, place) = Kept(item, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index++}"));
            if (kept.Exists)
                Write(writer, kept, place);
        }
        writer.WriteEndArray();
    }

    // A fallback may be lost too, and have one of its own.
    private (JsonNode Value, string Pointer) Kept(JsonNode value, string pointer)
    {
        while (value.Exists && _lost.Contains(pointer))
        {
            var fallback = value["fallback"u8];
            (value, pointer) = (fallback.IsObject ? fallback : default, pointer + "/fallback");
        }
        return (value, pointer);
    }
}
