using System.Diagnostics;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Domains;

/// <summary>
/// Looks whether a domain is proven, and records what was found: proven, and then its mail is taken; still missing; or, of one that was proven, lost. Where nobody can say,
/// nothing changes. A loss is told to the organization's administrators.
/// </summary>
internal sealed class CheckDomain(
    DomainLook look, ProofLetters letters, IDbContextFactory<ActionMailDb> contexts, StoreWriter writer, AddressBook addresses, IOptions<AccountOptions> accounts, TimeProvider time)
{
    public async Task<DomainResult> CheckAsync(Guid organizationId, string domain, string by, string from, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.DomainProofs.AsNoTracking().SingleOrDefaultAsync(row => row.OrganizationId == organizationId && row.Domain == domain, cancel) is not { } proof)
            return new DomainResult.NotFound();
        return await SettleAsync(proof, await look.LookAsync(domain, proof.Token, proof.Way, proof.IsForMail, cancel), by, from, cancel);
    }

    /// <summary>Looks once more at what a proof rests on, and records it; the finding, or null where there is nothing to look at: the operator vouches for it, or a mail has proven it lately.</summary>
    public async Task<DomainFinding?> LookAgainAsync(Guid organizationId, string domain, string by, string from, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.DomainProofs.AsNoTracking().SingleOrDefaultAsync(row => row.OrganizationId == organizationId && row.Domain == domain, cancel) is not { Way: not ProofWay.Operator } proof)
            return null;
        // A mail is a look of its own, and good for as long as one.
        if (proof.Way == ProofWay.Mail && proof.CheckedAt >= time.GetUtcNow() - accounts.Value.Domains.CheckAfter)
            return null;
        var finding = await look.LookAsync(domain, proof.Token, proof.Way, proof.IsForMail, cancel);
        await SettleAsync(proof, finding, by, from, cancel);
        return finding;
    }

    /// <summary>Records what was found of a domain, by a look or by a mail.</summary>
    public async Task<DomainResult> SettleAsync(DomainProofRow proof, DomainFinding finding, string by, string from, CancellationToken cancel)
    {
        var (result, isLoss) = await writer.WriteAsync(db =>
        {
            var wasLost = db.DomainProofs.AsNoTracking().Any(row => row.OrganizationId == proof.OrganizationId && row.Domain == proof.Domain && row.LostAt != null);
            var settled = Settle(db, proof.OrganizationId, proof.Domain, finding, by, from);
            return (settled, settled is DomainResult.Done { Proof.LostAt: not null } && !wasLost);
        }, cancel);
        if (result is not DomainResult.Done(var now))
            return result;
        await addresses.ReloadAsync(CancellationToken.None);
        // Whoever looked, and once of several who did at the same time: what rests on it ends when nobody brings it back.
        if (isLoss)
            await letters.TellLostAsync(now, CancellationToken.None);
        return result;
    }

    private DomainResult Settle(ActionMailDb db, Guid organizationId, string domain, DomainFinding finding, string by, string from)
    {
        if (db.DomainProofs.Find(organizationId, domain) is not { } proof)
            return new DomainResult.NotFound();
        var now = time.GetUtcNow();
        // Where nobody could say, the last mail is what counts still.
        if (!(finding is DomainFinding.Unavailable && proof.Way == ProofWay.Mail))
            proof.CheckedAt = now;
        switch (finding)
        {
            case DomainFinding.Found(var way):
                if (ClaimDomain.OwnersOf(db, domain).Any(owner => owner != organizationId))
                    return new DomainResult.Refused("domain_taken", $"{domain} was proven by another organization first. If it is yours, ask the operator of the platform.");
                Prove(db, proof, way, by, from, now);
                break;
            case DomainFinding.Missing(var words):
                proof.Finding = words;
                if (proof is { ProvenAt: not null, LostAt: null })
                    Lose(db, proof, by, from, now);
                break;
            case DomainFinding.Unavailable(var words):
                proof.Finding = words;
                break;
            default: throw new UnreachableException();
        }
        db.SaveChanges();
        return new DomainResult.Done(proof);
    }

    private static void Prove(ActionMailDb db, DomainProofRow proof, ProofWay way, string by, string from, DateTimeOffset now)
    {
        var isNew = proof.ProvenAt is null || proof.LostAt is not null;
        (proof.Way, proof.ProvenAt, proof.LostAt, proof.SuspendedAt, proof.Finding) = (way, proof.LostAt is null ? proof.ProvenAt ?? now : now, null, null, "");
        if (proof.IsForMail && !db.Domains.Any(row => row.OrganizationId == proof.OrganizationId && row.Name == proof.Domain))
            db.Domains.Add(new() { OrganizationId = proof.OrganizationId, Name = proof.Domain });
        if (!isNew)
            return;
        AuditLog.Append(db, proof.OrganizationId, now, "domain_proven", proof.Domain, by, new { way = way.ToString(), from });
        RegistryVersion.Next(db);
    }

    private static void Lose(ActionMailDb db, DomainProofRow proof, string by, string from, DateTimeOffset now)
    {
        proof.LostAt = now;
        AuditLog.Append(db, proof.OrganizationId, now, "domain_proof_lost", proof.Domain, by, new { finding = proof.Finding, from });
        RegistryVersion.Next(db);
    }
}
