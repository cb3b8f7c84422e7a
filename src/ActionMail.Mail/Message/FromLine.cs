namespace ActionMail.Mail.Message;

/// <summary>
/// Who a mail says it is from. <paramref name="Name"/> is the decoded display name, or null; <paramref name="Address"/>
/// is the addr-spec exactly as written, and null unless there is exactly one From field with exactly one plain address;
/// <paramref name="Shown"/> is what a list shows for the sender: the name, else the address, else the field as it stands.
/// </summary>
public sealed record MailSender(string? Name, string? Address, string Shown);

/// <summary>Reads From strictly, and nothing but From: Sender and Resent-From are no identity. Security B-01 to B-04.</summary>
internal static class FromLine
{
    public static MailSender Read(HeaderBlock header, Findings findings)
    {
        var fields = header.Fields.Where(field => field.Name == FieldName.From).ToList();
        if (fields is [{ IsWellFormed: true } only])
            return ReadOne(only, findings);

        if (fields.Count == 0 && !header.IsOverLimit)
            findings.Add(MessageFault.FromMissing, "no From field");
        if (fields.Count > 1)
            findings.Add(MessageFault.FromMultiple, $"{fields.Count} From fields");
        if (fields.Count == 1)
            findings.Add(MessageFault.FromMalformed, "white space around the name of the From field");
        return AsWritten(fields);
    }

    private static MailSender ReadOne(HeaderField from, Findings findings)
    {
        var rest = from.Value;
        if (rest.IsEmpty)
            findings.Add(MessageFault.FromMissing, "an empty From field");
        else if (Mailbox.TryTake(ref rest, out var mailbox) && rest.IsEmpty)
            return Plain(mailbox);
        else if (IsListOfMailboxes(from.Value))
            findings.Add(MessageFault.FromMultiple, "several addresses in From");
        else
            findings.Add(MessageFault.FromMalformed, "From is not one plain address with or without a display name");
        return AsWritten([from]);
    }

    private static MailSender Plain(Mailbox mailbox)
    {
        var name = FieldText.DecodePhrase(mailbox.Name);
        var address = mailbox.AddressText;
        return name.Length == 0 ? new(null, address, address) : new(name, address, name);
    }

    private static bool IsListOfMailboxes(ReadOnlySpan<byte> rest)
    {
        while (Mailbox.TryTake(ref rest, out _))
        {
            if (rest.IsEmpty)
                return true;
            if (rest[0] != ',')
                return false;
            rest = rest[1..];
        }
        return false;
    }

    private static MailSender AsWritten(IEnumerable<HeaderField> fields) =>
        new(null, null, string.Join(", ", fields.Take(5).Select(field => FieldText.Decode(field.Value))));
}
