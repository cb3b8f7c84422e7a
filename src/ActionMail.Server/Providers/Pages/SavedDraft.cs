using System.Collections.Immutable;
using ActionMail.Protocol.Providers.Submissions;

namespace ActionMail.Server.Providers.Pages;

/// <summary>The answer to a saving while one types (src/web/src/dashboard/draft.ts).</summary>
/// <param name="Version">What the next saving names.</param>
/// <param name="SavedAt">When.</param>
/// <param name="Notes">What there is to say already; what is merely not filled in yet is not among it.</param>
/// <param name="Keys">What each of the keys' fields came to, in their order.</param>
/// <param name="AppIdUri">The App ID URI that the application id makes, or null.</param>
/// <param name="Logo">Where the logo is shown, or null.</param>
/// <param name="Screenshot">Where the screenshot is shown, or null.</param>
internal sealed record SavedDraft(
    int Version, DateTimeOffset? SavedAt, ImmutableArray<FieldNote> Notes, ImmutableArray<KeyView> Keys, string? AppIdUri, string? Logo, string? Screenshot)
{
    public static SavedDraft Of(OpenSubmission saved, SubmissionReading reading, ImmutableArray<SubmissionError> refused, IEnumerable<string?> typedKeys)
    {
        var errors = reading is SubmissionReading.Invalid invalid ? invalid.Errors.Where(error => error.Code != SubmissionCode.Required) : [];
        return new(
            saved.Version,
            saved.SavedAt,
            [
                .. NotesOf(refused, "refused"),
                .. NotesOf(errors, "error"),
                .. reading.Warnings.Where(warning => warning.Field != "scenario.sampleCard").Select(warning => new FieldNote(FormField.IdOf(warning.Field), "warning", warning.Words)),
            ],
            [.. typedKeys.Select(key => (key ?? "").Trim()).Select(key => key.Length == 0 ? KeyView.Empty : KeyView.OfTyped(key))],
            new SubmissionView(saved, saved.Fields).AppIdUri,
            ProviderImage.UrlOf(saved.Id, saved.Fields.Logo?.Sha256),
            ProviderImage.UrlOf(saved.Id, saved.Fields.Scenario?.Screenshot?.Sha256));
    }

    // What is wrong with a key is told by its view.
    private static IEnumerable<FieldNote> NotesOf(IEnumerable<SubmissionError> errors, string kind) =>
        errors.Where(error => FormField.FieldOf(error.Field) != "keys").Select(error => new FieldNote(FormField.IdOf(error.Field), kind, error.Words));
}

/// <summary>Words for beside a field. <paramref name="Kind"/> is <c>refused</c> for a file that is not kept, <c>error</c> or <c>warning</c>.</summary>
internal sealed record FieldNote(string Id, string Kind, string Words);
