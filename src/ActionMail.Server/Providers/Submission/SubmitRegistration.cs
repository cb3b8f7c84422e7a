using System.Collections.Immutable;
using System.Globalization;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Invitations;
using ActionMail.Server.Providers.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers;

/// <summary>
/// A submission, from its checked fields to where it stands: (1) a new id makes a registration whose first owner is the submitter; (2) what already runs, or already waits,
/// is no new revision; (3) a revision that still waits is withdrawn in favour of this one, so that no approver decides about what is not wanted any more; (4) Test Users,
/// and what the operator hands in, is approved at once. dashboard.md "States".
/// </summary>
internal sealed class SubmitRegistration(RegistrationWriter registrations, TestInvitations invitations, IOptions<ProviderOptions> options)
{
    /// <summary>The approver of what nobody has to approve.</summary>
    private static readonly Actor Platform = Actor.Platform("approved at once");

    /// <summary>
    /// Submits for an organization: the submitter's own, or that of the registration which a reviewer mends. The id is one that the platform made with a draft; the operator
    /// alone may choose one. With the newest revision that the submitter has read, where they say so, none is put aside that they have not seen.
    /// </summary>
    public Task<RegistrationResult> SubmitAsync(Actor actor, Guid organizationId, string id, SubmissionReading.Valid submission, int? readRevision, CancellationToken cancel) =>
        registrations.WriteAsync(change => Submit(change, actor, organizationId, id, submission, readRevision), cancel);

    /// <summary>The same, once for a key: of requests with one key the first submits, and all have its answer.</summary>
    public Task<RegistrationResult> SubmitOnceAsync(
        Actor actor, Guid organizationId, string id, SubmissionReading.Valid submission, int? readRevision, SubmissionKey key, CancellationToken cancel)
    {
        var person = actor.Person!;
        return registrations.WriteAsync(change =>
        {
            if (key.Earlier(change.Db, person, change.Now) is { } earlier)
                return earlier;
            var result = Submit(change, actor, organizationId, id, submission, readRevision);
            if (result is RegistrationResult.Done(var row, _))
                key.Keep(change.Db, person, change.View(row), change.Now);
            return result;
        }, cancel);
    }

    private RegistrationResult Submit(RegistrationChange change, Actor actor, Guid organizationId, string id, SubmissionReading.Valid submission, int? readRevision)
    {
        if (id == PlatformProvider.Id)
            return new RegistrationResult.Conflict("id_taken", "the id is the platform's own");
        var content = submission.Content;
        var json = content.ToJson();
        var found = change.Find(id);
        if (found is not null && Refusal(actor, found, organizationId, content, readRevision) is { } refusal)
            return refusal;
        if (found is not null && Same(change, found, json) is { } unchanged)
            return unchanged;
        if (found is not null && TooOften(change, actor, found.Row) is { } tooOften)
            return tooOften;
        if (found is null && Crowded(change, actor, id) is { } tooMany)
            return tooMany;
        var atOnce = actor.IsOperator || content.Scope == ProviderScope.TestUsers;                                           // 4
        if (atOnce && actor.Person is { } submitter && change.SenderTaken(organizationId, id, content, submitter.Id) is { } taken)
            return taken;

        var row = found?.Row ?? Create(change, actor, organizationId, id);                                                   // 1
        var revision = Add(change, row, actor, json);
        Keep(change, row, submission.Images);
        if (actor.Person is { } author)
            change.Db.ProviderDrafts.Where(draft => draft.OrganizationId == author.OrganizationId && draft.ProviderId == id && draft.PersonId == author.Id).ExecuteDelete();
        if (!atOnce)
            return change.Record(row, revision, NoticeKind.Requested, "provider_submitted", actor);
        var approver = actor.IsOperator ? actor : Platform;
        change.Log(row, revision, "provider_submitted", actor);
        change.Activate(row, revision, approver.Name);
        invitations.Invite(change, row, revision, actor);
        return change.Record(row, revision, NoticeKind.Approved, "provider_approved", approver);
    }

    private static RegistrationResult? Refusal(Actor actor, FoundRegistration found, Guid organizationId, RegisteredContent content, int? readRevision)
    {
        if (RegistrationRules.May(actor, RegistrationAct.Edit, found.InQuestion) is not Permission.Granted and var denied)
            return RegistrationResults.Of(denied);
        if (found.Row.OrganizationId != organizationId)
            return new RegistrationResult.Conflict("id_taken", "the id belongs to another organization's registration; ids are never used again");
        if (found.Row.State == ProviderState.Revoked)
            return new RegistrationResult.Conflict("revoked", "the registration is revoked; register a new provider");
        if (readRevision is { } read && found.Revision is { } newest && newest.Number > read)
            return new RegistrationResult.Conflict("revision_changed", string.Create(CultureInfo.InvariantCulture,
                $"{newest.SubmittedBy} submitted revision {newest.Number} since you began, and yours would put it aside. Read it first; then submit yours over revision {newest.Number}, or begin anew from it."));
        // Whoever reviews a request mends it; what it asks for, and of whom, is its owners'. Test Users would be in force without anybody's decision (security J-03).
        if (!actor.IsOperator && actor.Person is { } person && !RegistrationRules.IsOwner(person, found.InQuestion) && found.InQuestion.Scope != content.Scope)
            return new RegistrationResult.Conflict("scope_fixed", "Only the owners of a registration may submit it for another scope.");
        // Scopes are independent: one scope per request, and a provider that wants two has two registrations.
        return found.Row.ActiveRevision is not null && found.Row.Scope != content.Scope && !actor.IsOperator
            ? new RegistrationResult.Conflict("scope_fixed", "A registration keeps its scope. For another scope submit a new request; Clone copies this one into it.")
            : null;
    }

