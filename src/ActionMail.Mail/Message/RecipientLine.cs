namespace ActionMail.Mail.Message;

/// <summary>
/// Reads To or Cc into the addresses that are certain. An entry of another form than <see cref="Mailbox"/>'s, or one
/// inside a group, names no recipient; quotes, comments and brackets that do not close make the whole list uncertain.
/// </summary>
internal static class RecipientLine
{
    public static IReadOnlyList<string> Read(HeaderBlock header, FieldName name, MessageLimits limits, Findings findings)
    {
        if (header.IsOverLimit || header.First(name) is not { } field)
            return [];
        var addresses = new List<string>();
        var rest = field.Value;
        var inGroup = false;
        for (var entries = 0; !rest.IsEmpty; entries++)
        {
            if (entries == limits.MaxAddresses)
            {
                findings.Malformed($"more than {limits.MaxAddresses} entries in {name}");
                return [];
            }
            var length = EntryLength(rest);
            if (length < 0)
            {
                findings.Ambiguous($"a quote, comment or bracket in {name} that does not close");
                return [];
            }
            var end = length < rest.Length ? rest[length] : (byte)',';
            if (!inGroup && end == ',')
                Add(rest[..length], addresses);
            inGroup = (inGroup || end == ':') && end != ';';
            rest = length < rest.Length ? rest[(length + 1)..] : [];
        }
        return addresses;
    }

    private static void Add(ReadOnlySpan<byte> entry, List<string> addresses)
    {
        if (Mailbox.TryTake(ref entry, out var mailbox) && entry.IsEmpty)
            addresses.Add(mailbox.AddressText.ToLowerInvariant());
    }

    /// <summary>Length up to the comma, colon or semicolon that ends the entry, or -1 where something in it stays open.</summary>
    private static int EntryLength(ReadOnlySpan<byte> text)
    {
        var (quoted, bracket, comments) = (false, (byte)0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            var b = text[at];
            if (b == '\\')
                at++;
            else if (quoted)
                quoted = b != '"';
            else if (b == '(')
                comments++;
            else if (comments > 0)
                comments -= b == ')' ? 1 : 0;
            else if (b == '"')
                quoted = true;
            else if (bracket != 0)
                bracket = b == bracket ? (byte)0 : bracket;
            else if (b is (byte)'<' or (byte)'[')
                bracket = b == '<' ? (byte)'>' : (byte)']';
            else if (b is (byte)',' or (byte)':' or (byte)';')
                return at;
            else if (b is (byte)')' or (byte)'>' or (byte)']')
                return -1;
        }
        return quoted || bracket != 0 || comments > 0 ? -1 : text.Length;
    }
}
