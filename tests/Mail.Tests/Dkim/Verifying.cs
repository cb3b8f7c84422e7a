using System.Collections.Immutable;
using System.Text;
using ActionMail.Mail.Arc;
using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Tests.Dkim;

/// <summary>Drives the evaluations with answers from a zone, and keeps what was asked.</summary>
internal static class Verifying
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static ImmutableArray<DkimResult> Dkim(byte[] mail, Zone zone, DateTimeOffset? now = null, DnsAnswers? known = null, DkimKeyCache? keys = null)
    {
        var (signed, cache, answers) = (SignedMail.Read(mail), keys ?? new(), known ?? new());
        return Run(() => DkimEvaluation.Next(signed, answers, now ?? Now, cache), zone, answers);
    }

    public static ArcResult Arc(byte[] mail, Zone zone, DateTimeOffset? now = null, DnsAnswers? known = null)
    {
        var (signed, cache, answers) = (SignedMail.Read(mail), new DkimKeyCache(), known ?? new());
        return Run(() => ArcEvaluation.Next(signed, answers, now ?? Now, cache), zone, answers);
    }

    public static Zone Zone(params IEnumerable<string> lines) =>
        Assert.IsType<ZoneReading.Read>(ZoneFile.Read(string.Join('\n', lines))).Zone;

    /// <summary>A TXT record as a line of a zone.</summary>
    public static string Txt(string name, string text) => $"{name} TXT \"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A mail that is stored with LF alone, as it was on the wire.</summary>
    public static byte[] Wire(string mail) => Encoding.Latin1.GetBytes(mail.ReplaceLineEndings("\r\n"));

    private static T Run<T>(Func<DnsStep<T>> next, Zone zone, DnsAnswers answers)
    {
        while (true)
        {
            switch (next())
            {
                case DnsStep<T>.Done(var result): return result;
                case DnsStep<T>.Ask(var questions):
                    Assert.NotEmpty(questions);
                    foreach (var question in questions)
                        answers.Add(question, zone.Answer(question));
                    break;
            }
        }
    }
}
