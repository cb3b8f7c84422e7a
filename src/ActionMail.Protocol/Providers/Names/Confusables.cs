using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace ActionMail.Protocol.Providers.Names;

/// <summary>
/// What letters, digits and symbols look like in small ASCII: forms that Unicode calls compatible, letters with accents, and letters of other
/// scripts. The facts are those of Unicode's confusables, for the scripts that can be taken for Latin. The framework's own normalization is
/// not there without its culture data (decision 0002).
/// </summary>
internal static class Confusables
{
    // Letter i, letter l and digit 1 are one, and so are letter o and digit 0: in most typefaces nobody tells them apart.
    private const string AsciiPrototypes = "ol23456789";

    // From and to, place by place.
    private static readonly (string From, string To)[] Letters =
    [
        // Cyrillic
        ("АВЕКМНОРСТУХЅІЈԚԜѴԀЬЗҮЁЇ", "abekmhopctyxsljqwvdb3yel"),
        ("авекмнорстухѕіјԛԝѵԁьзүһӏгпёї", "abekmhopctyxsljqwvdb3yhlrnel"),
        // Greek
        ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "abezhlkmnoptyxc"),
        ("αβεγικνοπρστυχωηϲϳάέίόύώ", "abeylkvonpotuxwncjaeloyw"),
        // Armenian
        ("ՕՍՏԼօսոհյլզց", "ouslounhjlqg"),
        // Cherokee
        ("ᎠᎡᎢᎪᎫᎬᎳᎷᎻᏀᏃᏎᏏᏒᏔᏙᏚᏞᏟᏢᏦᏴᏧ", "drtajewmhgz4brwvslcpkbd"),
        // Latin that is not plain
        ("ıɑɡɩʏᴄᴀʙᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡᴢƒ", "laglycabdefghljklmnoprstuvwzf"),
        // Letterlike symbols, Roman numerals, ordinals
        ("ℂℊℋℌℍℎℐℑℒℓℕℙℚℛℜℝℤℬℭℯℰℱℳℴℹKÅ", "cghhhhllllnpqrrrzbceefmolka"),
        ("ⅠⅤⅩⅬⅭⅮⅯⅰⅴⅹⅼⅽⅾⅿªº|¡", "lvxlcdmlvxlcdmaoll"),
        ("⁰¹²³⁴⁵⁶⁷⁸⁹", AsciiPrototypes),
        ("₀₁₂₃₄₅₆₇₈₉", AsciiPrototypes),
    ];

    private static readonly (string From, string To)[] Ligatures =
    [
        ("Æ", "ae"), ("æ", "ae"), ("Œ", "oe"), ("œ", "oe"), ("ß", "ss"),
        ("ﬀ", "ff"), ("ﬁ", "fl"), ("ﬂ", "fl"), ("ﬃ", "ffl"), ("ﬄ", "ffl"), ("Ĳ", "lj"), ("ĳ", "lj"), ("№", "no"), ("™", "tm"),
    ];

    // U+00C0 to U+00FF and U+0100 to U+017F without their accents.
    private const string Latin1 = "aaaaaaaceeeelllldnoooooxouuuuypsaaaaaaaceeeelllldnooooo\0ouuuuypy";
    private const string LatinExtendedA =
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhlllllllllljjjjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    // Blocks in which the letters stand in order of the alphabet, or all have one letter under their accents.
    private static readonly (int First, int Last, Func<int, char> Letter)[] Blocks =
    [
        (0x00C0, 0x00FF, at => Latin1[at]),
        (0x0100, 0x017F, at => LatinExtendedA[at]),
        (0x01CD, 0x01DC, at => "aalloouuuuuuuuuu"[at]),
        (0x1EA0, 0x1EB7, _ => 'a'), (0x1EB8, 0x1EC7, _ => 'e'), (0x1EC8, 0x1ECB, _ => 'l'), (0x1ECC, 0x1EE3, _ => 'o'), (0x1EE4, 0x1EF1, _ => 'u'), (0x1EF2, 0x1EF9, _ => 'y'),
        (0x249C, 0x24B5, Alphabet), (0x24B6, 0x24E9, Alphabet),
        (0xFF21, 0xFF3A, Alphabet), (0xFF41, 0xFF5A, Alphabet),
        (0x1D400, 0x1D6A3, Alphabet), (0x1D7CE, 0x1D7FF, at => AsciiPrototypes[at % 10]),
        (0x1F130, 0x1F149, Alphabet), (0x1F150, 0x1F169, Alphabet), (0x1F170, 0x1F189, Alphabet), (0x1F1E6, 0x1F1FF, Alphabet),
    ];

    private static readonly FrozenDictionary<int, string> Prototypes = Letters
        .SelectMany(row => row.From.EnumerateRunes().Zip(row.To, (from, to) => (From: from.Value, To: to.ToString())))
        .Concat(Ligatures.Select(row => (From: row.From.EnumerateRunes().First().Value, row.To)))
        .ToFrozenDictionary(row => row.From, row => row.To);

    /// <summary>What the character looks like; empty for a mark over the letter before it; null when it looks like nothing in ASCII.</summary>
    public static string? Prototype(Rune rune)
    {
        if (Prototypes.TryGetValue(rune.Value, out var prototype))
            return prototype;
        if (rune.IsAscii)
            return Rune.IsLetterOrDigit(rune) ? Folded((char)rune.Value).ToString() : null;
        foreach (var (first, last, letter) in Blocks)
        {
            if (rune.Value >= first && rune.Value <= last)
                return letter(rune.Value - first) is var found and not '\0' ? found.ToString() : null;
        }
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark => "",
            UnicodeCategory.DecimalDigitNumber => AsciiPrototypes[(int)Rune.GetNumericValue(rune)].ToString(),
            _ => null,
        };
    }

    private static char Alphabet(int at) => Folded((char)('a' + (at % 26)));

    private static char Folded(char ascii) => char.ToLowerInvariant(ascii) switch
    {
        'i' or '1' => 'l',
        '0' => 'o',
        var small => small,
    };
}
