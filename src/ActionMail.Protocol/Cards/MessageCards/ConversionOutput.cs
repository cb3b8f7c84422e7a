using System.Collections.Immutable;
using System.Text.Json;

namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>Where the parts of a conversion write to, and what they know of each other.</summary>
internal sealed class ConversionOutput(Utf8JsonWriter json, Card card, bool isForDisplay)
{
    private readonly ImmutableArray<MessageCardLoss>.Builder _losses = ImmutableArray.CreateBuilder<MessageCardLoss>();
    private readonly JsonPointerTrail _pointers = new();
    private readonly Dictionary<string, CardAction.Http> _posts = card.Actions.OfType<CardAction.Http>().ToDictionary(action => action.Pointer, StringComparer.Ordinal);

    public Utf8JsonWriter Json => json;

    public JsonNode Card => card.Json;

    public bool IsForDisplay => isForDisplay;

    /// <summary>Pages of ours draw every version; 1.0 is what Outlook draws on phones with <c>Action.Http</c>.</summary>
    public string Version => isForDisplay ? "1.6" : "1.0";

    public ImmutableArray<MessageCardLoss> Losses => _losses.ToImmutable();

    /// <summary>Says that a part is left out.</summary>
    public void Lose(JsonNode part, string why) => _losses.Add(new(_pointers.PointerOf(part), why));

    /// <summary>What an <c>HttpPOST</c> calls.</summary>
    public CardAction.Http PostAt(JsonNode action) => _posts[_pointers.PointerOf(action)];

    /// <summary>The key of an input on the whole card; null for one that gives no value.</summary>
    public string? KeyOf(JsonNode input) => card.MessageParts!.KeyOf(input);

    /// <summary>Begins an element or action.</summary>
    public void Begin(string type)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
    }

    /// <summary>Writes a member unless its text is empty.</summary>
    public void Text(string name, string text)
    {
        if (text.Length > 0)
            json.WriteString(name, text);
    }

    /// <summary>Writes true, or nothing.</summary>
    public void Flag(string name, bool isSet)
    {
        if (isSet)
            json.WriteBoolean(name, true);
    }

    /// <summary>Writes a text of its own, unless it is empty.</summary>
    public void TextBlock(string text, TextLooks looks = default)
    {
        if (text.Length == 0)
            return;
        Begin("TextBlock");
        json.WriteString("text"u8, text);
        Text("size", looks.Size ?? "");
        Text("weight", looks.Weight ?? "");
        Flag("isSubtle", looks.IsSubtle);
        Flag("wrap", true);
        Text("spacing", looks.Spacing ?? "");
        if (looks.IsHeading && isForDisplay)
            json.WriteString("style"u8, "heading"u8);
        json.WriteEndObject();
    }

    /// <summary>Writes an image unless it has no address.</summary>
    public void Image(string url, string altText, string size, string? style = null)
    {
        if (url.Length == 0)
            return;
        Begin("Image");
        json.WriteString("url"u8, url);
        json.WriteString("altText"u8, altText);
        json.WriteString("size"u8, size);
        Text("style", style ?? "");
        json.WriteEndObject();
    }
}

/// <summary>How a text looks; what is left out is the default.</summary>
internal readonly record struct TextLooks(string? Size = null, string? Weight = null, bool IsSubtle = false, string? Spacing = null, bool IsHeading = false);
