namespace ActionMail.Mail.Message;

/// <summary>A stream of a few header bytes of ours and then the body of a mail, which can be made to end early.</summary>
internal sealed class HeadThenBody(byte[] head, ReadOnlyMemory<byte> body) : Stream
{
    private int _at;
    private bool _ended;

    public int HeadLength => head.Length;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => head.Length + body.Length;

    public override long Position
    {
        get => _at;
        set => throw new NotSupportedException();
    }

    /// <summary>Where the reader is told that the mail ends: how a parser is stopped without an exception.</summary>
    public long EndsAt { get; set; } = long.MaxValue;

    /// <summary>The reader sees the end at its next read, whatever is set later.</summary>
    public void End() => _ended = true;

    public override int Read(Span<byte> buffer)
    {
        _ended |= _at >= EndsAt;
        var rest = _ended ? [] : _at < head.Length ? head.AsSpan(_at) : body.Span[(_at - head.Length)..];
        var count = Math.Min(rest.Length, buffer.Length);
        rest[..count].CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
