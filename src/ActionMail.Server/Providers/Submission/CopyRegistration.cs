using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers;

/// <summary>What came of copying: exactly one of the cases below.</summary>
internal abstract record CopyResult
{
    private CopyResult() { }

    /// <summary>A draft with an id of its own.</summary>
    public sealed record Begun(ProviderDraftRow Draft) : CopyResult;

    /// <summary>There is none, or none that is theirs to copy.</summary>
    public sealed record NotFound : CopyResult;

    /// <summary>It uses Entra tokens already.</summary>
    public sealed record NotLegacy : CopyResult;

    /// <summary>As many as one may begin a day. Security J-15.</summary>
    public sealed record TooMany(int PerDay) : CopyResult;
}

/// <summary>
/// A registration as the beginning of another: Clone copies what was submitted last, Migrate to Entra copies one that uses legacy tokens and leaves the Entra section to be
/// filled in. The old one runs on. dashboard.md "Elsewhere in the portal".
/// </summary>
internal sealed class CopyRegistration(RegistrationQueries registrations, Drafts drafts)
{
    public Task<CopyResult> CloneAsync(Actor actor, string id, CancellationToken cancel) => CopyAsync(
        actor, id, mayCopy: _ => true, fields => fields with { Name = Named("Copy of ", fields.Name, "") }, cancel);

    public Task<CopyResult> MigrateAsync(Actor actor, string id, CancellationToken cancel) => CopyAsync(
        actor, id, mayCopy: content => content.TokenProfile == TokenProfile.Eat,
        fields => fields with { Name = Named("", fields.Name, " (Entra)"), TokenProfile = TokenProfile.Entra, AppId = null, AppIdUri = null }, cancel);

    // So that it is told apart from the one that it is a copy of; whoever submits it names it as they like.
    private static string Named(string before, string? name, string after)
    {
        var room = SubmissionRules.LongestName - before.Length - after.Length;
        var kept = name is { Length: var length } && length > room ? name[..(char.IsHighSurrogate(name[room - 1]) ? room - 1 : room)] : name;
        return before + kept + after;
    }

    private async Task<CopyResult> CopyAsync(
        Actor actor, string id, Func<RegisteredContent, bool> mayCopy, Func<ProviderSubmission, ProviderSubmission> change, CancellationToken cancel)
    {
        // A copy is the copier's organization's: what a reviewer sees of another's cannot become theirs.
        if (actor.Person is not { } person || await registrations.FindAsync(actor, id, cancel) is not { } view || view.Row.OrganizationId != person.OrganizationId)
            return new CopyResult.NotFound();
        var content = RegisteredContent.FromJson(view.Newest.Content);
        if (!mayCopy(content))
            return new CopyResult.NotLegacy();
        return await drafts.CopyAsync(person, id, change(content.ToSubmission()), cancel) switch
        {
            DraftResult.Saved(var draft) => new CopyResult.Begun(draft),
            DraftResult.TooMany(var perDay) => new CopyResult.TooMany(perDay),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
