using System.Security.Cryptography;

namespace ActionMail.Mail.Dkim;

/// <summary>SHA-256 over pieces of a canonical body, collected in a small buffer so that short pieces cost no call each.</summary>
internal ref struct BodyDigest(Span<byte> buffer, long limit) : IDisposable
{
    public const int BufferSize = 8 * 1024;

    private readonly Span<byte> _buffer = buffer;
    private IncrementalHash? _hash;
    private int _used;

    /// <summary>Octets appended, those behind the limit included.</summary>
    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> piece)
    {
        piece = Limited(piece);
        while (piece.Length > _buffer.Length - _used)
        {
            var fits = _buffer.Length - _used;
            piece[..fits].CopyTo(_buffer[_used..]);
            piece = piece[fits..];
            Flush(_buffer);
            _used = 0;
        }
        piece.CopyTo(_buffer[_used..]);
        _used += piece.Length;
    }

    /// <summary>Appends a long piece without copying it.</summary>
    public void AppendWhole(ReadOnlySpan<byte> piece)
    {
        Flush(_buffer[.._used]);
        _used = 0;
        Flush(Limited(piece));
    }

    public readonly byte[] Finish()
    {
        if (_hash is null)
            return SHA256.HashData(_buffer[.._used]);
        _hash.AppendData(_buffer[.._used]);
        return _hash.GetHashAndReset();
    }

    public readonly void Dispose() => _hash?.Dispose();

    private ReadOnlySpan<byte> Limited(ReadOnlySpan<byte> piece)
    {
        var left = Math.Max(0, limit - Length);
        Length += piece.Length;
        return left < piece.Length ? piece[..(int)left] : piece;
    }

    private void Flush(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        _hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _hash.AppendData(bytes);
    }
}
