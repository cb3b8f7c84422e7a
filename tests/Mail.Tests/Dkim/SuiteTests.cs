using System.Text;
using ActionMail.Mail.Arc;
using ActionMail.Mail.Dns;
using ActionMail.Tests;

namespace ActionMail.Mail.Tests.Dkim;

public class SuiteTests
{
    [Theory]
    [InlineData("001", "2018-06-13T13:38:29Z", "Pass 256 True", "Pass 1024 True")]
    [InlineData("002", "2021-03-15T17:00:00Z", "Pass 1024 True")]
    [InlineData("003", "2022-11-04T20:10:00Z", "Pass 1024 True", "Pass 1024 True")]
    [InlineData("004", "2022-11-07T23:20:00Z", "Pass 1024 True")]
    [InlineData("005", "2022-11-07T17:55:00Z", "Pass 1024 True")]
    [InlineData("005", "2022-11-08T17:54:24Z", "Fail  True")]
    [InlineData("006", "2022-11-02T18:46:00Z", "Pass 1024 True")]
    public void Mails_of_real_senders_have_their_results(string name, string at, params string[] expected)
    {
        var (zone, mail) = Read($"dkim/stalwart/{name}.txt");

        var results = Verifying.Dkim(mail, zone, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(expected, results.Select(result => $"{result.Result} {result.KeyBits} {result.CoversWholeBody}"));
    }

    [Theory]
    [InlineData("001", 1)]
    [InlineData("002", 2)]
    public void Chains_of_real_sealers_pass(string name, int sets)
    {
        var (zone, mail) = Read($"arc/stalwart/{name}.txt");

        var result = Verifying.Arc(mail, zone);

        Assert.Equal((ArcResultWord.Pass, null), (result.Result, result.Reason));
        Assert.Equal(sets, result.Chain.Length);
    }

    private static (Zone Zone, byte[] Mail) Read(string file)
    {
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(TestData.Path(file))).ReplaceLineEndings("\n");
        var (head, mail) = (text[..text.IndexOf("\n\n", StringComparison.Ordinal)], text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        return (Verifying.Zone(head.Split('\n').Select(line => line.Split(' ', 2)).Select(line => Verifying.Txt(line[0], line[1]))), Verifying.Wire(mail));
    }
}
