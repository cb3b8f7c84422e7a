using System.CommandLine;
using ActionMail.Cli.Terminal;
using ActionMail.Mail.Arc;
using ActionMail.Mail.Dkim;
using ActionMail.Server.Network;

namespace ActionMail.Cli.Senders;

/// <summary><c>actionmail arc check FILE.eml…</c>: whether the chain of a mail holds, and who sealed it.</summary>
internal static class ArcCheck
{
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("check", "Say whether the ARC chain (RFC 8617) of a mail holds, and who sealed it.", RunAsync)
    {
        Arguments = { MailInput.Files },
        Options = { DnsSource.Zone, DnsSource.Server, MailInput.At, Json },
        Examples =
        [
            "actionmail arc check mail.eml",
            "actionmail arc check mail.eml --zone relay.zone --json",
        ],
        NoMeans = "never: each result of ARC is exit code 0",
        Notes = $"A chain that holds proves who sealed it, not that what they say is true.\n{MailInput.Notes}\n{DnsSource.Notes}",
    };

    internal sealed record Line(string Result, string? Reason, IReadOnlyList<Set> Chain);

    /// <summary>Seal and message are pass, fail, or null where they were not checked.</summary>
    internal sealed record Set(int Instance, string Domain, string Selector, string Cv, string? Seal, string? Message, string AuthenticationResults);

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!MailInput.TryReadAll(parse, out var mails, out var problem) || !DnsSource.TryOpen(parse, out var dns, out problem))
            return new Answer.BadInput(problem);
        var keys = new DkimKeyCache();
        foreach (var mail in mails.Select(raw => SignedMail.Read(raw)))
        {
            using var inquiry = new DnsInquiry(dns, new(), TimeProvider.System);
            var line = LineOf(await inquiry.DecideAsync(known => ArcEvaluation.Next(mail, known, MailInput.Now(parse), keys), cancel));
            if (parse.GetValue(Json))
                parse.PrintJsonLine(line);
            else
                Print(line, parse.Output);
        }
        return new Answer.Done();
    }

    private static Line LineOf(ArcResult result) => new(result.Result.ToString().ToLowerInvariant(), result.Reason, [.. result.Chain.Select(SetOf)]);

    private static Set SetOf(ArcSet set) => new(set.Instance, set.Domain, set.Selector, set.Cv, WordOf(set.SealHolds), WordOf(set.MessageHolds), set.AuthenticationResults);

    private static string? WordOf(bool? holds) => holds switch { true => "pass", false => "fail", null => null };

    private static void Print(Line line, TextWriter output)
    {
        output.WriteLine(line.Result + (line.Reason is { } reason ? $": {reason.Printable}" : ""));
        foreach (var set in line.Chain)
        {
            output.WriteLine($"  {set.Instance,2}  {set.Domain}: seal {set.Seal ?? "not checked"}, cv={set.Cv}{(set.Message is { } message ? $", message {message}" : "")}");
            output.WriteLine($"      {set.AuthenticationResults.Printable}");
        }
    }
}
