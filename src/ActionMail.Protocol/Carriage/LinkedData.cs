using System.Text.Json;
using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Carriage;

/// <summary>Reads an <c>application/ld+json</c> script: an unsigned MessageCard, the second form of a signed card, or none of ours. Protocol §1.</summary>
internal static class LinkedData
{
    /// <summary>A member that is there twice is read differently by different parsers (security B-14).</summary>
    public static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static FoundCard? Read(string json)
    {
        // Marketing mail carries linked data of its own, not always well-formed.
        if (!json.Contains("MessageCard", StringComparison.OrdinalIgnoreCase) && !json.Contains("SignedAdaptiveCard", StringComparison.OrdinalIgnoreCase))
            return null;
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement, json) : null;
        }
        catch (JsonException e)
        {
            return FoundCard.Unreadable(CarriageForm.LinkedData, $"the linked data is no JSON: line {e.LineNumber + 1}");
        }
    }

    private static FoundCard? Read(JsonElement data, string json) =>
        (Text(data, "@type") ?? Text(data, "type"))?.ToUpperInvariant() switch
        {
            "SIGNEDADAPTIVECARD" => Signed(data, CardKind.AdaptiveCard, "signedAdaptiveCard"),
            "SIGNEDMESSAGECARD" => Signed(data, CardKind.MessageCard, "signedMessageCard"),
            "MESSAGECARD" when IsOurContext(Text(data, "@context")) =>
                FoundCard.Of(CarriageForm.Script, CardKind.MessageCard, isSigned: false, json),
            _ => null,
        };

    private static FoundCard Signed(JsonElement data, CardKind kind, string member) =>
        Text(data, member) is { } jws
            ? FoundCard.Of(CarriageForm.LinkedData, kind, isSigned: true, jws)
            : FoundCard.Unreadable(CarriageForm.LinkedData, $"the linked data has no text in {member}");

    private static bool IsOurContext(string? context) =>
        context is not null
        && (context.Equals("https://schema.org/extensions", StringComparison.OrdinalIgnoreCase)
            || context.Equals("http://schema.org/extensions", StringComparison.OrdinalIgnoreCase));

    private static string? Text(JsonElement data, string member) =>
        data.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
