using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ActionMail.Mail.Spf;

/// <summary>Reads text with macros by the grammar of RFC 7208 §7.1. What does not follow it is null, and the record that has it a permerror.</summary>
internal static class SpfMacroParser
{
    private const string NameLetters = "slodiphv";
    private const string ExplanationLetters = NameLetters + "crt"; // §7.2: in explanations alone
    private const string Delimiters = ".-+,/_=";

    /// <summary><c>domain-spec</c>: ends with a macro, or with a dot and a top label.</summary>
    public static SpfMacroString? ReadDomainSpec(string text) =>
        Read(text, NameLetters, IsVisible, out var tail) is { } read && text.Length > 0 && (tail.Length == 0 || EndsInTopLabel(tail)) ? read : null;

    /// <summary><c>macro-string</c>, the value of an unknown modifier.</summary>
    public static SpfMacroString? ReadMacroString(string text) => Read(text, NameLetters, IsVisible, out _);

    /// <summary><c>explain-string</c>: spaces too, and the letters that are for explanations.</summary>
    public static SpfMacroString? ReadExplanation(string text) => Read(text, ExplanationLetters, letter => letter == ' ' || IsVisible(letter), out _);

    private static bool IsVisible(char letter) => letter is > ' ' and < '\x7f';

    private static SpfMacroString? Read(string text, string letters, Func<char, bool> isLiteral, out ReadOnlySpan<char> tail)
    {
        var pieces = new Pieces();
        var rest = tail = text;
        while (rest is [var letter, ..])
        {
            rest = rest[1..];
            if (letter == '%' ? !ReadExpand(ref rest, letters, pieces) : !isLiteral(letter))
                return null;
            if (letter == '%')
                tail = rest;
            else
                pieces.Add(letter);
        }
        return new(text, pieces.ToImmutable());
    }

    private static bool ReadExpand(ref ReadOnlySpan<char> rest, string letters, Pieces pieces)
    {
        if (ReadEscape(ref rest) is { } escaped)
            pieces.Add(escaped);
        else if (ReadMacro(ref rest, letters) is { } macro)
            pieces.Add(macro);
        else
            return false;
        return true;
    }

    private static string? ReadEscape(ref ReadOnlySpan<char> rest)
    {
        var escaped = rest switch { ['%', ..] => "%", ['_', ..] => " ", ['-', ..] => "%20", _ => null };
        if (escaped is not null)
            rest = rest[1..];
        return escaped;
    }

    // "{" letter, digits, "r", delimiters "}"
    private static SpfMacroPiece.Macro? ReadMacro(ref ReadOnlySpan<char> rest, string letters)
    {
        if (rest is not ['{', var letter, ..] || !letters.Contains(char.ToLowerInvariant(letter), StringComparison.Ordinal))
            return null;
        rest = rest[2..];
        var digits = Take(ref rest, rest.IndexOfAnyExceptInRange('0', '9'));
        var isReversed = rest is ['r' or 'R', ..];
        if (isReversed)
            rest = rest[1..];
        var delimiters = Take(ref rest, rest.IndexOfAnyExcept(Delimiters));
        if (rest is not ['}', ..] || (digits.Length > 0 && !digits.ContainsAnyExcept('0')))
            return null; // §7.3: the number of parts is not zero
        rest = rest[1..];
        var parts = digits.Length > 0 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
        return new(char.ToLowerInvariant(letter), char.IsAsciiLetterUpper(letter), parts, isReversed, delimiters.Length > 0 ? delimiters.ToString() : ".");
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest, int end)
    {
        var taken = end < 0 ? rest : rest[..end];
        rest = rest[taken.Length..];
        return taken;
    }

    // toplabel: letters, digits and inner hyphens, not digits alone; one dot may follow.
    private static bool EndsInTopLabel(ReadOnlySpan<char> tail)
    {
        if (tail is [.., '.'])
            tail = tail[..^1];
        var dot = tail.LastIndexOf('.');
        var label = tail[(dot + 1)..];
        return dot >= 0 && label.Length > 0 && char.IsAsciiLetterOrDigit(label[0]) && char.IsAsciiLetterOrDigit(label[^1]) && IsLabel(label);
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        var hasOther = false;
        foreach (var letter in label)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '-')
                return false;
            hasOther |= !char.IsAsciiDigit(letter);
        }
        return hasOther;
    }

    /// <summary>Pieces with the literal text between two macros as one.</summary>
    private sealed class Pieces
    {
        private readonly ImmutableArray<SpfMacroPiece>.Builder _pieces = ImmutableArray.CreateBuilder<SpfMacroPiece>();
        private readonly StringBuilder _literal = new();

        public void Add(char letter) => _literal.Append(letter);

        public void Add(string text) => _literal.Append(text);

        public void Add(SpfMacroPiece.Macro macro)
        {
            EndLiteral();
            _pieces.Add(macro);
        }

        public ImmutableArray<SpfMacroPiece> ToImmutable()
        {
            EndLiteral();
            return _pieces.ToImmutable();
        }

        private void EndLiteral()
        {
            if (_literal.Length > 0)
                _pieces.Add(new SpfMacroPiece.Literal(_literal.ToString()));
            _literal.Clear();
        }
    }
}
