using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Names;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers;

/// <summary>A registration as a change finds it in its transaction.</summary>
internal sealed record FoundRegistration(ProviderRow Row, IReadOnlyList<Guid> Owners, ProviderRevisionRow? Revision)
{
    public RegistrationInQuestion InQuestion => new(Row, Owners, Revision?.SubmitterId, Revision is null ? Row.Scope : RegisteredContent.FromJson(Revision.Content).Scope);
}

/// <summary>
/// How every change to a registration is written: in one transaction the change, its line in the audit log, the notice for those whom it concerns and the registry's next
/// version; and before the caller hears of it, it runs on this node.
/// </summary>
internal sealed class RegistrationWriter(StoreWriter writer, ProviderRegistry registry, NoticeBoard notices, TimeProvider time)
{
    /// <summary>The work, on the tracked rows; it says what came of it and changes nothing unless that is <see cref="RegistrationResult.Done"/>.</summary>
    public async Task<RegistrationResult> WriteAsync(Func<RegistrationChange, RegistrationResult> work, CancellationToken cancel)
    {
        var result = await writer.WriteAsync(db => work(new(db, time.GetUtcNow())), cancel);
        if (result is RegistrationResult.Done)
        {
            // What is committed must run, whether or not the caller still waits.
            await registry.ReloadAsync(CancellationToken.None);
            notices.Wake();
        }
        return result;
    }
}

/// <summary>One change, within its transaction.</summary>
internal sealed class RegistrationChange(ActionMailDb db, DateTimeOffset now)
{
    public ActionMailDb Db => db;

    public DateTimeOffset Now => now;

    /// <summary>The registration with the revision that is in question: the numbered one, else the one that waits, else the one that runs, else the newest.</summary>
    public FoundRegistration? Find(string id, int? revision = null)
    {
        if (db.Providers.SingleOrDefault(row => row.Id == id) is not { } row)
            return null;
        var owners = db.ProviderOwners.AsNoTracking().Where(owner => owner.OrganizationId == row.OrganizationId && owner.ProviderId == id).Select(owner => owner.PersonId).ToList();
        return new(row, owners, Revision(row, revision ?? row.PendingRevision ?? row.ActiveRevision ?? row.LatestRevision));
    }

    public ProviderRevisionRow? Revision(ProviderRow row, int number) =>
        db.ProviderRevisions.SingleOrDefault(revision => revision.OrganizationId == row.OrganizationId && revision.ProviderId == row.Id && revision.Number == number);

    /// <summary>The registration as this transaction leaves it.</summary>
    public RegistrationView View(ProviderRow row) => new(row,
        [.. db.ProviderRevisions.Where(revision => revision.OrganizationId == row.OrganizationId && revision.ProviderId == row.Id).OrderByDescending(revision => revision.Number)],
        [.. db.ProviderOwners.Where(owner => owner.OrganizationId == row.OrganizationId && owner.ProviderId == row.Id).Select(owner => owner.PersonId)]);

    /// <summary>Puts the changed row into the store with what goes with every change.</summary>
    public RegistrationResult.Done Record(ProviderRow row, ProviderRevisionRow revision, NoticeKind? notice, string kind, Actor actor, string reason = "")
    {
        Show(row);
        row.ChangedAt = now;
        row.Version = RegistryVersion.Next(db);
        if (notice is { } told)
            Tell(row, revision, told, actor, reason);
        Log(row, revision, kind, actor, reason);
        db.SaveChanges();
        return new(row, revision);
    }

    /// <summary>Leaves a notice, for those whom it concerns. A change may have others beside the one that it is recorded with.</summary>
    public void Tell(ProviderRow row, ProviderRevisionRow revision, NoticeKind kind, Actor actor, string reason) =>
        db.Notices.Add(new() { OrganizationId = row.OrganizationId, Id = Guid.CreateVersion7(now), ProviderId = row.Id, Revision = revision.Number, Kind = kind, By = actor.Name, Reason = reason, At = now });

