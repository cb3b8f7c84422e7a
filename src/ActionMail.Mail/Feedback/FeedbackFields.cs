using System.Collections.Immutable;
using System.Text;
using ActionMail.Mail.Message;
using MimeKit.Utils;

namespace ActionMail.Mail.Feedback;

/// <summary>The fields of a message/feedback-report part. RFC 5965 §3; unknown ones are extensions (§3.4) and left alone.</summary>
internal sealed class FeedbackFields
{
    // RFC 5965 §3.1 and §3.2: how often each may stand there. What is not listed may as often as it likes.
    private static readonly (string Name, bool IsRequired)[] AtMostOnce =
    [
        ("Feedback-Type", true), ("User-Agent", true), ("Version", true),
        ("Original-Envelope-Id", false), ("Original-Mail-From", false), ("Arrival-Date", false), ("Received-Date", false), ("Reporting-MTA", false), ("Source-IP", false),
        ("Incidents", false),
    ];

    // Enough for a report about one mail; a part with more is no report.
    private static readonly MessageLimits Limits = new() { MaxHeaderBytes = 64 * 1024, MaxFields = 200, MaxFieldBytes = 8 * 1024 };

    private readonly ILookup<string, string> _values;

    private FeedbackFields(ILookup<string, string> values) => _values = values;

    /// <summary>What is wrong with the part, or null.</summary>
    public string? Fault { get; private init; }

    public static FeedbackFields Read(ReadOnlyMemory<byte> content)
    {
        var block = HeaderBlock.Read(content, Limits, new Findings());
        var values = block.Fields.Where(field => field.IsWellFormed)
            .ToLookup(field => Encoding.ASCII.GetString(field.WrittenName), field => ValueOf(field), StringComparer.OrdinalIgnoreCase);
        return new(values) { Fault = block.IsOverLimit ? "the report's fields are too many or too large" : FaultOf(values) };
    }

    /// <summary>The value of a field that is there once.</summary>
    public string Once(string name) => _values[name].Single();

    /// <summary>The value of a field that need not be there, or null.</summary>
    public string? Optional(string name) => _values[name].FirstOrDefault(value => value.Length > 0);

    public ImmutableArray<string> All(string name) => [.. _values[name].Where(value => value.Length > 0)];

    /// <summary>A date-time of RFC 5322 §3.3; of RFC 5965's own name for the field and that of the drafts before it, which senders still write.</summary>
    public DateTimeOffset? Time(string name, string olderName) =>
        (Optional(name) ?? Optional(olderName)) is { } text && DateUtils.TryParse(text, out var time) ? time : null;

    private static string? FaultOf(ILookup<string, string> values)
    {
        foreach (var (name, isRequired) in AtMostOnce)
        {
            switch (values[name].Count())
            {
                case 0 when isRequired: return $"the field {name} is missing";
                case > 1: return $"the field {name} stands there more than once";
            }
        }
        // RFC 5965 §3.1: the version is 1; the drafts wrote 0.1.
        return values["Version"].Single() is "1" or "0.1" ? null : $"the version is '{FieldText.Clean(values["Version"].Single())}', and 1 is known";
    }

    private static string ValueOf(HeaderField field) =>
        FieldText.Clean(Encoding.UTF8.GetString(field.Value).Replace("\r\n", "", StringComparison.Ordinal)).Trim();
}
