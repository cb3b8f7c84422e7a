using System.ComponentModel;
using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Clients;
using ActionMail.Protocol.Cards.Lint;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;

namespace ActionMail.Server.Providers.Api;

/// <summary>What would come of a submission.</summary>
internal sealed record CheckDocument(
    bool Valid,
    [property: Description("All that is wrong, in the order of the form.")] IReadOnlyList<FindingDocument> Errors,
    IReadOnlyList<FindingDocument> Warnings,
    [property: Description("In what it differs from the newest revision, or what is in it where there is none; empty while there are errors.")] IReadOnlyList<DifferenceDocument> Changes);

/// <summary>What the lint says of a card.</summary>
internal sealed record LintDocument(
    bool Readable,
    [property: Description("adaptiveCard or messageCard; null where it is neither.")] string? Kind,
    string? Version,
    IReadOnlyList<LintFindingDocument> Findings,
    [property: Description("By the client's name.")] IReadOnlyDictionary<string, LintClientDocument> Clients);

/// <summary>One finding about a card.</summary>
internal sealed record LintFindingDocument(string Code, string Severity, string Pointer, int Line, int Column, string Message, string Remedy, string Doc);

/// <summary>What a client shows of a card.</summary>
internal sealed record LintClientDocument(bool Shown, IReadOnlyList<LintLossDocument> Lost);

/// <summary>A part that a client does not show.</summary>
internal sealed record LintLossDocument(string Pointer, string Why);

/// <summary>Judging without storing.</summary>
internal static class CheckEndpoints
{
    public static void MapChecks(this RouteGroupBuilder personal)
    {
        var api = personal.MapGroup("").WithTags("Checks");
        api.MapPost("/providers/check", CheckAsync).Takes(RegistrationEndpoints.LargestSubmission)
            .Describe("Check a submission", "All its errors and warnings, and with an id in what it differs from that registration. Nothing is stored.")
            .Answers<CheckDocument>().Refuses("not_found");
        api.MapPost("/lint", LintAsync).Takes(2 * CardLimits.Default.MaxBytes)
            .Accepts<JsonElement>("application/json")
            .Describe("Check a card", "The body is the card, an Adaptive Card or a MessageCard. What is wrong with it, where, and what each client will show of it; the codes are in docs/lint.md.")
            .Answers<LintDocument>();
    }

    private static async Task<IResult> CheckAsync(
        ProviderSubmission submission, Person person, HttpContext http, RegistrationQueries registrations, ReadSubmission read, CancellationToken cancel,
        [Description("The registration that it would be a new revision of.")] Guid? id = null)
    {
        var view = id is { } given ? await registrations.FindAsync(Actor.Of(person, http), given.ToString("D"), cancel) : null;
        if (id is not null && view is null)
            return RegistrationAnswers.NotFound();
        var newest = view is null ? null : RegisteredContent.FromJson(view.Newest.Content);
        var reading = await read.OfAsync(view?.Row.OrganizationId ?? person.OrganizationId, view?.Row.Id ?? Guid.NewGuid().ToString("D"), submission, cancel);
        var warnings = reading.Warnings.Select(FindingDocument.Of).ToList();
        return TypedResults.Ok(reading switch
        {
            SubmissionReading.Valid valid => new CheckDocument(true, [], warnings, [.. ContentDifference.Between(newest, valid.Content).Select(DifferenceDocument.Of)]),
            SubmissionReading.Invalid invalid => new CheckDocument(false, [.. invalid.Errors.Select(FindingDocument.Of)], warnings, []),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }

    // The bytes as they came: the lint tells lines and columns, and what a JSON reader would refuse.
    private static async Task<IResult> LintAsync(HttpContext http, CancellationToken cancel)
    {
        var card = new MemoryStream();
        await http.Request.Body.CopyToAsync(card, cancel);
        var report = CardLint.Check(card.ToArray(), CardLimits.Default);
        var clients = report.IsReadable ? ClientProfiles.All.Select(profile => profile.Render(report)) : [];
        return TypedResults.Ok(new LintDocument(
            report.IsReadable,
            report.Kind switch { CardKind.AdaptiveCard => "adaptiveCard", CardKind.MessageCard => "messageCard", _ => null },
            report.Version,
            [.. report.Findings.Select(FindingOf)],
            clients.ToDictionary(client => client.Client.Name, client => new LintClientDocument(client.Shown, [.. client.Lost.Select(part => new LintLossDocument(part.Pointer, part.Why))]))));
    }

    private static LintFindingDocument FindingOf(LintFinding finding) => new(
        finding.Rule.Code, finding.Rule.Severity.ToString().ToLowerInvariant(), finding.Pointer, finding.Position.Line, finding.Position.Column, finding.Message, finding.Rule.Remedy, finding.Rule.Doc);
}
