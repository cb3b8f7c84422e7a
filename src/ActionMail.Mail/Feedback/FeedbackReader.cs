using ActionMail.Mail.Message;

namespace ActionMail.Mail.Feedback;

/// <summary>
/// Reads a feedback report from a mail, RFC 5965 §2: a multipart/report of the type feedback-report with three parts, the second of them the fields, the third the mail
/// that they are about. Time is linear in the mail's length; any mail gives one of the readings.
/// </summary>
public static class FeedbackReader
{
    /// <summary>Reads the report of a mail.</summary>
    public static FeedbackReading Read(MailMessage mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var type = mail.Root.ContentType;
        if (type.Value != "multipart/report" || !string.Equals(type.Parameter("report-type"), "feedback-report", StringComparison.OrdinalIgnoreCase))
            return new FeedbackReading.None();
        if (mail.Root.Children is not [_, { ContentType.Value: "message/feedback-report" } fields, var original])
            return Malformed("a feedback report has three parts: a text, message/feedback-report, and the original");
        return FeedbackFields.Read(PartText.DecodeBytes(fields)) switch
        {
            { Fault: { } fault } => Malformed(fault),
            var read => Read(read, original),
        };
    }

    private static FeedbackReading Read(FeedbackFields fields, MessagePart original)
    {
        if (original.ContentType.Value is not ("message/rfc822" or "message/global" or "text/rfc822-headers" or "message/global-headers"))
            return Malformed($"the third part is {original.ContentType.Value}: it must be message/rfc822 or text/rfc822-headers");
        return new FeedbackReading.Read(new(fields.Once("Feedback-Type").ToLowerInvariant(), fields.Once("User-Agent"), MailMessage.Read(PartText.DecodeBytes(original)))
        {
            IsWhole = original.ContentType.Value is "message/rfc822" or "message/global",
            OriginalMailFrom = fields.Optional("Original-Mail-From") is { } path ? PathOf(path) : null,
            OriginalRecipients = [.. fields.All("Original-Rcpt-To").Select(PathOf)],
            ArrivedAt = fields.Time("Arrival-Date", "Received-Date"),
            Source = fields.Optional("Source-IP") is { } text && System.Net.IPAddress.TryParse(text, out var source) ? source : null,
            ReportedDomains = [.. fields.All("Reported-Domain").Select(domain => domain.ToLowerInvariant())],
        });
    }

    private static string PathOf(string path) => path is ['<', .. var inner, '>'] ? inner : path;

    private static FeedbackReading.Malformed Malformed(string why) => new(why);
}
