using System.Buffers.Text;
using System.Security.Cryptography;
using ActionMail.Mail.Dns;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;

namespace ActionMail.Server.Accounts.Domains;

/// <summary>What became of an administrator's wish about a domain.</summary>
internal abstract record DomainResult
{
    private DomainResult() { }

    public sealed record Done(DomainProofRow Proof) : DomainResult;

    /// <summary>Words for the administrator, and a code for programs.</summary>
    public sealed record Refused(string Code, string Words) : DomainResult;

    public sealed record NotFound : DomainResult;
}

/// <summary>
/// An organization says that a domain is its own, to prove it afterwards, or lets go of it. What is another's, or lies below what is another's, it cannot even say: security M-03.
/// </summary>
internal sealed class ClaimDomain(StoreWriter writer, AddressBook addresses, SuspendForLostProof suspend, TimeProvider time)
{
    private const int MostDomains = 200;

    public async Task<DomainResult> AddAsync(Person administrator, string text, bool isForMail, string from, CancellationToken cancel)
    {
        if (!TryRead(text, out var domain))
            return new DomainResult.Refused("domain_malformed", "Write a domain or a host name alone, such as contoso.com: no address, no scheme, no port, no pattern.");
        return await writer.WriteAsync(db => Add(db, administrator, domain, isForMail, from), cancel);
    }

    public async Task<DomainResult> RemoveAsync(Person administrator, string domain, string from, CancellationToken cancel)
    {
        var result = await writer.WriteAsync(db => Remove(db, administrator, domain, from), cancel);
        if (result is DomainResult.Done)
        {
            await addresses.ReloadAsync(CancellationToken.None);
            // Nobody looks for a proof that nobody asks for: what rests on it ends here.
            await suspend.SuspendAsync(administrator.OrganizationId, domain, CancellationToken.None);
        }
        return result;
    }

    private DomainResult Add(ActionMailDb db, Person administrator, string domain, bool isForMail, string from)
    {
        var organization = administrator.OrganizationId;
        if (db.DomainProofs.Any(row => row.OrganizationId == organization && row.Domain == domain)
            || db.Domains.Any(row => row.OrganizationId == organization && row.Name == domain))
            return new DomainResult.Refused("domain_there", $"{domain} is in your list already.");
        if (OwnersOf(db, domain).Any(owner => owner != organization))
            return new DomainResult.Refused("domain_taken", $"{domain} belongs to another organization here. If it is yours, ask the operator of the platform.");
        if (db.DomainProofs.Count(row => row.OrganizationId == organization) >= MostDomains)
            return new DomainResult.Refused("too_many_domains", $"An organization may name at most {MostDomains} domains.");
        var now = time.GetUtcNow();
        var proof = new DomainProofRow { OrganizationId = organization, Domain = domain, Token = NewToken(), IsForMail = isForMail, AddedAt = now };
        db.DomainProofs.Add(proof);
        AuditLog.Append(db, organization, now, "domain_added", domain, administrator.PrimaryAddress.ToString(), new { isForMail, from });
        return new DomainResult.Done(proof);
    }

    private DomainResult Remove(ActionMailDb db, Person administrator, string domain, string from)
    {
        var organization = administrator.OrganizationId;
        if (db.DomainProofs.Find(organization, domain) is not { } proof)
            return new DomainResult.NotFound();
        if (db.Addresses.Any(row => row.OrganizationId == organization && row.Address.EndsWith("@" + domain)))
            return new DomainResult.Refused("domain_in_use", $"People have addresses in {domain}.");
        db.DomainProofs.Remove(proof);
        db.Domains.RemoveRange(db.Domains.Where(row => row.OrganizationId == organization && row.Name == domain));
        AuditLog.Append(db, organization, time.GetUtcNow(), "domain_removed", domain, administrator.PrimaryAddress.ToString(), new { from });
        Providers.RegistryVersion.Next(db);
        return new DomainResult.Done(proof);
    }

    /// <summary>The organizations whose the name, or one above it, is.</summary>
    public static IEnumerable<Guid> OwnersOf(ActionMailDb db, string domain)
    {
        var labels = domain.Split('.');
        var names = Enumerable.Range(0, labels.Length).Select(start => string.Join('.', labels[start..])).ToList();
        return db.Domains.Where(row => names.Contains(row.Name)).Select(row => row.OrganizationId).ToList()
            .Concat(db.DomainProofs.Where(row => names.Contains(row.Domain) && row.ProvenAt != null && (row.Way != ProofWay.File || row.Domain == domain))
                .Select(row => row.OrganizationId).ToList());
    }

    // A name of one label is a top-level domain or a machine of the local network.
    private static bool TryRead(string text, out string domain)
    {
        var read = DomainName.TryParse(text.Trim(), out var name) && name.Labels.Count > 1
            && name.Labels.All(label => label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') && label[0] != '-' && label[^1] != '-')
            && !name.Labels[^1].All(char.IsAsciiDigit);
        domain = read ? name.ToString() : "";
        return read;
    }

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
}
