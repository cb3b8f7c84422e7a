using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ActionMail.Mail.Message;

/// <summary>
/// The header of a message or of a MIME part, read strictly from its bytes: each form that a lenient parser would
/// accept in its own way is a finding. RFC 5322 §2.2, security B-01, B-05, B-09.
/// </summary>
internal sealed class HeaderBlock
{
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Append(127).Select(b => (byte)b).Except("\t\r\n"u8.ToArray())]);

    // RFC 5322 §3.6 allows one each; of two, one reader takes the first and another the last.
    private static readonly (FieldName Name, string Text)[] AtMostOnce =
    [
        (FieldName.Sender, "Sender"), (FieldName.ReplyTo, "Reply-To"), (FieldName.To, "To"), (FieldName.Cc, "Cc"),
        (FieldName.Subject, "Subject"), (FieldName.Date, "Date"), (FieldName.MessageId, "Message-ID"),
        (FieldName.MimeVersion, "MIME-Version"), (FieldName.ContentType, "Content-Type"),
        (FieldName.ContentTransferEncoding, "Content-Transfer-Encoding"),
        (FieldName.ContentDisposition, "Content-Disposition"), (FieldName.ContentId, "Content-ID"),
    ];

    private readonly List<HeaderField> _fields = [];

    private HeaderBlock(int length) => Length = length;

    /// <summary>Bytes of the block with the empty line that ends it: where the body begins.</summary>
    public int Length { get; }

    /// <summary>True when a limit was exceeded: there may be fields that were not read.</summary>
    public bool IsOverLimit { get; private set; }

    public IReadOnlyList<HeaderField> Fields => _fields;

    public static HeaderBlock Read(ReadOnlyMemory<byte> raw, MessageLimits limits, Findings findings)
    {
        var block = new HeaderBlock(LengthOf(raw.Span));
        block.ReadFields(raw[..block.Length], limits, findings);
        CheckBytes(raw.Span[..block.Length], findings);
        block.CheckCounts(findings);
        return block;
    }

    public HeaderField? First(FieldName name)
    {
        foreach (var field in _fields)
        {
            if (field.Name == name)
                return field;
        }
        return null;
    }

    private static int LengthOf(ReadOnlySpan<byte> raw)
    {
        var at = 0;
        while (at < raw.Length)
        {
            var end = raw[at..].IndexOf((byte)'\n');
            if (end < 0)
                return raw.Length;
            if (end == 0 || (end == 1 && raw[at] == '\r'))
                return at + end + 1;
            at += end + 1;
        }
        return at;
    }

    private void ReadFields(ReadOnlyMemory<byte> block, MessageLimits limits, Findings findings)
    {
        if (block.Length > limits.MaxHeaderBytes)
            Exceeded($"a header block of {block.Length} bytes");
        var bytes = block.Span;
        var (begin, at) = (0, 0);
        while (at < bytes.Length && bytes[at] is not ((byte)'\r' or (byte)'\n') && _fields.Count <= limits.MaxFields)
        {
            var end = NextLine(bytes, at);
            if (!bytes[at..end].ContainsAnyExcept(" \t\r\n"u8))
                findings.Ambiguous("a line of white space alone inside a header block");
            at = end;
            if (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t')
                continue;
            Append(new HeaderField(block[begin..at]));
            begin = at;
        }

        void Append(HeaderField field)
        {
            _fields.Add(field);
            if (field.Raw.Length > limits.MaxFieldBytes)
                Exceeded($"a header field of {field.Raw.Length} bytes");
            else if (_fields.Count > limits.MaxFields)
                Exceeded($"more than {limits.MaxFields} header fields");
            // A misspelled From is told by the rules of From (security B-01), so that its reason names the sender.
            if (!field.IsWellFormed && field.Name != FieldName.From)
                findings.Malformed($"a header line that is no field: '{field.ShownName}'");
        }

        void Exceeded(string what)
        {
            IsOverLimit = true;
            findings.Malformed(what);
        }
    }

    private static int NextLine(ReadOnlySpan<byte> block, int at)
    {
        var end = block[at..].IndexOf((byte)'\n');
        return end < 0 ? block.Length : at + end + 1;
    }

    private static void CheckBytes(ReadOnlySpan<byte> block, Findings findings)
    {
        if (block.ContainsAny(Controls))
            findings.Malformed("a NUL or another control character in a header");
        if (HasBareLineEnd(block))
            findings.Malformed("a bare CR or LF in a header");
        if (!Ascii.IsValid(block) && !Utf8.IsValid(block))
            findings.Malformed("a header with bytes that are neither ASCII nor UTF-8");
    }

    /// <summary>True where a CR stands without its LF or an LF without its CR. RFC 5322 §2.3.</summary>
    public static bool HasBareLineEnd(ReadOnlySpan<byte> bytes)
    {
        var pairs = bytes.Count("\r\n"u8);
        return bytes.Count((byte)'\n') != pairs || bytes.Count((byte)'\r') != pairs;
    }

    private void CheckCounts(Findings findings)
    {
        Span<int> counts = stackalloc int[(int)FieldName.ContentId + 1];
        foreach (var field in _fields)
            counts[(int)field.Name]++;
        foreach (var (name, text) in AtMostOnce)
        {
            if (counts[(int)name] > 1)
                findings.Ambiguous($"{counts[(int)name]} {text} fields");
        }
    }
}
