using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Inbox;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Keys;

namespace ActionMail.Server.Providers;

/// <summary>What an approver decides, about exactly the revision that they have read.</summary>
/// <param name="Revision">Its number.</param>
/// <param name="ContentHash">SHA-256 of its content: what was read is what is decided about. Security J-02.</param>
/// <param name="Approves">An approval, else a rejection.</param>
/// <param name="Reason">For the submitter; a rejection needs one.</param>
/// <param name="ReauthenticatedAt">When the approver last proved who they are; a Global approval needs it to be recent.</param>
/// <param name="TypedName">The provider's name as the approver typed it, to confirm a Global approval.</param>
internal sealed record Decision(int Revision, byte[] ContentHash, bool Approves, string Reason, DateTimeOffset? ReauthenticatedAt, string TypedName);

/// <summary>
/// An approval or a rejection, whichever way it comes (the page, the API, the card in the inbox) and whoever is first: (1) may they see it, and decide; (2) is it the revision that
/// waits, unchanged; (3) for an approval, are its domains and keys proven, and its keys and senders nobody else's, and for a Global one, is it confirmed; (4) then that revision runs, and no other.
/// </summary>
internal sealed class DecideRegistration(RegistrationWriter registrations, RegistrationQueries queries, RegisteredDomains domains, RegisteredKeys keys, TimeProvider time)
{
    /// <summary>How long ago an approver of a Global request may have signed in. Security J-11.</summary>
    public static readonly TimeSpan ReauthenticationAge = TimeSpan.FromMinutes(10);

    public const int LongestReason = 1_000;

    public async Task<RegistrationResult> DecideAsync(Actor actor, string id, Decision decision, CancellationToken cancel) =>
        await LookAgainAsync(actor, id, decision, cancel) ?? await registrations.WriteAsync(change => Decide(change, actor, id, decision), cancel);

    // Before the transaction, which waits for no DNS: the proofs of what is about to run for everybody are asked for once more (security J-05). Of a decision that
    // cannot come about anyway nothing is asked, for then anybody could have us ask; why it cannot, the transaction says.
    private async Task<RegistrationResult?> LookAgainAsync(Actor actor, string id, Decision decision, CancellationToken cancel)
    {
        if (!decision.Approves || await queries.FindAsync(actor, id, cancel) is not { } view || view.Of(decision.Revision) is not { } revision)
            return null;
        var content = RegisteredContent.FromJson(revision.Content);
        var mayCome = content.Scope == ProviderScope.Global && view.Row.PendingRevision == revision.Number
            && RegistrationRules.May(actor, RegistrationAct.Decide, new(view.Row, view.Owners, revision.SubmitterId, content.Scope)) is Permission.Granted
            && (actor.IsOperator || Unconfirmed(content, decision, time.GetUtcNow()) is null);
        return mayCome ? await domains.LookAgainAsync(view.Row.OrganizationId, content, actor, cancel) : null;
    }

    private RegistrationResult Decide(RegistrationChange change, Actor actor, string id, Decision decision)
    {
        if (change.Find(id, decision.Revision) is not { Revision: { } revision } found)
            return Hidden(change, actor, id);
        if (RegistrationRules.May(actor, RegistrationAct.Decide, found.InQuestion) is not Permission.Granted and var denied)                 // 1
            return RegistrationResults.Of(denied);
        if (NotWaiting(found.Row, revision, decision) is { } conflict)                                                                     // 2
            return conflict;
        return decision.Approves ? Approve(change, actor, found, revision, decision) : Reject(change, actor, found.Row, revision, decision.Reason.Trim());
    }

    private RegistrationResult Approve(RegistrationChange change, Actor actor, FoundRegistration found, ProviderRevisionRow revision, Decision decision)
    {
        var row = found.Row;
        var content = RegisteredContent.FromJson(revision.Content);
        if (content.Scope == ProviderScope.Global && !actor.IsOperator && Unconfirmed(content, decision, change.Now) is { } unconfirmed)   // 3
            return unconfirmed;
        if (domains.UnprovenOf(row.OrganizationId, content) is { } unproven)
            return new RegistrationResult.Conflict("domain_unproven", $"It is not proven that {unproven} belongs to the organization. The submitter finds how to prove it on the provider's page.");
        if (keys.RefusalOf(change.Db, row, content) is { } refusal)
            return refusal;
        if (!actor.IsOperator && change.SenderTaken(row.OrganizationId, row.Id, content, revision.SubmitterId) is { } taken)
            return taken;
        revision.Reason = decision.Reason.Trim();
        change.Activate(row, revision, actor.Name);                                                                                        // 4
        return change.Record(row, revision, NoticeKind.Approved, "provider_approved", actor, revision.Reason);
    }

    private static RegistrationResult Reject(RegistrationChange change, Actor actor, ProviderRow row, ProviderRevisionRow revision, string reason)
    {
        if (reason.Length is 0 or > LongestReason)
            return new RegistrationResult.Conflict("reason_missing", $"Tell the submitter why, in 1 to {LongestReason} characters.");
        (revision.State, revision.DecidedBy, revision.DecidedAt, revision.Reason) = (ProviderState.Rejected, actor.Name, change.Now, reason);
        row.PendingRevision = null;
        if (row.ActiveRevision is null)
            (row.State, row.StateReason) = (ProviderState.Rejected, reason);
        return change.Record(row, revision, NoticeKind.Rejected, "provider_rejected", actor, reason);
    }

    private static RegistrationResult Hidden(RegistrationChange change, Actor actor, string id) =>
        change.Find(id) is { } found && RegistrationRules.May(actor, RegistrationAct.See, found.InQuestion) is Permission.Granted
            ? new RegistrationResult.Conflict("revision_changed", "There is no such revision. Read the request again.")
            : new RegistrationResult.NotFound();

    private static RegistrationResult.Conflict? NotWaiting(ProviderRow row, ProviderRevisionRow revision, Decision decision)
    {
        if (revision.State is ProviderState.Approved or ProviderState.Rejected)
            return new("already_decided", $"Revision {revision.Number} was {(revision.State == ProviderState.Approved ? "approved" : "rejected")} by {revision.DecidedBy}, {TimeView.Words(revision.DecidedAt!.Value)}.");
        if (row.State == ProviderState.Revoked)
            return new("revoked", "The registration is revoked. Nothing of it can be approved any more.");
        if (row.PendingRevision != revision.Number)
            return new("revision_changed", row.PendingRevision is { } waiting
                ? $"The submitter has replaced revision {revision.Number} by revision {waiting}. Read that one."
                : $"Revision {revision.Number} was withdrawn by its submitter.");
        return revision.ContentHash.AsSpan().SequenceEqual(decision.ContentHash) ? null : new("revision_changed", "What you read is not what was submitted. Read the request again.");
    }

    private static RegistrationResult? Unconfirmed(RegisteredContent content, Decision decision, DateTimeOffset now)
    {
        if (decision.ReauthenticatedAt is not { } at || now - at > ReauthenticationAge)
            return new RegistrationResult.Forbidden("reauthentication_required", "To approve for everybody, sign in once more: the last time is more than 10 minutes ago.");
        return string.Equals(decision.TypedName.Trim(), content.Name, StringComparison.Ordinal) ? null
            : new RegistrationResult.Conflict("confirmation_missing", $"To approve for everybody, type the provider's name as it is written: {content.Name}");
    }
}
