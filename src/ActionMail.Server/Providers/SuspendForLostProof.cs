using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers;

/// <summary>Takes out of force what rests on a domain whose proof is lost: the running registrations with a sender or a target there. Security J-05.</summary>
internal sealed class SuspendForLostProof(RegistrationWriter registrations, DomainProofs proofs, IDbContextFactory<ActionMailDb> contexts, IOptions<ServerOptions> server)
{
    /// <summary>The ids of those that were suspended.</summary>
    public async Task<IReadOnlyList<string>> SuspendAsync(Guid organizationId, string domain, CancellationToken cancel)
    {
        var suspended = new List<string>();
        foreach (var id in await RestingOnAsync(organizationId, domain, cancel))
        {
            if (await registrations.WriteAsync(change => Suspend(change, id, domain), cancel) is RegistrationResult.Done)
                suspended.Add(id);
        }
        return suspended;
    }

    // A registration for test users needs no proof.
    private async Task<List<string>> RestingOnAsync(Guid organizationId, string domain, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var running = await db.Providers.AsNoTracking()
            .Where(row => row.OrganizationId == organizationId && row.State == ProviderState.Approved && row.Scope != ProviderScope.TestUsers && row.ActiveRevision != null)
            .Join(db.ProviderRevisions, row => new { row.OrganizationId, row.Id, Number = row.ActiveRevision!.Value },
                revision => new { revision.OrganizationId, Id = revision.ProviderId, revision.Number }, (row, revision) => new { row.Id, revision.Content })
            .ToListAsync(cancel);
        return [.. running.Where(row => RegisteredDomains.Of(RegisteredContent.FromJson(row.Content), server.Value.UrlPolicy)
            .Any(name => IsLost(organizationId, name, domain)))
            .Select(row => row.Id)];
    }

    private bool IsLost(Guid organizationId, string name, string domain) =>
        (name == domain || name.EndsWith("." + domain, StringComparison.Ordinal)) && !proofs.IsProven(organizationId, name);

    // An administrator, who can bring the proof back, can lift it.
    private static RegistrationResult Suspend(RegistrationChange change, string id, string domain)
    {
        if (change.Find(id) is not { Row: { State: ProviderState.Approved, ActiveRevision: { } active } row } || change.Revision(row, active) is not { } running)
            return new RegistrationResult.NotFound();
        var reason = $"{domain} is not proven to be the organization's any more.";
        (row.State, row.StateReason, row.SuspendedBy) = (ProviderState.Suspended, reason, SuspensionRank.Administrator);
        return change.Record(row, running, NoticeKind.Suspended, "provider_suspended", Actor.Platform("domain check"), reason);
    }
}
