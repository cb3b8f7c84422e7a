using System.Collections.Immutable;
using System.Text;

namespace ActionMail.Protocol.Cards.Templating;

internal abstract record TemplateTextReading
{
    private TemplateTextReading() { }

    /// <summary>No expression begins in it: it stays what it is, escapes and all.</summary>
    public sealed record Plain : TemplateTextReading;

    public sealed record Read(TemplateText Text) : TemplateTextReading;

    public sealed record Unreadable(string Expression, int Column, string Why) : TemplateTextReading;
}

/// <summary>
/// A text with expressions. One that is nothing but one expression takes the value's own type; any other is joined into a text.
/// <c>\$</c> is a dollar sign that begins nothing. An expression that does not end is plain text.
/// </summary>
internal sealed record TemplateText(ImmutableArray<TemplateText.Piece> Pieces)
{
    // The two keep reading linear: each opening that nothing closes costs a search, and each search ends.
    private const int MaxUnclosed = 64;
    private const int MaxExpressionLength = 4_000;

    /// <summary>The expression, when there is nothing else; a lone literal counts as text, as in Microsoft's library.</summary>
    public TemplateExpression? Lone => Pieces is [{ Expression: { } expression and not TemplateExpression.Constant }] ? expression : null;

    public static TemplateTextReading Read(string text, int maxDepth)
    {
        if (!text.Contains("${", StringComparison.Ordinal))
            return new TemplateTextReading.Plain();
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        var literal = new StringBuilder();
        var unclosed = 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '$' or '`')
            {
                literal.Append(text[at + 1]);
                at += 2;
            }
            else if (unclosed < MaxUnclosed && text.AsSpan(at).StartsWith("${", StringComparison.Ordinal))
            {
                var end = ExpressionEnd(text, at + 2);
                if (end <= at + 2)
                {
                    unclosed++;
                    literal.Append(text[at++]);
                    continue;
                }
                Flush(pieces, literal);
                var source = text[(at + 2)..end];
                switch (ExpressionReader.Read(source, maxDepth))
                {
                    case ExpressionReading.Read(var expression): pieces.Add(new("", expression)); break;
                    case ExpressionReading.Unreadable(var column, var why): return new TemplateTextReading.Unreadable(source, column, why);
                }
                at = end + 1;
            }
            else
            {
                literal.Append(text[at++]);
            }
        }
        Flush(pieces, literal);
        return new TemplateTextReading.Read(new(pieces.ToImmutable()));
    }

    private static void Flush(ImmutableArray<Piece>.Builder pieces, StringBuilder literal)
    {
        if (literal.Length > 0)
            pieces.Add(new(literal.ToString(), null));
        literal.Clear();
    }

    // The index of the bracket that closes, strings and inner objects aside; -1 when there is none on the line.
    private static int ExpressionEnd(string text, int start)
    {
        var depth = 0;
        var limit = Math.Min(text.Length, start + MaxExpressionLength);
        for (var at = start; at < limit; at++)
        {
            switch (text[at])
            {
                case '}' when depth == 0: return at;
                case '}': depth--; break;
                case '{': depth++; break;
                case '\r' or '\n' or '`': return -1;
                case '\'' or '"':
                    at = StringEnd(text, at, limit);
                    break;
            }
        }
        return -1;
    }

    private static int StringEnd(string text, int quote, int limit)
    {
        for (var at = quote + 1; at < limit; at++)
        {
            if (text[at] == text[quote])
                return at;
            if (text[at] == '\\' && at + 1 < text.Length && (text[at + 1] == text[quote] || text[at + 1] == '\\'))
                at++;
        }
        return limit;
    }

    /// <summary>A literal, or (with an expression) a place.</summary>
    public readonly record struct Piece(string Literal, TemplateExpression? Expression);
}
