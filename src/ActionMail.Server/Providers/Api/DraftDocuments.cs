using System.ComponentModel;
using System.Diagnostics;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers.Api;

/// <summary>A draft in a list.</summary>
internal record DraftSummary
{
    [Description("The originator id that the draft reserves, or that of the registration which it is a new revision of.")]
    public required string Id { get; init; }

    public required string? Name { get; init; }
    public required ProviderScope? Scope { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset SavedAt { get; init; }

    [Description("Counts the savings; the draft's entity tag is \"d\" and this number.")]
    public required int Version { get; init; }

    [Description("The revision that it was begun with; none for a new provider. A later one is put aside only by naming it when submitting.")]
    public required int? BaseRevision { get; init; }

    public static DraftSummary Of(ProviderDraftRow draft)
    {
        var fields = DraftFields.Read(draft.Fields);
        return new() { Id = draft.ProviderId, Name = fields.Name, Scope = fields.Scope, CreatedAt = draft.CreatedAt, SavedAt = draft.SavedAt, Version = draft.Version, BaseRevision = draft.BaseRevision };
    }
}

/// <summary>All drafts of a person.</summary>
internal sealed record DraftList([property: Description("The last saved first.")] IReadOnlyList<DraftSummary> Drafts);

/// <summary>A draft with what was typed.</summary>
internal sealed record DraftDocument : DraftSummary
{
    [Description("As it was typed, right or wrong.")]
    public required ProviderSubmission Fields { get; init; }

    public static new DraftDocument Of(ProviderDraftRow draft)
    {
        var fields = DraftFields.Read(draft.Fields);
        return new()
        {
            Id = draft.ProviderId,
            Name = fields.Name,
            Scope = fields.Scope,
            CreatedAt = draft.CreatedAt,
            SavedAt = draft.SavedAt,
            Version = draft.Version,
            BaseRevision = draft.BaseRevision,
            Fields = fields,
        };
    }
}

/// <summary>What came of a draft, as an HTTP answer.</summary>
internal static class DraftAnswers
{
    public static string PathOf(string id) => $"/api/drafts/{id}";

    public static string TagOf(int version) => FormattableString.Invariant($"d{version}");

    public static IResult NotFound() => Problems.Of("not_found", "There is no such draft of yours.");

    public static IResult Of(DraftResult result, HttpContext http, bool isNew = false) => result switch
    {
        DraftResult.Saved(var draft) => Shown(draft, http, isNew),
        DraftResult.NotFound => NotFound(),
        DraftResult.Outdated(var now) => Outdated(now),
        DraftResult.TooMany(var perDay) => RegistrationAnswers.TooMany(perDay, http),
        _ => throw new UnreachableException(),
    };

    public static IResult Shown(ProviderDraftRow draft, HttpContext http, bool isNew = false)
    {
        http.TagAnswer(TagOf(draft.Version));
        return isNew ? TypedResults.Created(PathOf(draft.ProviderId), DraftDocument.Of(draft)) : TypedResults.Ok(DraftDocument.Of(draft));
    }

    // What was saved elsewhere comes along, so that nothing is lost.
    private static IResult Outdated(ProviderDraftRow now) => Problems.Of("precondition_failed", "The draft was saved elsewhere since you read it.", new Dictionary<string, object?>
    {
        ["draft"] = DraftDocument.Of(now),
    });
}
