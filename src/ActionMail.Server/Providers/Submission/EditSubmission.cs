using System.Collections.Immutable;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers;

/// <summary>A submission that is open for writing.</summary>
/// <param name="OrganizationId">Whose registration it is, or will be.</param>
/// <param name="Id">The originator id.</param>
/// <param name="Registered">The registration that it changes; null for a new one.</param>
/// <param name="Fields">As typed so far; what was submitted last, where no draft has been begun.</param>
/// <param name="Version">The draft's; 0 where none has been begun.</param>
/// <param name="SavedAt">When the draft was saved last.</param>
internal sealed record OpenSubmission(Guid OrganizationId, string Id, RegistrationView? Registered, ProviderSubmission Fields, int Version, DateTimeOffset? SavedAt)
{
    /// <summary>The registration's newest revision when the draft was begun; null for a new provider, and where an earlier release kept no note of it.</summary>
    public int? BaseRevision { get; init; }

    /// <summary>Whether it is as it was begun, with nothing in it.</summary>
    public bool IsUntouched => Registered is null && Version <= 1 && DraftFields.Write(Fields) == DraftFields.Empty;

    /// <summary>A revision that somebody submitted since, which this would put aside; null for none.</summary>
    public ProviderRevisionRow? Overtaking => BaseRevision is { } begun && Registered?.Newest is { } newest && newest.Number > begun ? newest : null;

    /// <summary>In what it differs from the revision that this was begun with.</summary>
    public ImmutableArray<ContentDifference> OvertakenIn => Overtaking is { } newest && Registered!.Revisions.FirstOrDefault(revision => revision.Number == BaseRevision) is { } begun
        ? ContentDifference.Between(RegisteredContent.FromJson(begun.Content), RegisteredContent.FromJson(newest.Content))
        : [];
}

/// <summary>What came of opening or saving one: exactly one of the cases below.</summary>
internal abstract record EditResult
{
    private EditResult() { }

    public sealed record Open(OpenSubmission Submission) : EditResult;

    /// <summary>There is none, or none that is theirs to see.</summary>
    public sealed record NotFound : EditResult;

    /// <summary>They may see it and not change it.</summary>
    public sealed record Forbidden(string Words) : EditResult;

    /// <summary>It was saved elsewhere since it was read; that is what is in it now.</summary>
    public sealed record Outdated(OpenSubmission Now) : EditResult;
}

/// <summary>Writing a submission: the draft of whoever writes, begun with the first saving, so that looking at a form leaves nothing behind.</summary>
internal sealed class EditSubmission(Drafts drafts, RegistrationQueries registrations)
{
    public async Task<EditResult> OpenAsync(Actor actor, string id, CancellationToken cancel)
    {
        if (actor.Person is not { } person)
            return new EditResult.NotFound();
        var view = await registrations.FindAsync(actor, id, cancel);
        if (view is not null && RegistrationRules.May(actor, RegistrationAct.Edit, view.InQuestion) is Permission.Denied(_, var words))
            return new EditResult.Forbidden(words);
        if (view?.Row.State == Protocol.Providers.ProviderState.Revoked)
            return new EditResult.Forbidden("The registration is revoked. Register a new provider, or clone this one.");
        var draft = await drafts.FindAsync(person, id, cancel);
        if (draft is not null)
            return new EditResult.Open(Of(draft, view));
        return view is null ? new EditResult.NotFound()
            : new EditResult.Open(new(view.Row.OrganizationId, id, view, RegisteredContent.FromJson(view.Newest.Content).ToSubmission(), 0, null) { BaseRevision = view.Newest.Number });
    }

    /// <summary>
    /// Saves what was typed, where nothing else was saved since the version that the writer has read. The first saving begins the draft, with the revision that was before the
    /// writer then, whatever was submitted while they typed.
    /// </summary>
    public async Task<EditResult> SaveAsync(Actor actor, OpenSubmission open, ProviderSubmission fields, ImmutableArray<ReadImage> images, int readVersion, int? readRevision, CancellationToken cancel)
    {
        var (person, view) = (actor.Person!, open.Registered is null ? null : await registrations.FindAsync(actor, open.Id, cancel));
        if (readVersion != open.Version)
            return new EditResult.Outdated(open);
        if (!images.IsEmpty)
            await drafts.KeepImagesAsync(open.OrganizationId, open.Id, images, cancel);
        return await (open.Version == 0 ? drafts.EditAsync(person, open.Id, fields, Math.Min(readRevision ?? int.MaxValue, open.BaseRevision ?? 0), cancel) : drafts.SaveAsync(person, open.Id, fields, readVersion, cancel)) switch
        {
            DraftResult.Saved(var draft) => new EditResult.Open(Of(draft, view)),
            DraftResult.Outdated(var now) => new EditResult.Outdated(Of(now, view)),
            DraftResult.NotFound => new EditResult.NotFound(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static OpenSubmission Of(ProviderDraftRow draft, RegistrationView? view) =>
        new(view?.Row.OrganizationId ?? draft.OrganizationId, draft.ProviderId, view, DraftFields.Read(draft.Fields), draft.Version, draft.SavedAt) { BaseRevision = draft.BaseRevision };
}
