using System.Collections.Immutable;

namespace ActionMail.Mail.Spf;

/// <summary>Text with macros, such as <c>%{ir}.sbl.example.org</c>. RFC 7208 §7.1.</summary>
public sealed class SpfMacroString
{
    private readonly string _text;

    internal SpfMacroString(string text, ImmutableArray<SpfMacroPiece> pieces) => (_text, Pieces) = (text, pieces);

    internal ImmutableArray<SpfMacroPiece> Pieces { get; }

    /// <summary>Whether the names of the client's address have to be known, which takes questions of their own.</summary>
    internal bool NeedsPointers => Pieces.Any(piece => piece is SpfMacroPiece.Macro { Letter: 'p' });

    /// <summary>The text as it is published.</summary>
    public override string ToString() => _text;
}

internal abstract record SpfMacroPiece
{
    private SpfMacroPiece() { }

    public sealed record Literal(string Text) : SpfMacroPiece;

    /// <summary>The letter in lower case; the last <paramref name="Parts"/> parts, all of them where it is <see cref="int.MaxValue"/>.</summary>
    public sealed record Macro(char Letter, bool IsUrlEscaped, int Parts, bool IsReversed, string Delimiters) : SpfMacroPiece;
}
