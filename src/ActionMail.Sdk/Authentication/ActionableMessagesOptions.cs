using ActionMail.Protocol.Addresses;
using Microsoft.AspNetCore.Authentication;

namespace ActionMail.Sdk;

/// <summary>Which action requests a service takes.</summary>
public sealed class ActionableMessagesOptions : AuthenticationSchemeOptions
{
    /// <summary>The platforms whose tokens are accepted, at least one, each with an issuer of its own.</summary>
    public IList<TokenIssuer> Issuers { get; } = [];

    /// <summary>
    /// The provider id that tokens must be made for. Default null: not checked. A token of a platform that names the
    /// provider must name this one; the tokens of others are bound by their audience alone.
    /// </summary>
    public string? Originator { get; set; }

    /// <summary>
    /// The From addresses of the mails that this service sends. Default empty: not checked. A token that names a sender
    /// must name one of these; only Entra ID tokens of Outlook name none.
    /// </summary>
    public IList<string> ExpectedSenders { get; } = [];

    /// <summary>How far the clocks of platform and service may differ. At most, and by default, 60 seconds.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Refuses options that no token could satisfy or that would accept too much.</summary>
    /// <exception cref="ArgumentException">What is wrong, in words.</exception>
    public override void Validate()
    {
        base.Validate();
        if (Issuers.Count == 0)
            throw new ArgumentException("Name at least one TokenIssuer: without one, every action request is refused.");
        if (Issuers.Select(issuer => issuer.Issuer).Distinct(StringComparer.Ordinal).Count() != Issuers.Count)
            throw new ArgumentException("Two TokenIssuers have the same Issuer; put their audiences into one.");
        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromSeconds(60))
            throw new ArgumentException("ClockSkew must lie between 0 and 60 seconds.");
        foreach (var issuer in Issuers)
            Validate(issuer);
        foreach (var sender in ExpectedSenders)
        {
            if (!EmailAddress.TryParse(sender, out _))
                throw new ArgumentException($"The expected sender '{sender}' is not an address.");
        }
    }

    private static void Validate(TokenIssuer issuer)
    {
        if (issuer.Audiences.Count == 0 || issuer.Audiences.Any(string.IsNullOrEmpty))
            throw new ArgumentException($"The issuer {issuer.Issuer} needs an audience: without one, a token for any other service would do.");
        if (issuer.CallerApplicationIds.Count == 0)
            throw new ArgumentException($"The issuer {issuer.Issuer} needs a caller application id.");
        if (!KeyDocuments.MayFetch(issuer.MetadataAddress))
            throw new ArgumentException($"The metadata address {issuer.MetadataAddress} must be https (http on loopback only).");
    }
}
