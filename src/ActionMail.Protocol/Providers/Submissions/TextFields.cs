using System.Buffers;
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
        if (First(text, rune => !IsVisible(rune)) is not { } unseen)
            return text;
        findings.Refuse(field, SubmissionCode.InvisibleCharacters,
            $"{unseen} cannot be seen, or changes how others are seen (a line break, a control, a zero-width or direction character). Take it out.");
        return null;
    }

    /// <summary>Lines of prose; line ends become LF.</summary>
    public static string? Prose(SubmissionFindings findings, string field, string? typed, string what, int longest)
    {
        if (Words(findings, field, typed?.ReplaceLineEndings("\n"), what, longest) is not { } text)
            return null;
        if (First(text, IsControl) is not { } control)
            return text;
        findings.Refuse(field, SubmissionCode.InvisibleCharacters, $"{control} is a control character, or one that turns the direction of others. Take it out.");
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

    // The first that may not be there, by its code point and its place, since the reader of a message about it cannot see it either. Half a surrogate pair cannot be written in
    // UTF-8: what is stored would be another text.
    private static string? First(string text, Func<Rune, bool> isRefused)
    {
        var rest = text.AsSpan();
        for (var place = 1; Rune.DecodeFromUtf16(rest, out var rune, out var length) is var status && length > 0; place++)
        {
            if (status != OperationStatus.Done || isRefused(rune))
                return string.Create(CultureInfo.InvariantCulture, $"Character {place} (U+{(status == OperationStatus.Done ? rune.Value : rest[0]):X4})");
            rest = rest[length..];
        }
        return null;
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
