namespace ActionMail.Mail.Message;

/// <summary>One node of a mail's MIME tree: its header as we read it, and where its content lies in the raw bytes.</summary>
internal sealed class MessagePart(HeaderBlock header)
{
    public HeaderBlock Header { get; } = header;

    public ContentTypeField ContentType { get; } = ContentTypeField.OfType(header);

    public ContentTypeField? Disposition { get; } = ContentTypeField.OfDisposition(header);

    /// <summary>Content-Transfer-Encoding in lower case; 7bit where there is none. RFC 2045 §6.1.</summary>
    public string Encoding { get; } = header.First(FieldName.ContentTransferEncoding) is { } field
        ? System.Text.Encoding.Latin1.GetString(field.Value).ToLowerInvariant()
        : "7bit";

    /// <summary>The bytes behind the header: still encoded, and for a multipart with all that is in it.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Where the part stands in the mail: from its header to its end, and from where its content begins.</summary>
    public (int Begin, int Content, int End) Place { get; init; }

    public List<MessagePart> Children { get; init; } = [];

    /// <summary>Boundary lines of this multipart that were taken as such, the closing one included.</summary>
    public int BoundaryLines { get; init; }

    public bool IsClosed { get; init; }

    /// <summary>The boundary that the tree was made with, which need not be what the field says when it is faulty.</summary>
    public string? UsedBoundary { get; init; }

    /// <summary>RFC 2183 §2.8: an unknown disposition counts as attachment.</summary>
    public bool IsAttachment => Disposition is { } disposition && (disposition.Value != "inline" || disposition.Fault is not null);

    public bool HasFileName => ContentType.HasParameterLike("name") || Disposition?.HasParameterLike("filename") == true;

    public bool IsCard => ContentType.Value is "application/adaptivecard+json" or "application/adaptivecard+jws";
}
