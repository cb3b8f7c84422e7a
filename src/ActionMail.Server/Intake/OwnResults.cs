using System.Collections.Immutable;
using ActionMail.Mail.AuthenticationResults;
using ActionMail.Mail.Message;

namespace ActionMail.Server.Intake;

/// <summary>
/// A mail as it leaves the platform: the Authentication-Results that claim to be ours are gone, and ours stand in their place. What is stored stays as it was
/// received, for it is the evidence. RFC 8601 §5, security B-06.
/// </summary>
internal static class OwnResults
{
    public static byte[] WrittenOn(MailMessage mail, string authServId, SenderReport? sender, string mailFrom)
    {
        var field = ResultsWriter.Write(new(authServId, sender is null ? [] : ResultsOf(mail, sender, mailFrom)));
        return [.. System.Text.Encoding.UTF8.GetBytes(field), .. ReceivedResults.WithoutClaimsOf(mail, authServId).Span];
    }

    private static ImmutableArray<MethodResult> ResultsOf(MailMessage mail, SenderReport sender, string mailFrom) =>
    [
        .. sender.Spf is { } spf ? [Of(spf, mailFrom)] : Array.Empty<MethodResult>(),
        .. sender.Dkim.Count == 0 ? [new MethodResult("dkim", "none")] : sender.Dkim.Select(Of),
        new("dmarc", sender.Dmarc.Result) { Reason = sender.Dmarc.Reason, Properties = [new("header", "from", DomainOf(mail.From.Address!))] },
        .. sender.Arc.Result == "none" ? Array.Empty<MethodResult>() : [new MethodResult("arc", sender.Arc.Result) { Reason = sender.Arc.Reason }],
    ];

    private static MethodResult Of(SpfReport spf, string mailFrom) => new("spf", spf.Result)
    {
        Reason = spf.Because,
        Properties = [spf.Identity == "helo" ? new("smtp", "helo", spf.Domain) : new("smtp", "mailfrom", spf.ReportedBy is null ? mailFrom : spf.Domain)],
    };

    private static MethodResult Of(DkimReport dkim) => new("dkim", dkim.Result)
    {
        Reason = dkim.Reason,
        Properties = [.. Given("d", dkim.Domain), .. Given("s", dkim.Selector), .. Given("a", dkim.Algorithm), .. Given("b", dkim.SignatureStart)],
    };

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    private static IEnumerable<ResultProperty> Given(string name, string? value) => value is null ? [] : [new("header", name, value)];
}
