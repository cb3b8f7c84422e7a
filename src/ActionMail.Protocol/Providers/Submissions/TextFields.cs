using System.Globalization;
using System.Text;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>Reads the fields that are words. Each answers null, and says why, when the words cannot be taken.</summary>
internal static class TextFields
{
    // Letters of scripts that draw nothing: a name of them looks like another name, or like none. Unicode TR39 §3.1, Default_Ignorable_Code_Point.
    private static readonly (int First, int Last)[] Undrawn =
        [(0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF)];

    /// <summary>One line that people are to recognize: nothing in it that cannot be seen. Security J-07, J-13.</summary>
    public static string? Name(SubmissionFindings findings, string field, string? typed, string what, int longest)
    {
        if (Words(findings, field, typed, what, longest) is not { } text)
            return null;
        if (IsWellFormed(text) && text.EnumerateRunes().All(IsVisible))
            return text;
        findings.Refuse(field, SubmissionCode.InvisibleCharacters,
            "There are characters in it that cannot be seen or that turn the direction of others (a line break, a control, a zero-width or direction character). Type it anew.");
        return null;
    }

    /// <summary>Lines of prose; line ends become LF.</summary>
    public static string? Prose(SubmissionFindings findings, string field, string? typed, string what, int longest)
    {
        if (Words(findings, field, typed?.ReplaceLineEndings("\n"), what, longest) is not { } text)
            return null;
        if (IsWellFormed(text) && !text.EnumerateRunes().Any(IsControl))
            return text;
        findings.Refuse(field, SubmissionCode.InvisibleCharacters, "There are control characters in it, or characters that turn the direction of others. Take them out.");
        return null;
    }

    private static string? Words(SubmissionFindings findings, string field, string? typed, string what, int longest)
    {
        var text = (typed ?? "").Trim();
        if (text.Length is var length and > 0 && length <= longest)
            return text;
        if (text.Length == 0)
            findings.Refuse(field, SubmissionCode.Required, $"Give {what}.");
        else
            findings.Refuse(field, SubmissionCode.TooLong, string.Create(CultureInfo.InvariantCulture, $"It has {text.Length} characters; at most {longest} are taken."));
        return null;
    }

    // Half a surrogate pair cannot be written in UTF-8: what is stored would be another text.
    private static bool IsWellFormed(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]) && !(char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[++at])))
                return false;
        }
        return true;
    }

    private static bool IsVisible(Rune rune) =>
        rune.Value == ' '
        || (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator)
            && !Undrawn.Any(range => rune.Value >= range.First && rune.Value <= range.Last));

    // A joiner is spelling in some scripts and glue in emoji, so of the format characters only those that turn the direction are refused. Unicode TR9 §2.
    private static bool IsControl(Rune rune) =>
        rune.Value is not ('\n' or '\t') && (Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));
}
