using System.Collections.Immutable;
using System.CommandLine;
using ActionMail.Cli.Terminal;
using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dmarc;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Message;
using ActionMail.Server.Network;

namespace ActionMail.Cli.Senders;

/// <summary><c>actionmail dkim check FILE.eml…</c>: what each signature of a mail proves.</summary>
internal static class DkimCheck
{
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("check", "Say what each DKIM signature (RFC 6376) of a mail proves.", RunAsync)
    {
        Arguments = { MailInput.Files },
        Options = { DnsSource.Zone, DnsSource.Server, MailInput.At, Json },
        Examples =
        [
            "actionmail dkim check mail.eml",
            "actionmail dkim check mail.eml --zone contoso.zone --at 2026-01-31T09:00:00Z --json",
        ],
        NoMeans = "never: each result of DKIM is exit code 0",
        Notes = $"{MailInput.Notes}\n{DnsSource.Notes}",
    };

    /// <summary>One signature, in the words of RFC 8601; what the field does not say is null.</summary>
    internal sealed record Line(string Result, string? Domain, string? Selector, string? Algorithm, int? Bits, string? Reason, bool Aligned);

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!MailInput.TryReadAll(parse, out var mails, out var problem) || !DnsSource.TryOpen(parse, out var dns, out problem))
            return new Answer.BadInput(problem);
        var keys = new DkimKeyCache();
        foreach (var raw in mails)
        {
            using var inquiry = new DnsInquiry(dns, new(), TimeProvider.System);
            var mail = MailMessage.Read(raw);
            var signed = SignedMail.Of(mail);
            var results = await inquiry.DecideAsync(known => DkimEvaluation.Next(signed, known, MailInput.Now(parse), keys), cancel);
            var lines = new List<Line>();
            foreach (var result in results)
                lines.Add(LineOf(result, await IsAlignedAsync(mail, result, inquiry, cancel)));
            if (parse.GetValue(Json))
                parse.PrintJsonLine(lines);
            else
                Print(lines, results, parse.Output);
        }
        return new Answer.Done();
    }

    private static Line LineOf(DkimResult result, bool aligned) =>
        new(result.Result.ToString().ToLowerInvariant(), OrNull(result.Domain), OrNull(result.Selector), OrNull(result.Algorithm), result.KeyBits, result.Reason, aligned);

    private static string? OrNull(string text) => text.Length > 0 ? text : null;

    // Relaxed alignment, RFC 9989 §4.10.2. A From that is not one plain address has no domain to align with.
    private static async Task<bool> IsAlignedAsync(MailMessage mail, DkimResult result, DnsInquiry inquiry, CancellationToken cancel) =>
        DomainName.TryParse(mail.From.Address?.Split('@')[^1], out var author)
        && DomainName.TryParse(result.Domain, out var signer)
        && await inquiry.DecideAsync(known => IdentifierAlignment.Next(author, signer, AlignmentMode.Relaxed, known), cancel) is IdentifierAlignment.Aligned;

    private static void Print(List<Line> lines, ImmutableArray<DkimResult> results, TextWriter output)
    {
        if (lines.Count == 0)
            output.WriteLine("none: the mail has no DKIM signature");
        foreach (var (line, result) in lines.Zip(results))
        {
            output.WriteLine($"{line.Result}: {line.Domain ?? "?"}{(line.Aligned ? " (aligned with From)" : "")}");
            if (line.Reason is { } reason)
                output.WriteLine($"  {"because",-12} {reason.Printable}");
            output.WriteLine($"  {"key",-12} {result.KeyName}{(line.Bits is { } bits ? $", {bits} bits" : "")}");
            output.WriteLine($"  {"algorithm",-12} {(line.Algorithm ?? "?").Printable}");
            output.WriteLine($"  {"signs",-12} {string.Join(' ', result.SignedNames).Printable}; {(result.CoversWholeBody ? "the whole body" : "part of the body")}");
        }
    }
}
