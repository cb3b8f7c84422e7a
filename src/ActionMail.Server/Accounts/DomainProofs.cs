namespace ActionMail.Server.Accounts;

/// <summary>Which names are proven to be an organization's. A proven name proves those below it. Security J-05.</summary>
internal sealed class DomainProofs(AddressBook addresses)
{
    public bool IsProven(Guid organizationId, string host)
    {
        for (var name = host; name.Length > 0; name = name[(name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? dot + 1 : name.Length)..])
        {
            if (addresses.FindOrganization(name) is { } owner)
                return owner == organizationId;
        }
        return false;
    }
}
