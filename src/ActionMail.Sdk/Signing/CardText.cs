using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards;

namespace ActionMail.Sdk;

/// <summary>Refuses card text that no reader would take, at the place where the developer can still mend it. Protocol §4.</summary>
internal static class CardText
{
    private const int MaximumBytes = 200_000;

    public static void RequireCard(string json, CardKind kind, string? originator)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (Encoding.UTF8.GetByteCount(json) > MaximumBytes)
            throw new ArgumentException($"The card has more than {MaximumBytes} bytes.");
        using var document = Parse(json);
        var card = document.RootElement;
        if (card.ValueKind != JsonValueKind.Object)
            throw new ArgumentException("The card is not a JSON object.");
        var (member, type) = kind is CardKind.AdaptiveCard ? ("type", "AdaptiveCard") : ("@type", "MessageCard");
        if (!card.TryGetProperty(member, out var found) || found.ToString() != type)
            throw new ArgumentException($"The card's member '{member}' must be \"{type}\".");
        if (originator is not null && card.TryGetProperty("originator", out var own) && own.ToString() != originator)
            throw new ArgumentException($"The card names the originator '{own}', but it is sent for '{originator}'.");
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The card is not valid JSON: {e.Message}", e);
        }
    }
}
