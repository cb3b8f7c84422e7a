namespace ActionMail.Server.Accounts.OpenId;

/// <summary>An organization's OpenID Connect provider, as the operator describes it: one entry of <c>Accounts:OpenId</c>.</summary>
internal sealed class OpenIdProvider
{
    /// <summary>What the button on the sign-in page says. No default.</summary>
    public string Name { get; init; } = "";

    /// <summary>The issuer, below which <c>/.well-known/openid-configuration</c> lies; https, or http on this machine. No default.</summary>
    public Uri? Authority { get; init; }

    /// <summary>The id that the provider gave this platform. No default.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The secret that goes with it. Default none: a public client, which PKCE protects.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The domain of the organization whose people sign in here: nobody of another organization ever does. No default.</summary>
    public string Organization { get; init; } = "";

    /// <summary>The claims that may hold the person's address, in this order; <c>email</c> counts only with <c>email_verified</c>. Default email alone: in many directories people choose their own names (OpenID Connect Core §5.7). Entra needs preferred_username or upn here.</summary>
    public string[] AddressClaims { get; init; } = [];

    /// <summary>Whether somebody who is not known yet becomes a person here at their first sign-in. Default no: an administrator invites them.</summary>
    public bool ProvisionPeople { get; init; }

    /// <summary>The claim with the person's roles. Default <c>roles</c>.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>The role that makes an administrator of the organization; asked at each sign-in. Default none: roles are given here.</summary>
    public string? AdministratorRole { get; init; }

    /// <summary>The name as a part of an address.</summary>
    public string Slug => string.Join('-', Name.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The name of its authentication scheme.</summary>
    public string Scheme => $"openid:{Slug}";

    /// <summary>Where the provider sends people back to: the redirect URI to register there is the public URL with this path.</summary>
    public string CallbackPath => $"/sign-in/openid/{Slug}";

    public IReadOnlyList<string> AddressClaimsInOrder => AddressClaims.Length > 0 ? AddressClaims : ["email"];

    private static char[] Separators => [.. Enumerable.Range(0, 128).Select(code => (char)code).Where(letter => !char.IsAsciiLetterOrDigit(letter))];

    /// <summary>What is wrong with the entry, in words for the operator; empty when nothing is.</summary>
    public IEnumerable<string> Faults(int index)
    {
        if (Name.Length == 0 || !Slug.Any(char.IsAsciiLetterOrDigit) || !Slug.All(char.IsAscii))
            yield return $"Accounts:OpenId:{index}:Name is what people read on the button, with ASCII letters or digits in it.";
        if (Authority is not { IsAbsoluteUri: true } || (Authority.Scheme != Uri.UriSchemeHttps && !Authority.IsLoopback))
            yield return $"Accounts:OpenId:{index}:Authority is the issuer's https URL.";
        if (ClientId.Length == 0)
            yield return $"Accounts:OpenId:{index}:ClientId is the id that the provider gave this platform.";
        if (Organization.Length == 0)
            yield return $"Accounts:OpenId:{index}:Organization is a domain of the organization whose people sign in there.";
    }
}
