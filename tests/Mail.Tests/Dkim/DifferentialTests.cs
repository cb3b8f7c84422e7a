using ActionMail.Mail.Dkim;
using CsCheck;

namespace ActionMail.Mail.Tests.Dkim;

public class DifferentialTests
{
    private const string Seed = "0000KeyoLfA5";

    // White space and line ends are what canonicalization is about; the runs are long enough for the wide comparison too.
    private static readonly string[] Pieces =
    [
        " ", "  ", "\t", " \t ", "\r\n", "\r\n\r\n", " \r\n", "\t\r\n", "a", "word", "two words", "A line of text, as most of a mail is made of.", "=20", "\u00E4", ".", "--",
        "a text without any white space that is longer than the width of a vector register".Replace(' ', '-'), "                                        ",
    ];

    private static readonly string[] Forms = ["simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed"];

    private static readonly Gen<string> Text = Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]).Array[0, 30].Select(string.Concat);

    private static readonly Gen<string> Value = Text.Select(text => string.Join("\r\n ", text.Split("\r\n").Where(line => line.Trim().Length > 0)) is { Length: > 0 } value ? value : "x");

    private static readonly Gen<(string Mail, string Form, int At, byte Byte)> Case =
        Gen.Select(Value, Value, Text, Gen.Int[0, Forms.Length - 1], Gen.Int[0, 2000], Gen.Int[0, 3].Select(index => " \ta."u8[index]))
            .Select((subject, other, body, form, at, b) => ($"From: a@contoso.test\r\nSubject:{subject}\r\nX-Other :  {other}\r\n\r\n{body}", Forms[form], at, b));

    [Fact]
    public void Both_verifiers_agree_on_what_was_signed_and_on_what_was_changed()
    {
        var record = NaiveSigner.Record(NaiveSigner.Key);
        var zone = new GoldenMail().Zone;
        var (passed, failed) = (0, 0);
        var keys = new DkimKeyCache();
        foreach (var (mail, form, at, changed) in Samples(Case, 400))
        {
            var signed = Verifying.Wire(new GoldenMail { Text = mail }.With($"c={form}", "h=from:subject:x-other").Signed());
            Assert.Equal(DkimResultWord.Pass, Assert.Single(Verifying.Dkim(signed, zone, keys: keys)).Result);

            var start = signed.AsSpan().IndexOf("From:"u8) + "From: a@contoso.test\r\nSubject:".Length;
            var place = start + (at % Math.Max(1, signed.Length - start));
            if (place >= signed.Length || signed[place] is (byte)'\r' or (byte)'\n')
                continue;
            signed[place] = changed;
            var here = Assert.Single(Verifying.Dkim(signed, zone, keys: keys)).Result == DkimResultWord.Pass;
            Assert.True(here == MimeKitVerifier.Passes(signed, record), System.Text.Encoding.Latin1.GetString(signed));
            _ = here ? passed++ : failed++;
        }
        Assert.InRange(passed, 20, 400);
        Assert.InRange(failed, 20, 400);
    }

    // The same samples on every machine.
    private static IEnumerable<T> Samples<T>(Gen<T> gen, int count)
    {
        var random = PCG.Parse(Seed);
        for (var i = 0; i < count; i++)
            yield return gen.Generate(random, null, out _);
    }
}
