using System.Collections.Immutable;
using System.Globalization;
using ActionMail.Server.Providers.Approval;

namespace ActionMail.Server.Providers.Pages;

/// <summary>How a field is typed into.</summary>
internal enum FieldKind
{
    Line,
    Lines,
    Code,
    Email,
    Url,
    Phone,
    Number,
}

/// <summary>One field of the form, with what is wrong with it beside it.</summary>
/// <param name="Path">Its name in submissions and errors, such as <c>contact.email</c>.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Value">What was typed.</param>
/// <param name="Kind">How it is typed into.</param>
internal sealed record FormField(string Path, string Label, string Value, FieldKind Kind)
{
    public string Hint { get; init; } = "";
    public string Placeholder { get; init; } = "";
    // Never "off": a browser that comes back to the form would have forgotten what was typed.
    public string? Autocomplete { get; init; }
    public int Rows { get; init; } = 4;
    public bool IsRequired { get; init; }
    public bool HasFocus { get; init; }
    public ImmutableArray<string> Errors { get; init; } = [];
    public ImmutableArray<string> Warnings { get; init; } = [];

    public string Id => IdOf(Path);
    public string NotesId => $"{Id}-notes";
    public string DescribedBy => Hint.Length > 0 ? $"{Id}-hint {NotesId}" : NotesId;
    public string? IsInvalid => Errors.IsEmpty ? null : "true";
    public bool IsArea => Kind is FieldKind.Lines or FieldKind.Code;

    public string Type => Kind switch
    {
        FieldKind.Email => "email",
        FieldKind.Url => "url",
        FieldKind.Phone => "tel",
        _ => "text",
    };

    public string? InputMode => Kind == FieldKind.Number ? "numeric" : null;

    /// <summary>The element of a field, or of an entry of a list: <c>senders[1]</c> is in the field <c>senders</c>, but each key has its own.</summary>
    public static string IdOf(string path) => path.StartsWith("keys[", StringComparison.Ordinal) ? $"key-{path[5..^1]}" : FieldOf(path).Replace('.', '-');

    /// <summary>What the form calls the field of an error: as everywhere, but for the two that the form alone has.</summary>
    public static string LabelOf(string path) => path switch
    {
        "keyFile" => "Key from a file",
        _ when path.StartsWith("keys[", StringComparison.Ordinal) && int.TryParse(path[5..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index) =>
            string.Create(CultureInfo.InvariantCulture, $"Key {index + 1}"),
        _ => RegistrationFields.LabelOf(path),
    };

    /// <summary>The field that an error's path lies in.</summary>
    public static string FieldOf(string path) => path.Split('[')[0];
}
