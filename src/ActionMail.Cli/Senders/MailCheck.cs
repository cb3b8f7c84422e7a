using System.CommandLine;
using ActionMail.Cli.Messages;
using ActionMail.Cli.Terminal;
using ActionMail.Mail.Message;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Intake;

namespace ActionMail.Cli.Senders;

/// <summary><c>actionmail mail check FILE.eml…</c>: who really sent a mail, with every mechanism's result, and what that means for its card.</summary>
internal static class MailCheck
{
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("check", "Say who really sent a mail: SPF, DKIM, DMARC, ARC, From, and what becomes of its card.", RunAsync)
    {
        Arguments = { MailInput.Files },
        Options = { ConnectedClient.Ip, ConnectedClient.Helo, ConnectedClient.MailFrom, DnsSource.Zone, DnsSource.Server, MessageExplain.Providers, MailInput.At, Json },
        Examples =
        [
            "actionmail mail check mail.eml --ip 192.0.2.1 --helo mail.contoso.test --mail-from actions@contoso.test",
            "actionmail mail check mail.eml --zone contoso.zone --at 2026-01-31T09:00:00Z --json",
        ],
        NoMeans = "never: each result is exit code 0",
        Notes = $"The card is decided for the first address of To and Cc, with the registrations of --providers or of the platform.\n{MailInput.Notes}\n{DnsSource.Notes}",
    };

    // Without --ip nobody knows who connected: SPF has no domain to judge, which it calls none.
    private static readonly SpfReport NotAsked = new("none", "", "", "mailfrom", Aligned: false, Record: null, "--ip was not given", ReportedBy: null);

    /// <summary>The results in the words of the RFCs; every part is always there.</summary>
    internal sealed record Line(
        SpfReport Spf,
        IReadOnlyList<DkimReport> Dkim,
        DmarcReport Dmarc,
        ArcReport Arc,
        FromPart From,
        CardPart Card);

    /// <summary>Result is pass, or the reason why From is no identity.</summary>
    internal sealed record FromPart(string? Address, string Result);

    internal sealed record CardPart(string State, string? Reason);

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!MailInput.TryReadAll(parse, out var mails, out var problem)
            || !ConnectedClient.TryRead(parse, out var spf, out problem)
            || !DnsSource.TryOpen(parse, out var dns, out problem))
            return new Answer.BadInput(problem);
        (var registrations, problem) = await Registrations.LoadAsync(parse.GetValue(MessageExplain.Providers), cancel);
        if (registrations is null)
            return new Answer.BadInput(problem);
        foreach (var mail in mails.Select(raw => MailMessage.Read(raw)))
        {
            var sender = await SenderLookup.VerifyAsync(mail, spf, dns, MailInput.Now(parse), cancel);
            var facts = MailFacts.Of(mail, sender.Facts);
            var decision = CardDecision.Decide(MessageExplain.QuestionOf(mail, facts, recipient: null, registrations, MailInput.Now(parse)));
            var line = new Line(
                sender.Report.Spf ?? NotAsked, sender.Report.Dkim, sender.Report.Dmarc, sender.Report.Arc,
                FromOf(facts),
                new(decision.State.ToString().ToLowerInvariant(), decision.Reason?.Code()));
            if (parse.GetValue(Json))
                parse.PrintJsonLine(line);
            else
                Print(line, parse.Output);
        }
        return new Answer.Done();
    }

    // A From that was not read to its end, for whatever fault of the mail, is none that passes.
    private static FromPart FromOf(MessageFacts facts) => new(
        facts.From?.ToString(),
        (facts.Faults.FirstOrDefault(fault => fault.Code <= Reason.FromMalformed) ?? (facts.From is null ? facts.Faults.FirstOrDefault() : null))?.Code.Code() ?? "pass");

    private static void Print(Line line, TextWriter output)
    {
        Detail("from", line.From.Result, line.From.Address);
        Detail("spf", line.Spf.Result, line.Spf.Domain.Length > 0 ? $"{line.Spf.Domain} ({line.Spf.Identity}){Alignment(line.Spf.Aligned)}; {line.Spf.Because}" : line.Spf.Because);
        foreach (var dkim in line.Dkim)
            Detail("dkim", dkim.Result, $"{dkim.Domain} s={dkim.Selector} {dkim.Algorithm}{Bits(dkim.Bits)}{Alignment(dkim.Aligned)}; {dkim.Reason}");
        Detail("dmarc", line.Dmarc.Result, line.Dmarc.Reason ?? $"policy {line.Dmarc.Policy} of {line.Dmarc.Domain}{(line.Dmarc.AlignedBy is { } by ? $", aligned by {by}" : "")}");
        Detail("arc", line.Arc.Result, line.Arc.Reason ?? string.Join(", ", line.Arc.Chain.Select(set => set.Domain)));
        Detail("card", line.Card.State, line.Card.Reason);

        void Detail(string name, string result, string? text) => output.WriteLine($"{name,-6} {result,-10} {(text ?? "").TrimEnd(' ', ';').Printable}".TrimEnd());
    }

    private static string Bits(int? bits) => bits is { } size ? $" {size} bits" : "";

    private static string Alignment(bool aligned) => aligned ? ", aligned with From" : "";
}
