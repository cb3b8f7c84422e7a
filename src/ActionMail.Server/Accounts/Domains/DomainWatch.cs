using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Domains;

/// <summary>
/// Asks for every proof again once a month, and each day for one that is lost. A lost proof is told to the organization's administrators; when it stays lost, what rests on
/// it is suspended. Security J-05.
/// </summary>
internal sealed class DomainWatch(
    CheckDomain check, SuspendForLostProof suspend, ProofLetters letters, IDbContextFactory<ActionMailDb> contexts, StoreWriter writer,
    IOptions<AccountOptions> accounts, TimeProvider time, ILogger<DomainWatch> log) : BackgroundService
{
    private const string Name = "domain check";
    private static readonly TimeSpan LostAgainAfter = TimeSpan.FromDays(1);

    /// <summary>One round over everything that is due.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        foreach (var proof in await DueAsync(cancel))
            await check.CheckAsync(proof.OrganizationId, proof.Domain, Name, "", cancel);
        foreach (var proof in await OverdueAsync(cancel))
            await SuspendAsync(proof, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(accounts.Value.Domains.Pause, time, cancel);
            try
            {
                await LookAsync(cancel);
            }
            catch (Exception error) when (StoreFault.IsIn(error))
            {
                log.DomainsNotChecked(error);
            }
        }
    }

    private async Task<List<DomainProofRow>> DueAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var (old, lost) = (now - accounts.Value.Domains.CheckAfter, now - LostAgainAfter);
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.DomainProofs.AsNoTracking()
            .Where(row => row.ProvenAt != null && row.Way != ProofWay.Operator && (row.LostAt == null ? row.CheckedAt < old : row.CheckedAt < lost))
            .OrderBy(row => row.CheckedAt).ToListAsync(cancel);
    }

    private async Task<List<DomainProofRow>> OverdueAsync(CancellationToken cancel)
    {
        var until = time.GetUtcNow() - accounts.Value.Domains.Grace;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.DomainProofs.AsNoTracking().Where(row => row.LostAt < until && row.SuspendedAt == null).ToListAsync(cancel);
    }

    private async Task SuspendAsync(DomainProofRow proof, CancellationToken cancel)
    {
        var suspended = await suspend.SuspendAsync(proof.OrganizationId, proof.Domain, cancel);
        await writer.WriteAsync(db =>
        {
            db.DomainProofs.Find(proof.OrganizationId, proof.Domain)!.SuspendedAt = time.GetUtcNow();
            return db.SaveChanges();
        }, cancel);
        if (suspended.Count > 0)
            await letters.TellSuspendedAsync(proof, suspended, cancel);
    }
}

internal static partial class DomainLog // 6100–6199
{
    [LoggerMessage(6101, LogLevel.Warning, "The proofs of domains could not be checked; they are when the store takes writes again")]
    public static partial void DomainsNotChecked(this ILogger logger, Exception error);
}
