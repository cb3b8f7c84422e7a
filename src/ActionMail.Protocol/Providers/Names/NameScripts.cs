using System.Globalization;
using System.Text;

namespace ActionMail.Protocol.Providers.Names;

/// <summary>Whether a word is written in more than one script, as no language writes it. Unicode TR39 §5.2, "Highly Restrictive", word by word.</summary>
public static class NameScripts
{
    private enum Script
    {
        Latin,
        Greek,
        Cyrillic,
        Armenian,
        Hebrew,
        Arabic,
        Georgian,
        Cherokee,
        Japanese,
        Korean,
        Han,
    }

    // Letters of a script that is not here belong to every word: they cannot be taken for Latin.
    private static readonly (int First, int Last, Script Script)[] Ranges =
    [
        (0x0041, 0x024F, Script.Latin), (0x0250, 0x02AF, Script.Latin), (0x0370, 0x03FF, Script.Greek), (0x0400, 0x052F, Script.Cyrillic), (0x0531, 0x058F, Script.Armenian),
        (0x0590, 0x05FF, Script.Hebrew), (0x0600, 0x06FF, Script.Arabic), (0x10A0, 0x10FF, Script.Georgian), (0x1100, 0x11FF, Script.Korean), (0x13A0, 0x13FF, Script.Cherokee),
        (0x1D00, 0x1DBF, Script.Latin), (0x1E00, 0x1EFF, Script.Latin), (0x1F00, 0x1FFF, Script.Greek), (0x3040, 0x30FF, Script.Japanese), (0x3400, 0x9FFF, Script.Han),
        (0xA640, 0xA69F, Script.Cyrillic), (0xAB70, 0xABBF, Script.Cherokee), (0xAC00, 0xD7AF, Script.Korean), (0xFF66, 0xFF9D, Script.Japanese), (0x20000, 0x323AF, Script.Han),
    ];

    /// <summary>True when a word has letters of two scripts, such as Latin with a Cyrillic letter in it. Chinese, Japanese and Korean are written with Latin.</summary>
    public static bool AreMixed(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var inWord = new HashSet<Script>();
        foreach (var rune in name.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune) && !IsMark(rune))
                inWord.Clear();
            else if (ScriptOf(rune) is { } script && inWord.Add(script) && !MayStandTogether(inWord))
                return true;
        }
        return false;
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool MayStandTogether(HashSet<Script> scripts) =>
        scripts.Count == 1
        || (scripts.All(script => script is Script.Latin or Script.Han or Script.Japanese or Script.Korean)
            && !(scripts.Contains(Script.Japanese) && scripts.Contains(Script.Korean)));

    private static Script? ScriptOf(Rune rune)
    {
        foreach (var (first, last, script) in Ranges)
        {
            if (rune.Value >= first && rune.Value <= last)
                return script;
        }
        return null;
    }
}
