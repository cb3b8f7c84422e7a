using System.Diagnostics;
using System.Text.Json;
using ActionMail.Protocol.Cards;

namespace ActionMail.Sdk;

/// <summary>
/// Refuses card text that no reader would take, at the place where the developer can still mend it: with the platform's
/// own reading of cards. Protocol §4.
/// </summary>
internal static class CardText
{
    public static void RequireCard(string json, CardKind kind, string? originator)
    {
        ArgumentNullException.ThrowIfNull(json);
        var card = StrictJson.Read(json, CardLimits.Default.MaxJsonDepth) switch
        {
            JsonReading.Read(var root) => root,
            JsonReading.Refused(var pointer, var message) => throw Unreadable(pointer, message),
            _ => throw new UnreachableException(),
        };
        var (member, type) = kind is CardKind.AdaptiveCard ? ("type", "AdaptiveCard") : ("@type", "MessageCard");
        if (card.ValueKind != JsonValueKind.Object || !card.TryGetProperty(member, out var found) || found.ToString() != type)
            throw new ArgumentException($"The card must be a JSON object with \"{member}\": \"{type}\".");
        if (originator is not null && card.TryGetProperty("originator", out var own) && own.ToString() != originator)
            throw new ArgumentException($"The card names the originator '{own}', but it is sent for '{originator}'.");
        RequireCard(json);
    }

    /// <summary>A card of either language.</summary>
    public static void RequireCard(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        switch (Card.Read(json, CardLimits.Default))
        {
            case CardReading.Malformed(var pointer, var message):
                throw Unreadable(pointer, message);
            case CardReading.TooLarge(var message):
                throw new ArgumentException($"The card is too large: {message}.");
            case CardReading.Unsupported(var message):
                throw new ArgumentException($"The card cannot be shown: {message}.");
        }
    }

    private static ArgumentException Unreadable(string pointer, string message) =>
        new($"The card cannot be read: {(pointer.Length == 0 ? "" : $"{pointer}: ")}{message}.");
}
