using ActionMail.Server.Accounts.Domains;
using ActionMail.Server.Accounts.Local;
using ActionMail.Server.Accounts.OpenId;

namespace ActionMail.Server.Accounts;

/// <summary>How people sign in, and how organizations prove their domains; the section <c>Accounts</c>.</summary>
internal sealed class AccountOptions
{
    public const string Section = "Accounts";

    /// <summary>The organizations' own OpenID Connect providers. Default none.</summary>
    public OpenIdProvider[] OpenId { get; init; } = [];

    /// <summary>Passwords and passkeys that are kept here.</summary>
    public LocalOptions Local { get; init; } = new();

    /// <summary>The proofs of domains.</summary>
    public DomainOptions Domains { get; init; } = new();

    /// <summary>What is wrong with the options, in words for the operator; empty when nothing is.</summary>
    public IEnumerable<string> Faults() =>
        OpenId.SelectMany((provider, index) => provider.Faults(index))
            .Concat(OpenId.GroupBy(provider => provider.Slug, StringComparer.Ordinal).Where(same => same.Count() > 1)
                .Select(same => $"Two providers of Accounts:OpenId have names that make the same address, /sign-in/openid/{same.Key}."))
            .Concat(Domains.Faults());
}
