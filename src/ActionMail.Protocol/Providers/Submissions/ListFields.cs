using System.Collections.Immutable;
using System.Globalization;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>Reads a field that is a list: each entry by itself, so that an error names its own.</summary>
internal static class ListFields
{
    /// <summary>Most entries of a list.</summary>
    public const int MostEntries = 100;

    /// <summary>The entries that can be taken, each once. <paramref name="read"/> is given the entry and its field's name, and answers null when it refused it.</summary>
    public static ImmutableArray<string> Read(
        SubmissionFindings findings, string field, ImmutableArray<string>? typed, string? whatIfNone, Func<string, string, string?> read)
    {
        var entries = typed.GetValueOrDefault();
        if (entries.IsDefaultOrEmpty)
        {
            if (whatIfNone is not null)
                findings.Refuse(field, SubmissionCode.Required, $"Give {whatIfNone}.");
            return [];
        }
        if (entries.Length > MostEntries)
        {
            findings.Refuse(field, SubmissionCode.TooMany, string.Create(CultureInfo.InvariantCulture, $"There are {entries.Length}; at most {MostEntries} are taken."));
            return [];
        }
        return [.. entries.Select((entry, index) => read((entry ?? "").Trim(), string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]")))
            .OfType<string>().Distinct(StringComparer.Ordinal)];
    }
}
