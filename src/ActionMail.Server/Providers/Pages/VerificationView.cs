using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Inbox;
using ActionMail.Server.Intake;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers.Pages;

/// <summary>A verification mail as a reviewer reads it: how its sender is proven, what would become of its card, its header, and the card itself.</summary>
/// <param name="Row">What is kept of it.</param>
/// <param name="Results">SPF, DKIM, DMARC and ARC, each in a line.</param>
/// <param name="Checks">The checks of its card, as if the waiting revision ran.</param>
/// <param name="Header">The header as it came.</param>
/// <param name="Card">Its card; null where it has none.</param>
internal sealed record VerificationView(VerificationMailRow Row, ImmutableArray<(string Name, string Words)> Results, IReadOnlyList<Check> Checks, string Header, CardCheck? Card)
{
    private const int LongestHeader = 20_000;

    public static VerificationView Of(VerificationMailRow row, CardLimits limits) => new(
        row,
        StoredSender.Read(row.Sender) is { } report ? ResultsOf(report) : [],
        StoredChecks.Read(row.Checks),
        HeaderOf(row.Content),
        row.Card is { } card ? CardCheck.Of(card, limits) : null);

    /// <summary>What it was taken for.</summary>
    public string Outcome => Row.Outcome switch
    {
        VerificationOutcome.Taken => "taken",
        VerificationOutcome.Forwarded => "forwarded: its card is lost",
        VerificationOutcome.WithoutCard => "no card in it",
        VerificationOutcome.Unreadable => "its card cannot be read",
        _ => "of no request that waits",
    };

    private static ImmutableArray<(string Name, string Words)> ResultsOf(SenderReport report) =>
    [
        ("SPF", report.Spf is { } spf ? $"{spf.Result} for {spf.Domain}{Aligned(spf.Aligned)}" : "none"),
        .. report.Dkim.Select(dkim => ("DKIM", string.Create(CultureInfo.InvariantCulture,
            $"{dkim.Result} by {dkim.Domain ?? "nobody"}, {dkim.Algorithm ?? "no algorithm"} {dkim.Bits}{Aligned(dkim.Aligned)}{Because(dkim.Reason)}"))),
        ("DMARC", $"{report.Dmarc.Result}{(report.Dmarc.Policy is { } policy ? $", policy {policy} of {report.Dmarc.Domain}" : "")}{Because(report.Dmarc.Reason)}"),
        ("ARC", $"{report.Arc.Result}{Because(report.Arc.Reason)}"),
    ];

    private static string Aligned(bool aligned) => aligned ? ", aligned with From" : ", not aligned with From";

    private static string Because(string? reason) => reason is null ? "" : $": {reason}";

    // RFC 5322 §2.1: up to the first empty line.
    private static string HeaderOf(byte[] content)
    {
        var end = content.AsSpan().IndexOf("\r\n\r\n"u8);
        var header = content.AsSpan(0, Math.Min(end < 0 ? content.Length : end, LongestHeader));
        return Encoding.UTF8.GetString(header);
    }
}
