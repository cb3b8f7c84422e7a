using System.Collections.Immutable;
using System.Globalization;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;

namespace ActionMail.Server.Providers.Pages;

/// <summary>The submission form as it is shown: what was typed, and everything that is to be said about it.</summary>
/// <param name="Open">The submission with its draft.</param>
/// <param name="Fields">What is shown as typed.</param>
internal sealed record SubmissionView(OpenSubmission Open, ProviderSubmission Fields)
{
    public ImmutableArray<SubmissionError> Errors { get; init; } = [];
    public ImmutableArray<SubmissionWarning> Warnings { get; init; } = [];

    /// <summary>What the submission as a whole met; null for nothing.</summary>
    public string? Trouble { get; init; }

    /// <summary>Whether the draft was saved elsewhere since.</summary>
    public bool IsOutdated { get; init; }

    /// <summary>The checked sample card, where somebody asked for it.</summary>
    public CardCheck? Card { get; init; }

    /// <summary>The scope whose sections alone are shown; null for all.</summary>
    public ProviderScope? Shown { get; init; }

    /// <summary>The field to go on with.</summary>
    public string? Focus { get; init; }

    public bool IsNew => Open.Registered is null;

    public string Title => IsNew ? "New provider" : $"Edit {Open.Registered!.Row.Title}";

    public TokenProfile TokenProfile => Fields.TokenProfile ?? TokenProfile.Eat;

    /// <summary>The App ID URI that the application id makes; null while there is none.</summary>
    public string? AppIdUri => Guid.TryParseExact((Fields.AppId ?? "").Trim(), "D", out var application) ? Protocol.Providers.Submissions.AppIdUri.For(Open.Id, application) : null;

    /// <summary>The keys that are kept, then an empty one for each private key that was not, with what was wrong with each.</summary>
    public ImmutableArray<KeyView> Keys
    {
        get
        {
            ImmutableArray<KeyView> kept = [.. (Fields.Keys.GetValueOrDefault() is { IsDefault: false } keys ? keys : []).Select(KeyView.OfStored)];
            var errors = Errors.Where(error => error.Field.StartsWith("keys[", StringComparison.Ordinal)).ToLookup(error => FormField.IdOf(error.Field), error => error.Words);
            var dropped = errors.Select(entry => entry.Key).Except(kept.Select((_, index) => KeyId(index))).Count();
            return
            [
                .. kept.Concat(Enumerable.Repeat(KeyView.Empty, dropped))
                    .Select((key, index) => errors[KeyId(index)].FirstOrDefault() is { } refusal ? key with { Refusal = refusal } : key),
            ];
        }
    }

    public bool Shows(ProviderScope scope) => Shown is not { } only || only == scope;

    public FormField Line(string path, string label, string? value, FieldKind kind = FieldKind.Line) => Noted(new(path, label, value ?? "", kind));

    public FormField Lines(string path, string label, ImmutableArray<string>? entries) =>
        Noted(new(path, label, string.Join('\n', entries.GetValueOrDefault() is { IsDefault: false } lines ? lines : []), FieldKind.Lines));

    /// <summary>What is wrong with a field that has a form of its own.</summary>
    public FormField Notes(string path) => Noted(new(path, "", "", FieldKind.Line));

    private static string KeyId(int index) => FormField.IdOf(string.Create(CultureInfo.InvariantCulture, $"keys[{index}]"));

    // What is wrong with one key is told beside that key.
    private static bool IsAt(string path, string field) => field == "keys" ? path == field : FormField.FieldOf(path) == field;

    private FormField Noted(FormField field) => field with
    {
        HasFocus = Focus == field.Path,
        Errors = [.. Errors.Where(error => IsAt(error.Field, field.Path)).Select(error => error.Words)],
        Warnings = [.. Warnings.Where(warning => FormField.FieldOf(warning.Field) == field.Path).Select(warning => warning.Words)],
    };
}
