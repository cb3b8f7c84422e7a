using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>Collects what is wrong with a submission and what is worth knowing, so that all of it is told at once.</summary>
internal sealed class SubmissionFindings
{
    private const int LongestQuote = 80;

    private readonly ImmutableArray<SubmissionError>.Builder _errors = ImmutableArray.CreateBuilder<SubmissionError>();
    private readonly ImmutableArray<SubmissionWarning>.Builder _warnings = ImmutableArray.CreateBuilder<SubmissionWarning>();

    public ImmutableArray<SubmissionError> Errors => _errors.ToImmutable();

    public ImmutableArray<SubmissionWarning> Warnings => _warnings.ToImmutable();

    public void Refuse(string field, string code, string words) => _errors.Add(new(field, code, words));

    public void Warn(string field, string code, string words) => _warnings.Add(new(field, code, words));

    /// <summary>What was typed, for a sentence: shortened, and without characters that would change how the sentence is seen.</summary>
    public static string Quoted(string typed)
    {
        var text = new StringBuilder("'");
        foreach (var rune in typed.EnumerateRunes().Take(LongestQuote))
            text.Append(IsHarmless(rune) ? rune.ToString() : "\uFFFD");
        return text.Append(typed.Length > LongestQuote ? "…'" : "'").ToString();
    }

    private static bool IsHarmless(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
