using System.Diagnostics;
using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Signing;

namespace ActionMail.Protocol.Carriage;

/// <summary>Which provider a carried card says it is of. A claim that nothing has proven: to look a registration up by, and for nothing else.</summary>
public static class ClaimedOriginator
{
    /// <summary>The originator in lower case: of a signed card that of its claims, of another that of the card; null where there is none to be read.</summary>
    public static string? In(CarriedCard carried, CardLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return carried switch
        {
            CarriedCard.Signed(_, _, var jws) => OfSigned(jws, limits),
            CarriedCard.Unsigned unsigned => Card.Read(unsigned.Json, limits) is CardReading.Read(var card) ? card.Originator?.ToLowerInvariant() : null,
            CarriedCard.None or CarriedCard.Ambiguous or CarriedCard.Unreadable => null,
            _ => throw new UnreachableException(),
        };
    }

    private static string? OfSigned(string jws, CardLimits limits) =>
        CompactJws.Parse(jws) is JwsReading.Read(var read) && StrictJson.Read(read.Payload, limits.MaxJsonDepth) is JsonReading.Read({ ValueKind: JsonValueKind.Object } claims)
            ? claims.TextMember(SignedCardClaims.Originator)?.ToLowerInvariant()
            : null;
}
