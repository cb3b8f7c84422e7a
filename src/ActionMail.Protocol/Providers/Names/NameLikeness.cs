using System.Globalization;
using System.Text;

namespace ActionMail.Protocol.Providers.Names;

/// <summary>
/// Which names a reader would take for each other, as Unicode TR39 §4 compares them: by a skeleton in which letters that look alike are the same.
/// Ours goes further where people do: letter case, accents, spaces and punctuation make no difference. Security B-07, J-07.
/// </summary>
public static class NameLikeness
{
    /// <summary>
    /// The skeleton: small ASCII letters and digits for everything that looks like them, other letters as they are. Names of nothing but
    /// punctuation have the empty skeleton, which is like no other.
    /// </summary>
    public static string Skeleton(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var skeleton = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
            skeleton.Append(Confusables.Prototype(rune) ?? (IsWordPart(rune) ? Rune.ToLowerInvariant(rune).ToString() : ""));
        // Two letters that together look like one. They come last, so that "rn" is found in other scripts too.
        return skeleton.Replace("rn", "m").Replace("vv", "w").ToString();
    }

    private static bool IsWordPart(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.OtherSymbol;
}
