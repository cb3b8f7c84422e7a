using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers;

/// <summary>Taking a request back, and taking a registration out of force: for a while, or for good. The next click meets it. dashboard.md "States", security D-05.</summary>
internal sealed class ChangeRegistrationState(RegistrationWriter registrations, RegisteredDomains domains)
{
    /// <summary>Takes back the revision that waits.</summary>
    public Task<RegistrationResult> WithdrawAsync(Actor actor, string id, CancellationToken cancel) => registrations.WriteAsync(change =>
    {
        if (Refusal(change, actor, id, RegistrationAct.Withdraw, out var found) is { } refusal)
            return refusal;
        if (found.Row.PendingRevision is not { } waiting || change.Revision(found.Row, waiting) is not { } revision)
            return new RegistrationResult.Conflict("nothing_waits", "No revision of it waits for a decision.");
        (revision.State, revision.DecidedBy, revision.DecidedAt) = (ProviderState.Withdrawn, actor.Name, change.Now);
        found.Row.PendingRevision = null;
        if (found.Row.ActiveRevision is null)
            found.Row.State = ProviderState.Withdrawn;
        return change.Record(found.Row, revision, NoticeKind.Withdrawn, "provider_withdrawn", actor);
    }, cancel);

    public Task<RegistrationResult> SuspendAsync(Actor actor, string id, string reason, CancellationToken cancel) =>
        MoveAsync(actor, id, RegistrationAct.Suspend, ProviderState.Suspended, NoticeKind.Suspended, reason, cancel);

    public Task<RegistrationResult> ResumeAsync(Actor actor, string id, string reason, CancellationToken cancel) =>
        MoveAsync(actor, id, RegistrationAct.Resume, ProviderState.Approved, NoticeKind.Resumed, reason, cancel);

    public Task<RegistrationResult> RevokeAsync(Actor actor, string id, string reason, CancellationToken cancel) =>
        MoveAsync(actor, id, RegistrationAct.Revoke, ProviderState.Revoked, NoticeKind.Revoked, reason, cancel);

    private Task<RegistrationResult> MoveAsync(Actor actor, string id, RegistrationAct act, ProviderState to, NoticeKind notice, string reason, CancellationToken cancel) =>
        registrations.WriteAsync(change =>
        {
            if (Refusal(change, actor, id, act, out var found) is { } refusal)
                return refusal;
            // Whose cards stop is told why.
            if (to is ProviderState.Suspended or ProviderState.Revoked && string.IsNullOrWhiteSpace(reason))
                return new RegistrationResult.Conflict("reason_missing", $"Say why it is {WordOf(to)}: its owners read it, and it is kept in the history.");
            var row = found.Row;
            var running = row.ActiveRevision is { } active ? change.Revision(row, active) : null;
            var rank = RegistrationRules.RankOf(actor, found.InQuestion);
            // Who stands above takes over a suspension, or its owner could lift what they would have pronounced.
            var takesOver = to == ProviderState.Suspended && row.State == to && rank > (row.SuspendedBy ?? SuspensionRank.Owner);
            if (row.State == to && running is not null && !takesOver)
                return new RegistrationResult.Done(row, running);
            if (running is null || (!takesOver && !ProviderStates.MayFollow(row.State, to)))
                return new RegistrationResult.Conflict("wrong_state", $"a registration that is {WordOf(row.State)} cannot become {WordOf(to)}");
            if (to == ProviderState.Approved && !actor.IsOperator && domains.UnprovenOf(row.OrganizationId, RegisteredContent.FromJson(running.Content)) is { } unproven)
                return new RegistrationResult.Conflict("domain_unproven", $"It is not proven that {unproven} belongs to the organization. Bring the proof back first.");
            (row.State, row.StateReason) = (to, reason);
            row.SuspendedBy = to == ProviderState.Approved ? null : rank;
            if (to == ProviderState.Revoked)
                End(change, actor, row);
            return change.Record(row, running, notice, $"provider_{notice.ToString().ToLowerInvariant()}", actor, reason);
        }, cancel);

    // What waited is never decided about: an approval would bring the registration back.
    private static void End(RegistrationChange change, Actor actor, ProviderRow row)
    {
        if (row.PendingRevision is { } waiting && change.Revision(row, waiting) is { } revision)
            change.Withdraw(row, revision, actor, "the registration was revoked");
        change.ReleaseSenders(row);
    }

    private static RegistrationResult? Refusal(RegistrationChange change, Actor actor, string id, RegistrationAct act, out FoundRegistration found)
    {
        found = change.Find(id)!;
        return found is null ? new RegistrationResult.NotFound()
            : RegistrationRules.May(actor, act, found.InQuestion) is not Permission.Granted and var denied ? RegistrationResults.Of(denied)
            : null;
    }

    private static string WordOf(ProviderState state) => state.ToString().ToLowerInvariant();
}
