using System.Buffers;
using System.Text;

namespace ActionMail.Server.Providers;

/// <summary>
/// CSV as RFC 4180 has it, with cells that no spreadsheet takes for a formula. Each cell is quoted, so that no separator of any locale is one;
/// a cell of which a line begins like a formula gets an apostrophe in front, which people know as "this is text". Security J-09.
/// </summary>
internal static class CsvText
{
    public const string MediaType = "text/csv; charset=utf-8";

    // Excel, LibreOffice and Google take the full-width forms for the same; tab, CR and NUL are passed over before the next character is judged.
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\0＝＋－＠");

    /// <summary>The rows with CRLF behind each. Null is an empty cell.</summary>
    public static string Of(IEnumerable<IReadOnlyList<string?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    /// <summary>One cell, quoted and harmless.</summary>
    public static string Cell(string? value)
    {
        var text = value ?? "";
        return $"\"{(IsLikeFormula(text) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    // A reader that knows nothing of quoted line breaks begins a row, and with it a cell, at each of them.
    private static bool IsLikeFormula(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty && FormulaStarts.Contains(line[0]))
                return true;
        }
        return text.Length > 0 && FormulaStarts.Contains(text[0]);
    }
}
