using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace ActionMail.Protocol.Cards;

/// <summary>
/// A card that was read and may be shown: its JSON, unknown members kept, and what the platform must know of it. Immutable.
/// Protocol §4.
/// </summary>
public sealed class Card
{
    internal Card(JsonElement json, ImmutableArray<CardAction> actions, ImmutableDictionary<string, CardInput> inputs)
    {
        Json = json;
        Actions = actions;
        Inputs = inputs;
    }

    /// <summary>The card as it came, strictly read.</summary>
    public JsonElement Json { get; }

    /// <summary>Every action in the order of the text, the <c>autoInvokeAction</c> among them.</summary>
    public ImmutableArray<CardAction> Actions { get; }

    /// <summary>The inputs by id, letter case aside.</summary>
    public ImmutableDictionary<string, CardInput> Inputs { get; }

    /// <summary>The provider id that the card names, or null.</summary>
    public string? Originator => Json.TextMember("originator");

    /// <summary>The card's own id for the <c>Card-Correlation-Id</c> header, or null.</summary>
    public string? CorrelationId => Json.TextMember("correlationId");

    /// <summary>The addresses of which the actor must have one; empty when anybody may act who has the mail. Protocol §5.</summary>
    public IEnumerable<string> ExpectedActors =>
        Json.TryGetProperty("expectedActors", out var actors) && actors.ValueKind == JsonValueKind.Array
            ? actors.EnumerateArray().Where(actor => actor.ValueKind == JsonValueKind.String).Select(actor => actor.GetString()!)
            : [];

    /// <summary>Whether the body of the mail is left out beside the card. Senders write a boolean or its text.</summary>
    public bool HideOriginalBody => Json.TryGetProperty("hideOriginalBody", out var hide)
        && (hide.ValueKind == JsonValueKind.True || (hide.ValueKind == JsonValueKind.String && string.Equals(hide.GetString(), "true", StringComparison.OrdinalIgnoreCase)));

    /// <summary>What is called when the message is opened, or null.</summary>
    public CardAction.Http? AutoInvoke => FindAction(CardAction.AutoInvokeId) as CardAction.Http;

    /// <summary>A line for a list: the card's headline, else its first text, else what it says where it cannot be drawn.</summary>
    public string Summary => FirstText(Json, IsHeadline) ?? FirstText(Json, _ => true) ?? TextOf("fallbackText", "speak");

    /// <summary>Reads a card's text.</summary>
    public static CardReading Read(string text, CardLimits limits)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(Encoding.UTF8.GetBytes(text), limits);
    }

    /// <summary>Reads a card's UTF-8 text. Time is linear in the length; every text gives one of the documented results.</summary>
    public static CardReading Read(ReadOnlyMemory<byte> utf8, CardLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (utf8.Length > limits.MaxBytes)
            return new CardReading.TooLarge($"the card has {utf8.Length} bytes; the limit is {limits.MaxBytes}");
        return StrictJson.Read(utf8, limits.MaxJsonDepth) switch
        {
            JsonReading.Refused(var pointer, var message) => new CardReading.Malformed(pointer, message),
            JsonReading.Read(var root) => CardReader.Read(root, limits),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The action with an id of ours, or null.</summary>
    public CardAction? FindAction(string id) => Actions.FirstOrDefault(action => string.Equals(action.Id, id, StringComparison.Ordinal));

    private string TextOf(params ReadOnlySpan<string> members)
    {
        foreach (var name in members)
        {
            if (Json.TextMember(name) is { Length: > 0 } text)
                return text;
        }
        return "";
    }

    private static bool IsHeadline(JsonElement text) =>
        string.Equals(text.TextMember("style"), "heading", StringComparison.OrdinalIgnoreCase)
        || string.Equals(text.TextMember("size"), "large", StringComparison.OrdinalIgnoreCase)
        || string.Equals(text.TextMember("size"), "extraLarge", StringComparison.OrdinalIgnoreCase);

    private static string? FirstText(JsonElement element, Func<JsonElement, bool> isWanted)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(item => FirstText(item, isWanted)).FirstOrDefault(text => text is not null);
            case JsonValueKind.Object when element.TextMember("type") is "TextBlock" or "TextRun" && element.TextMember("text") is { Length: > 0 } text:
                return isWanted(element) ? text : null;
            case JsonValueKind.Object:
                foreach (var name in (ReadOnlySpan<string>)["body", "items", "columns", "inlines", "rows", "cells"])
                {
                    if (element.TryGetProperty(name, out var inner) && FirstText(inner, isWanted) is { } found)
                        return found;
                }
                return null;
            default:
                return null;
        }
    }
}