    // 2
    private static RegistrationResult.Done? Same(RegistrationChange change, FoundRegistration found, string json)
    {
        var latest = found.Row.PendingRevision ?? found.Row.ActiveRevision;
        return latest is { } number && change.Revision(found.Row, number) is { } revision && revision.Content == json ? new(found.Row, revision) : null;
    }

    // A draft was counted when it was begun.
    private RegistrationResult.TooMany? Crowded(RegistrationChange change, Actor actor, string id) =>
        actor.Person is { } person
        && !change.Db.ProviderDrafts.Any(draft => draft.OrganizationId == person.OrganizationId && draft.ProviderId == id && draft.PersonId == person.Id)
        && NewProviders.BegunWithinADay(change.Db, person, change.Now) >= options.Value.DraftsPerDay
            ? new(options.Value.DraftsPerDay)
            : null;

    // Security J-15: each revision is a request that approvers are told of.
    private RegistrationResult.TooOften? TooOften(RegistrationChange change, Actor actor, ProviderRow row)
    {
        var aDayAgo = change.Now - TimeSpan.FromDays(1);
        var most = options.Value.RevisionsPerDay;
        return !actor.IsOperator && change.Db.ProviderRevisions.Count(revision => revision.OrganizationId == row.OrganizationId && revision.ProviderId == row.Id
            && revision.SubmitterId != null && revision.SubmittedAt > aDayAgo) >= most ? new(most) : null;
    }

    private static ProviderRow Create(RegistrationChange change, Actor actor, Guid organizationId, string id)
    {
        var row = new ProviderRow { OrganizationId = organizationId, Id = id, State = ProviderState.Submitted, CreatedAt = change.Now };
        change.Db.Providers.Add(row);
        if (actor.Person is { } person)
            change.Db.ProviderOwners.Add(new() { OrganizationId = organizationId, ProviderId = id, PersonId = person.Id, Since = change.Now });
        return row;
    }

    private static ProviderRevisionRow Add(RegistrationChange change, ProviderRow row, Actor actor, string json)
    {
        if (row.PendingRevision is { } waiting && change.Revision(row, waiting) is { } superseded)                           // 3
            Replace(change, row, superseded, actor);
        var revision = new ProviderRevisionRow
        {
            OrganizationId = row.OrganizationId,
            ProviderId = row.Id,
            Number = ++row.LatestRevision,
            Content = json,
            ContentHash = RegisteredContent.HashOf(json),
            State = ProviderState.Submitted,
            SubmittedBy = actor.Name,
            SubmitterId = actor.Person?.Id,
            SubmittedAt = change.Now,
        };
        change.Db.ProviderRevisions.Add(revision);
        row.PendingRevision = revision.Number;
        if (row.ActiveRevision is null)
            (row.State, row.StateReason) = (ProviderState.Submitted, "");
        change.Db.SaveChanges();
        return revision;
    }

    private static void Replace(RegistrationChange change, ProviderRow row, ProviderRevisionRow superseded, Actor actor)
    {
        change.Withdraw(row, superseded, actor, $"replaced by revision {row.LatestRevision + 1}");
        // Who puts aside their own knows it.
        if (superseded.SubmitterId is { } submitter && submitter != actor.Person?.Id)
            change.Tell(row, superseded, NoticeKind.Replaced, actor, superseded.Reason);
    }

    private static void Keep(RegistrationChange change, ProviderRow row, ImmutableArray<ReadImage> images)
    {
        var known = change.Db.ProviderImages.Where(image => image.OrganizationId == row.OrganizationId && image.ProviderId == row.Id).Select(image => image.Sha256).ToList();
        change.Db.ProviderImages.AddRange(images.DistinctBy(image => image.Sha256).Where(image => !known.Contains(image.Sha256)).Select(image => new ProviderImageRow
        {
            OrganizationId = row.OrganizationId,
            ProviderId = row.Id,
            Sha256 = image.Sha256,
            Png = image.Png.ToArray(),
            Width = image.Width,
            Height = image.Height,
        }));
    }
}
