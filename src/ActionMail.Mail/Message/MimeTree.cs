using MimeKit;

namespace ActionMail.Mail.Message;

/// <summary>
/// The MIME tree of a mail. MimeKit says where parts begin and end; each part's header is read again by
/// <see cref="HeaderBlock"/>, so that what MimeKit mends is seen. Bodies stay where they are until somebody reads them.
/// </summary>
internal sealed class MimeTree : MimeReader
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly int _fieldBytes;
    private readonly HeadThenBody _input;
    private readonly MessageLimits _limits;
    private readonly Findings _findings;
    private readonly HeaderBlock _header;
    private readonly Stack<Node> _open = new();
    private int _parts;
    private int _fieldsOfPart;
    private int _messages;
    private MessagePart? _root;

    private MimeTree(HeaderBlock header, ReadOnlyMemory<byte> body, HeadThenBody input, MessageLimits limits, Findings findings)
        : base(OptionsFor(limits), input, MimeFormat.Entity)
    {
        (_header, _body, _input, _limits, _findings) = (header, body, input, limits, findings);
        _fieldBytes = input.HeadLength;
    }

    public static MessagePart Read(HeaderBlock header, ReadOnlyMemory<byte> body, MessageLimits limits, Findings findings)
    {
        var single = new MessagePart(header) { Content = body, Place = (0, header.Length, header.Length + body.Length) };
        if (header.IsOverLimit || header.First(FieldName.ContentType) is not { } type || !IsCompound(single.ContentType))
            return single;

        // MimeKit is given the one field that makes the structure and the body; the rest of the header is read by us.
        using var input = new HeadThenBody([.. "Content-Type: "u8, .. type.Value, .. "\r\n\r\n"u8], body);
        var tree = new MimeTree(header, body, input, limits, findings);
        tree.ReadEntity();
        return tree._root ?? single;
    }

    private static bool IsCompound(ContentTypeField type) => type.IsMultipart || type.IsMessage;

    private static ParserOptions OptionsFor(MessageLimits limits) =>
        new() { MaxMimeDepth = limits.MaxDepth, RespectContentLength = false };

    // MimeKit copies a header again with each 4 KiB that it grows, so an endless one must be cut off while it is read.
    protected override void OnHeadersBegin(long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        _fieldsOfPart = 0;
        _input.EndsAt = beginOffset + _limits.MaxHeaderBytes + 1;
    }

    protected override void OnHeadersEnd(long beginOffset, int beginLineNumber, long endOffset, int endLineNumber, CancellationToken cancellationToken) =>
        _input.EndsAt = long.MaxValue;

    protected override void OnHeaderRead(Header header, int beginLineNumber, CancellationToken cancellationToken)
    {
        if (++_fieldsOfPart == _limits.MaxFields + 1)
            Stop($"more than {_limits.MaxFields} header fields");
    }

    protected override void OnMultipartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken) =>
        Open(contentType);

    protected override void OnMimePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        // Beyond its depth limit MimeKit takes what it finds for a leaf.
        if (_open.Count >= _limits.MaxDepth && (contentType.IsMimeType("multipart", "*") || contentType.IsMimeType("message", "*")))
            _findings.Malformed($"parts nested deeper than {_limits.MaxDepth}");
        Open(contentType);
    }

    protected override void OnMessagePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        Open(contentType);
        _messages++;
    }

    protected override void OnMultipartBoundaryEnd(long beginOffset, int beginLineNumber, long endOffset, CancellationToken cancellationToken) =>
        _open.Peek().BoundaryLines++;

    protected override void OnMultipartEndBoundaryEnd(long beginOffset, int beginLineNumber, long endOffset, CancellationToken cancellationToken)
    {
        _open.Peek().BoundaryLines++;
        _open.Peek().IsClosed = true;
    }

    protected override void OnMultipartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) =>
        Close(beginOffset, headersEndOffset, endOffset);

    protected override void OnMimePartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken) =>
        Close(beginOffset, headersEndOffset, endOffset);

    protected override void OnMessagePartEnd(ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken)
    {
        _messages--;
        Close(beginOffset, headersEndOffset, endOffset);
    }

    private void Open(ContentType type)
    {
        if (++_parts == _limits.MaxParts + 1)
            Stop($"more than {_limits.MaxParts} MIME parts");
        _open.Push(new Node(type));
    }

    private void Close(long begin, long headersEnd, long end)
    {
        var node = _open.Pop();
        // What is inside an attached message is counted, and otherwise none of our business.
        if (_messages > 0)
            return;
        var part = new MessagePart(_open.Count == 0 ? _header : HeaderBlock.Read(Slice(begin, headersEnd), _limits, _findings))
        {
            Content = Slice(headersEnd, end),
            Place = PlaceOf(_open.Count == 0 ? 0 : InMail(begin), InMail(headersEnd), InMail(end)),
            Children = node.Children,
            BoundaryLines = node.BoundaryLines,
            IsClosed = node.IsClosed,
            UsedBoundary = node.Type.Boundary,
        };
        if (_open.Count == 0)
            _root = part;
        else
            _open.Peek().Children.Add(part);
    }

    private ReadOnlyMemory<byte> Slice(long begin, long end)
    {
        var from = InBody(begin);
        return _body[from..Math.Max(InBody(end), from)];
    }

    // In a damaged part the end may come before the end of the header.
    private static (int Begin, int Content, int End) PlaceOf(int begin, int content, int end) =>
        (begin, Math.Max(content, begin), Math.Max(end, Math.Max(content, begin)));

    private int InBody(long offset) => (int)Math.Clamp(offset - _fieldBytes, 0, _body.Length);

    private int InMail(long offset) => _header.Length + InBody(offset);

    private void Stop(string why)
    {
        _findings.Malformed(why);
        _input.End();
    }

    private sealed class Node(ContentType type)
    {
        public ContentType Type { get; } = type;
        public List<MessagePart> Children { get; } = [];
        public int BoundaryLines { get; set; }
        public bool IsClosed { get; set; }
    }
}
