using System.Security.Claims;

namespace ActionMail.Sdk;

/// <summary>What the validation of an action token came to: one of the cases below.</summary>
internal abstract record TokenVerdict
{
    private TokenVerdict() { }

    public sealed record Accepted(ClaimsPrincipal Actor) : TokenVerdict;

    /// <summary><paramref name="Why"/> is for the log of the service, never for the caller.</summary>
    public sealed record Rejected(string Why) : TokenVerdict;

    /// <summary>The issuer's keys cannot be had, so nothing is known about the token.</summary>
    public sealed record KeysUnavailable(string Issuer) : TokenVerdict;
}