    /// <summary>One line of the history. A change that has others with it, as a submission that nobody has to approve, has a line for each.</summary>
    public void Log(ProviderRow row, ProviderRevisionRow revision, string kind, Actor actor, string reason = "") =>
        AuditLog.Append(db, row.OrganizationId, now, kind, row.Id, actor.Name,
            new { revision = revision.Number, contentHash = Convert.ToHexStringLower(revision.ContentHash), reason, from = actor.From });

    /// <summary>Takes a revision that waits out of the approvers' sight: another takes its place, or the registration ends.</summary>
    public void Withdraw(ProviderRow row, ProviderRevisionRow revision, Actor actor, string reason)
    {
        (revision.State, revision.DecidedBy, revision.DecidedAt, revision.Reason) = (ProviderState.Withdrawn, actor.Name, now, reason);
        row.PendingRevision = null;
        Log(row, revision, "provider_withdrawn", actor, reason);
    }

    /// <summary>Makes a revision the one that runs. <see cref="SenderTaken"/> is asked first.</summary>
    public void Activate(ProviderRow row, ProviderRevisionRow revision, string decidedBy)
    {
        var content = RegisteredContent.FromJson(revision.Content);
        ReleaseSenders(row);
        db.ProviderSenders.AddRange(content.Senders.Select(address => new ProviderSenderRow { OrganizationId = row.OrganizationId, Scope = content.Scope, Address = address, ProviderId = row.Id }));
        (revision.State, revision.DecidedBy, revision.DecidedAt) = (ProviderState.Approved, decidedBy, now);
        (row.ActiveRevision, row.EffectiveAt) = (revision.Number, now);
        if (row.PendingRevision == revision.Number)
            row.PendingRevision = null;
        // A suspended registration stays so, whatever its content.
        if (row.State != ProviderState.Suspended)
            (row.State, row.StateReason) = (ProviderState.Approved, "");
    }

    /// <summary>
    /// Why a content cannot run beside what runs already, or null. Security J-05: of two registrations with one address each could answer for the other's mail. Where the
    /// submitter owns the other too they are in the same hands, as when one moves to Entra while the older still runs. Who is made an owner of this one without being asked does not count.
    /// </summary>
    public RegistrationResult.Conflict? SenderTaken(Guid organizationId, string id, RegisteredContent content, Guid? submitter)
    {
        var addresses = content.Senders.ToList();
        var taken = db.ProviderSenders.AsNoTracking().FirstOrDefault(sender =>
            sender.OrganizationId == organizationId && sender.Scope == content.Scope && addresses.Contains(sender.Address) && sender.ProviderId != id
            && !db.ProviderOwners.Any(owner => owner.OrganizationId == organizationId && owner.ProviderId == sender.ProviderId && owner.PersonId == submitter));
        return taken is null ? null : new("sender_taken",
            $"{taken.Address} is a sender of somebody else's registration in your organization with the same scope. Ask its owners to take it out, or to make you an owner.");
    }

    public void ReleaseSenders(ProviderRow row) =>
        db.ProviderSenders.Where(sender => sender.OrganizationId == row.OrganizationId && sender.ProviderId == row.Id).ExecuteDelete();

    // What lists show is what runs; where nothing does, what was submitted last.
    private void Show(ProviderRow row)
    {
        if (Revision(row, row.ActiveRevision ?? row.LatestRevision) is not { } shown)
            return;
        var content = RegisteredContent.FromJson(shown.Content);
        (row.Name, row.NameSkeleton, row.Scope, row.TokenProfile, row.AppId) = (content.Name, NameLikeness.Skeleton(content.Name), content.Scope, content.TokenProfile, content.AppId);
        row.IsGlobal = content.Scope == ProviderScope.Global
            || (row.PendingRevision is { } pending && Revision(row, pending) is { } waiting && RegisteredContent.FromJson(waiting.Content).Scope == ProviderScope.Global);
    }
}
