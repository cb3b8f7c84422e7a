using System.Text;
using ActionMail.Server.Providers;

namespace ActionMail.Server.Tests.Providers;

/// <summary>Security J-09: what hostile names become, read back by a strict reader of RFC 4180.</summary>
public sealed class CsvTextTests
{
    public static TheoryData<string> Formulas() =>
    [
        "=HYPERLINK(\"http://evil.test\",\"x\")", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\0=1", "＝1", "＋1", "－1", "＠1", "a,\"b\r\n=2\"", "x\n@y", "\r\n-1",
    ];

    [Theory]
    [MemberData(nameof(Formulas))]
    public void What_begins_like_a_formula_is_text(string name)
    {
        var row = Assert.Single(Read(CsvText.Of([[name, "next"]])));

        Assert.Equal(["'" + name, "next"], row);
    }

    [Theory]
    [InlineData("Contoso Approvals")]
    [InlineData("")]
    [InlineData("a;b,c\td")]
    [InlineData("\"quoted\" and \"\"")]
    [InlineData("two\r\nlines")]
    [InlineData("1-1=0")]
    [InlineData("コントソ 🛒")]
    public void Anything_else_stays_as_it_is(string name) => Assert.Equal([[name, "next"]], Read(CsvText.Of([[name, "next"]])));

    [Fact]
    public void Any_cells_read_back_as_the_same_rows()
    {
        var random = new Random(9);
        const string Alphabet = "a=+-@\t\r\n\0\",;'＝ é";
        var rows = Enumerable.Range(0, 500).Select(_ => Enumerable.Range(0, 3).Select(_ => new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => Alphabet[random.Next(Alphabet.Length)])])).ToArray()).ToArray();

        var read = Read(CsvText.Of(rows));

        Assert.Equal(rows.Length, read.Count);
        foreach (var (written, back) in rows.Zip(read))
        {
            Assert.Equal(written.Length, back.Length);
            foreach (var (cell, text) in written.Zip(back))
                Assert.True(text == cell || text == "'" + cell, text);
        }
    }

    [Fact]
    public void Nothing_is_an_empty_cell() => Assert.Equal("\"\",\"x\"\r\n", CsvText.Of([[null, "x"]]));

    // RFC 4180 §2 and nothing more: CRLF behind each row, quotes doubled, and no bare quote, CR or LF outside of them.
    private static List<string[]> Read(string text)
    {
        var (rows, row, at) = (new List<string[]>(), new List<string>(), 0);
        while (at < text.Length)
        {
            row.Add(ReadCell(text, ref at));
            if (text[at] == ',')
            {
                at++;
                continue;
            }
            Assert.Equal("\r\n", text.Substring(at, 2));
            at += 2;
            rows.Add([.. row]);
            row.Clear();
        }
        Assert.Empty(row);
        return rows;
    }

    private static string ReadCell(string text, ref int at)
    {
        var cell = new StringBuilder();
        if (text[at] != '"')
        {
            for (; text[at] is not (',' or '\r'); at++)
                cell.Append(Assert.Single([text[at]], c => c is not ('"' or '\n')));
            return cell.ToString();
        }
        for (at++; ; at++)
        {
            if (text[at] == '"' && text[++at] != '"')
                return cell.ToString();
            cell.Append(text[at]);
        }
    }
}
