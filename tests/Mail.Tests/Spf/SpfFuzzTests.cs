using System.Diagnostics;
using System.Net;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Spf;
using ActionMail.Mail.Tests.Dns;
using ActionMail.Tests;
using CsCheck;

namespace ActionMail.Mail.Tests.Spf;

public class SpfFuzzTests
{
    private const string Seed = "0000KeyoLfA5";
    private const int Rounds = 20_000;

    // What is between the pieces decides: terms, macros and addresses in any order, some damaged.
    private static readonly string[] Pieces =
    [
        "v=spf1", " ", " ", " ", "+", "-", "~", "?", "all", "include:", "a", "mx", "ptr", "exists:", "ip4:", "ip6:", "redirect=", "exp=", "moo=", ":", "/", "//", "=", ".",
        "192.0.2.1", "2001:db8::1", "24", "129", "from.test", "b.test", "down.test", "%{", "}", "%{d}", "%{ir}", "%{l1r-}", "%{p}", "%{S}", "%{h2}", "%%", "%_", "%-", "%",
        "1", "r", "\t", "\0", "\u00E9", "xn--", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    private static readonly string[] ZonePieces =
    [
        "a.test", " ", " ", "\t", "\n", "\r\n", "A", "AAAA", "MX", "TXT", "SPF", "PTR", "CNAME", "NS", "TIMEOUT", "SERVFAIL", "NONE", "192.0.2.1", "2001:db8::1", "10", "\"", "\"",
        "\\", "\\032", "\\999", ";", "#", "v=spf1 -all", ".", "IN", "300", "\0", "\u00E9",
    ];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Select(at => Pieces[at]).Array[0, 24].Select(string.Concat);

    [Fact]
    public void Any_record_is_read_or_refused_and_what_was_read_is_read_again_alike() =>
        Texts.SampleFixed(
            text =>
            {
                switch (SpfRecord.Read("v=spf1 " + text))
                {
                    case SpfRecordReading.Read(var record):
                        var again = "v=spf1 " + string.Join(' ', record.Directives.Select(directive => directive.Text));
                        Assert.Equal(record.Directives.Length, Assert.IsType<SpfRecordReading.Read>(SpfRecord.Read(again)).Record.Directives.Length);
                        break;
                    case SpfRecordReading.Refused(var why): Assert.NotEmpty(why); break;
                    default: throw new UnreachableException();
                }
            }, seed: Seed, iter: Rounds);

    [Fact]
    public void Any_records_sender_and_greeting_have_a_result_within_the_limits()
    {
        var down = "down.test TIMEOUT\n1.2.0.192.in-addr.arpa PTR b.test\nb.test A 192.0.2.1\nfrom.test MX 1 b.test\n";
        Gen.Select(Texts, Texts, Texts, Texts).SampleFixed(
            (first, second, greeting, localPart) =>
            {
                var zone = ZoneFileTests.Zone(ZoneFile.Read($"from.test TXT \"v=spf1 {Escaped(first)}\"\nb.test TXT \"v=spf1 {Escaped(second)}\"\n{down}"));
                var query = new SpfQuery(IPAddress.Parse("192.0.2.1"), greeting, localPart + "@from.test");

                var result = Drive.ToTheEnd(known => SpfEvaluation.Next(query, known), zone, out var known, out _);

                Assert.True(Enum.IsDefined(result.Outcome));
                Assert.InRange(known.Asked.Count, 1, 60);
                Assert.True(result.Explanation is null || result.Explanation.All(letter => letter is >= ' ' and < '\x7f'));
            }, seed: Seed, iter: Rounds / 4);
    }

    [Fact]
    public void Any_zone_file_is_read_or_its_line_is_named() =>
        Gen.Int[0, ZonePieces.Length - 1].Select(at => ZonePieces[at]).Array[0, 24].Select(string.Concat).SampleFixed(
            text =>
            {
                if (ZoneFile.Read(text) is ZoneReading.Refused(var line, var why))
                    Assert.True(line >= 1 && line <= text.Count(letter => letter == '\n') + 1 && why.Length > 0);
            }, seed: Seed, iter: Rounds);

    [Theory]
    [InlineData("terms", "a:%{ir}.b.test ")]
    [InlineData("macros", "%{l1r-}")]
    [InlineData("percent signs", "%%")]
    [InlineData("open macros", "%{d")]
    [InlineData("dots", ".")]
    [InlineData("digits", "1")]
    [InlineData("slashes", "/")]
    public void Reading_takes_time_in_proportion(string why, string piece) =>
        AssertInProportion(why, times => SpfRecord.Read("v=spf1 a:" + string.Concat(Enumerable.Repeat(piece, 2_000 * times))));

    [Theory]
    [InlineData("records of one name", "a.test A 192.0.2.1\n")]
    [InlineData("one line of escapes", "\\032")]
    [InlineData("one line of blanks", " ")]
    [InlineData("one line of quotes", "\"\" ")]
    public void Reading_a_zone_takes_time_in_proportion(string why, string piece) =>
        AssertInProportion(why, times => ZoneFile.Read("a.test TXT " + string.Concat(Enumerable.Repeat(piece, 2_000 * times))));

    // Ten times the text takes a hundred times as long where time grows as a square. On a busy machine one measurement says little, so one good one is enough.
    private static void AssertInProportion(string why, Action<int> read)
    {
        var measured = Enumerable.Range(0, 10).Select(_ => (Small: Time(() => read(1)), Large: Time(() => read(10))));

        Assert.True(measured.Any(time => time.Large < time.Small * 30 + TimeSpan.FromMilliseconds(2)), why);
    }

    private static TimeSpan Time(Action act)
    {
        var clock = Stopwatch.StartNew();
        act();
        return clock.Elapsed;
    }

    private static string Escaped(string text) => string.Concat(text.Select(letter => letter is < ' ' or '"' or '\\' or > '~' ? $"\\{(int)letter:D3}" : letter.ToString()));
}
