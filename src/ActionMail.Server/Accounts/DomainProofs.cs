namespace ActionMail.Server.Accounts;

/// <summary>
/// Which names are proven to be an organization's. A proven name proves those below it, unless one of them is proven to be another's; a file on a host proves that host
/// alone. A proof that was lost proves nothing. Security J-05.
/// </summary>
internal sealed class DomainProofs(AddressBook addresses)
{
    public bool IsProven(Guid organizationId, string host) => NameOfProof(organizationId, host) is not null;

    /// <summary>The name by whose proof a host is the organization's: its own, or one above it. Null where it is not proven.</summary>
    public string? NameOfProof(Guid organizationId, string host)
    {
        for (var name = host.ToLowerInvariant(); name.Length > 0; name = Above(name))
        {
            if (addresses.FindProof(name) is { } proof && (proof.ProvesBelow || string.Equals(name, host, StringComparison.OrdinalIgnoreCase)))
                return proof.OrganizationId == organizationId ? name : null;
        }
        return null;
    }

    /// <summary>Whether the mail of a domain is an organization's, and proven to be.</summary>
    public bool IsMailOf(Guid organizationId, string domain) => addresses.FindOrganization(domain) == organizationId && IsProven(organizationId, domain);

    private static string Above(string name) => name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? name[(dot + 1)..] : "";
}

/// <summary>A name that is proven to be an organization's.</summary>
internal sealed record ProvenName(Guid OrganizationId, bool ProvesBelow);
