using System.Globalization;
using System.Security.Claims;
using ActionMail.Protocol.Addresses;

namespace ActionMail.Server.Accounts.OpenId;

/// <summary>What a provider's verified ID token says of a person, as far as it counts here. OpenID Connect Core §2, §5.1.</summary>
/// <param name="Issuer">Who says so.</param>
/// <param name="Subject">The provider's own name for the person; together with the issuer the one thing that never means somebody else.</param>
/// <param name="Address">The first address that the provider vouches for and that lies in a domain of the organization; null without one.</param>
/// <param name="Name">What to call them.</param>
/// <param name="IsAdministrator">Whether their roles make an administrator of them; null where the provider is not asked.</param>
/// <param name="AuthenticatedAt">When they last proved who they are; null where the provider does not say.</param>
internal sealed record OpenIdClaims(string Issuer, string Subject, EmailAddress? Address, string Name, bool? IsAdministrator, DateTimeOffset? AuthenticatedAt)
{
    private const int LongestName = 100;

    public static OpenIdClaims Of(ClaimsPrincipal claims, OpenIdProvider provider, Func<string, bool> isProven)
    {
        var address = provider.AddressClaimsInOrder.Where(claim => IsVouchedFor(claims, claim))
            .Select(claim => AddressIn(claims, claim, isProven)).FirstOrDefault(found => found is not null);
        return new(
            claims.FindFirstValue("iss") ?? "", claims.FindFirstValue("sub") ?? "", address, NameIn(claims) ?? address?.LocalPart ?? "",
            provider.AdministratorRole is { } role ? claims.HasClaim(provider.RoleClaim, role) : null, AuthTimeIn(claims));
    }

    // Anybody may write any address into a profile: without email_verified an email claim proves nothing (the "nOAuth" attack). Core §5.7.
    private static bool IsVouchedFor(ClaimsPrincipal claims, string claim) =>
        claim != "email" || string.Equals(claims.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase);

    private static EmailAddress? AddressIn(ClaimsPrincipal claims, string claim, Func<string, bool> isProven) =>
        EmailAddress.TryParse(claims.FindFirstValue(claim), out var address) && isProven(address.Domain) ? address : null;

    private static string? NameIn(ClaimsPrincipal claims) =>
        claims.FindFirstValue("name")?.Trim() is { Length: > 0 and <= LongestName } name && !name.Any(char.IsControl) ? name : null;

    private static DateTimeOffset? AuthTimeIn(ClaimsPrincipal claims) =>
        long.TryParse(claims.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
