using System.Buffers.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Signing;

namespace ActionMail.Protocol.Carriage;

/// <summary>Which card language a card part is written in. What cannot be read counts as an Adaptive Card, whose reader says what is wrong.</summary>
internal static class KindOfCard
{
    public static CardKind InJson(string json)
    {
        try
        {
            using var card = JsonDocument.Parse(json, LinkedData.Strict);
            // Senders put @type beside type into Adaptive Cards too, so type decides where it is there.
            return card.RootElement is { ValueKind: JsonValueKind.Object } root
                && !root.TryGetProperty("type", out _)
                && root.TryGetProperty("@type", out var type)
                && type.ValueKind == JsonValueKind.String
                && "MessageCard".Equals(type.GetString(), StringComparison.OrdinalIgnoreCase)
                ? CardKind.MessageCard
                : CardKind.AdaptiveCard;
        }
        catch (JsonException)
        {
            return CardKind.AdaptiveCard;
        }
    }

    public static CardKind InJws(string jws)
    {
        try
        {
            var parts = jws.Trim().Split('.');
            if (parts.Length != 3)
                return CardKind.AdaptiveCard;
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]), LinkedData.Strict);
            return payload.RootElement is { ValueKind: JsonValueKind.Object } claims
                && claims.TryGetProperty(SignedCardClaims.MessageCardSerialized, out _)
                && !claims.TryGetProperty(SignedCardClaims.AdaptiveCardSerialized, out _)
                ? CardKind.MessageCard
                : CardKind.AdaptiveCard;
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            return CardKind.AdaptiveCard;
        }
    }
}
