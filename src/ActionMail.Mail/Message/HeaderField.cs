using System.Text;

namespace ActionMail.Mail.Message;

/// <summary>The fields that something is decided by. RFC 5322 §3.6, RFC 2045 §3.</summary>
internal enum FieldName
{
    Other,
    From,
    Sender,
    ReplyTo,
    To,
    Cc,
    Subject,
    Date,
    MessageId,
    MimeVersion,
    ContentType,
    ContentTransferEncoding,
    ContentDisposition,
    ContentId,
}

/// <summary>One header field as it came over the wire, folded lines included.</summary>
internal readonly struct HeaderField
{
    private static readonly (FieldName Name, byte[] Text)[] Known =
    [
        (FieldName.From, "From"u8.ToArray()), (FieldName.Sender, "Sender"u8.ToArray()),
        (FieldName.ReplyTo, "Reply-To"u8.ToArray()), (FieldName.To, "To"u8.ToArray()),
        (FieldName.Cc, "Cc"u8.ToArray()), (FieldName.Subject, "Subject"u8.ToArray()),
        (FieldName.Date, "Date"u8.ToArray()), (FieldName.MessageId, "Message-ID"u8.ToArray()),
        (FieldName.MimeVersion, "MIME-Version"u8.ToArray()), (FieldName.ContentType, "Content-Type"u8.ToArray()),
        (FieldName.ContentTransferEncoding, "Content-Transfer-Encoding"u8.ToArray()),
        (FieldName.ContentDisposition, "Content-Disposition"u8.ToArray()),
        (FieldName.ContentId, "Content-ID"u8.ToArray()),
    ];

    private readonly int _nameLength;

    public HeaderField(ReadOnlyMemory<byte> raw)
    {
        Raw = raw;
        var colon = raw.Span.IndexOf((byte)':');
        _nameLength = colon < 0 ? raw.Length : colon;
        var name = raw.Span[.._nameLength];
        IsWellFormed = colon > 0 && !name.ContainsAnyExceptInRange((byte)33, (byte)126);
        Name = Identify(name.Trim(" \t\r\n"u8));
    }

    /// <summary>The whole field with its line ends.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>Which field a lenient reader would take it for: white space around the name is not seen here.</summary>
    public FieldName Name { get; }

    /// <summary>RFC 5322 §2.2: a name of printable ASCII with the colon directly behind it.</summary>
    public bool IsWellFormed { get; }

    /// <summary>What is behind the colon, still folded.</summary>
    public ReadOnlySpan<byte> Value => _nameLength < Raw.Length ? Raw.Span[(_nameLength + 1)..].Trim(" \t\r\n"u8) : [];

    /// <summary>The name as written, without white space before the colon.</summary>
    public ReadOnlySpan<byte> WrittenName => Raw.Span[.._nameLength].TrimEnd(" \t"u8);

    /// <summary>Everything between the colon and the line end of the field, as written.</summary>
    public ReadOnlyMemory<byte> Content => _nameLength == Raw.Length ? default : Raw[ContentStart..^(Raw.Span.EndsWith("\r\n"u8) ? 2 : 0)];

    /// <summary>Where <see cref="Content"/> begins in <see cref="Raw"/>.</summary>
    public int ContentStart => _nameLength + 1;

    /// <summary>The name as written, cut short, for a finding.</summary>
    public string ShownName => FieldText.Clean(Encoding.Latin1.GetString(Raw.Span[..Math.Min(_nameLength, 40)]));

    private static FieldName Identify(ReadOnlySpan<byte> name)
    {
        foreach (var (known, text) in Known)
        {
            if (text.Length == name.Length && Ascii.EqualsIgnoreCase(text, name))
                return known;
        }
        return FieldName.Other;
    }
}
