using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards;

/// <summary>
/// A text with places for input values, <c>{{inputId.value}}</c>, read once: a substituted value is never looked at again, so
/// it cannot smuggle another place in. Anything else in double braces is plain text. Protocol §4.
/// </summary>
public sealed class Template
{
    private const string Suffix = ".value";

    private Template(ImmutableArray<Piece> pieces) => Pieces = pieces;

    /// <summary>The pieces in order; two literals never touch.</summary>
    public ImmutableArray<Piece> Pieces { get; }

    /// <summary>The text before the first place.</summary>
    public string LiteralPrefix => Pieces is [{ InputId: null } first, ..] ? first.Text : "";

    /// <summary>True when the text has no place for a value.</summary>
    public bool IsLiteral => Pieces is [] or [{ InputId: null }];

    /// <summary>The ids of the inputs that the text names.</summary>
    public IEnumerable<string> InputIds => Pieces.Where(piece => piece.InputId is not null).Select(piece => piece.InputId!);

    /// <summary>Reads a text; every text is a template.</summary>
    public static Template Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        var (literalStart, close) = (0, -1);
        for (var open = text.IndexOf("{{", StringComparison.Ordinal); open >= 0;)
        {
            // Kept while it lies ahead: a long row of opening braces must not each look for the end of the text.
            if (close < open + 2)
                close = text.IndexOf("}}", open + 2, StringComparison.Ordinal);
            if (close < 0)
                break;
            if (InputIdOf(text.AsSpan(open + 2, close - open - 2)) is not { } inputId)
            {
                open = text.IndexOf("{{", open + 1, StringComparison.Ordinal);
                continue;
            }
            AddLiteral(pieces, text[literalStart..open]);
            pieces.Add(new(text[open..(close + 2)], inputId));
            literalStart = close + 2;
            open = text.IndexOf("{{", literalStart, StringComparison.Ordinal);
        }
        AddLiteral(pieces, text[literalStart..]);
        return new(pieces.ToImmutable());
    }

    /// <summary>The text with every place filled by <paramref name="valueOf"/>, which is told the piece's index.</summary>
    public string Fill(Func<int, string, string> valueOf)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        return string.Concat(Pieces.Select((piece, index) => piece.InputId is { } id ? valueOf(index, id) : piece.Text));
    }

    /// <summary>The same text, its places naming the inputs that <paramref name="idOf"/> says.</summary>
    internal Template WithInputs(Func<string, string> idOf) => new([.. Pieces.Select(piece => Renamed(piece, idOf))]);

    /// <summary>The text as the card has it.</summary>
    public override string ToString() => string.Concat(Pieces.Select(piece => piece.Text));

    private static string? InputIdOf(ReadOnlySpan<char> inner)
    {
        var trimmed = inner.Trim();
        return trimmed.Length > Suffix.Length && trimmed.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) && trimmed.IndexOf('{') < 0
            ? trimmed[..^Suffix.Length].ToString()
            : null;
    }

    private static Piece Renamed(Piece piece, Func<string, string> idOf) =>
        piece.InputId is { } id && idOf(id) is var other && other != id ? new($"{{{{{other}{Suffix}}}}}", other) : piece;

    private static void AddLiteral(ImmutableArray<Piece>.Builder pieces, string text)
    {
        if (text.Length > 0)
            pieces.Add(new(text, null));
    }

    /// <summary>A literal text, or (with an id) a place for the value of that input.</summary>
    public readonly record struct Piece(string Text, string? InputId);
}
