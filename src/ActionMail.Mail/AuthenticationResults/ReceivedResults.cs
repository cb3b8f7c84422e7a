using System.Collections.Immutable;
using System.Text;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.AuthenticationResults;

/// <summary>The <c>Authentication-Results</c> fields that a mail came with: whose are believed, and which must go. RFC 8601 §4.1 and §5.</summary>
public static class ReceivedResults
{
    /// <summary>
    /// What the hosts with these authserv-ids say, from the top of the mail. Everybody else's fields, and those that are not well-formed, are ignored;
    /// of several by one host the topmost counts, since what stands below it came with the mail. The caller sees to it that the mail came from such a host.
    /// </summary>
    public static ImmutableArray<ResultsField> TrustedIn(MailMessage mail, IReadOnlyCollection<string> trustedIds)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return [.. mail.Header.Fields
            .Where(field => field.IsWellFormed && IsResults(field))
            .Select(field => ResultsReader.Read(TextOf(field)))
            .OfType<ResultsField>()
            .Where(field => trustedIds.Contains(field.AuthservId, StringComparer.OrdinalIgnoreCase))
            .DistinctBy(field => field.AuthservId, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>
    /// The bytes of the mail without the fields that claim to be by <paramref name="ownId"/>, and without those that cannot be read and name it anywhere; the same
    /// memory where there are none. For the border: what bears our name must be ours (security B-06).
    /// </summary>
    public static ReadOnlyMemory<byte> WithoutClaimsOf(MailMessage mail, string ownId)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var fields = EveryFieldOf(mail);
        if (!fields.Any(field => Claims(field, ownId)))
            return mail.Raw;
        var kept = new MemoryStream(mail.Raw.Length);
        var length = 0;
        foreach (var field in fields)
        {
            length += field.Raw.Length;
            if (!Claims(field, ownId))
                kept.Write(field.Raw.Span);
        }
        kept.Write(mail.Raw.Span[length..]);
        return kept.ToArray();
    }

    // Behind more fields than are read for a verdict, a claim would pass the border unseen.
    private static IReadOnlyList<HeaderField> EveryFieldOf(MailMessage mail) => mail.Header.IsOverLimit
        ? HeaderBlock.Read(mail.Raw, MessageLimits.Default with { MaxFields = int.MaxValue }, new Findings()).Fields
        : mail.Header.Fields;

    private static bool Claims(HeaderField field, string ownId) =>
        IsResults(field)
        && (ResultsReader.Read(TextOf(field)) is { } results
            ? results.AuthservId.Equals(ownId, StringComparison.OrdinalIgnoreCase)
            : TextOf(field).Contains(ownId, StringComparison.OrdinalIgnoreCase));

    // A lenient reader takes "Authentication-Results :" for the field too.
    private static bool IsResults(HeaderField field) => Ascii.EqualsIgnoreCase(field.WrittenName, "Authentication-Results"u8);

    private static string TextOf(HeaderField field) => Encoding.UTF8.GetString(field.Value);
}
