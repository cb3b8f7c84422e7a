using System.Buffers;

namespace ActionMail.Server.Intake;

/// <summary>The memory that messages in receipt may take, all connections together.</summary>
internal sealed class MessageMemory(long maxBytes)
{
    private long _taken;

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= maxBytes)
            return true;
        Return(bytes);
        return false;
    }

    public void Return(int bytes) => Interlocked.Add(ref _taken, -bytes);
}

/// <summary>One message as it arrives, in pooled memory. Holds none between messages.</summary>
internal sealed class MessageBuffer(MessageMemory memory) : IDisposable
{
    private const int FirstBytes = 16 * 1024;

    private byte[] _bytes = [];
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Room for at least so many bytes more; false when the house has no memory for them now.</summary>
    public bool TryReserve(int bytes, out Span<byte> room)
    {
        room = default;
        if (_bytes.Length - _length < bytes && !TryGrow(_length + bytes))
            return false;
        room = _bytes.AsSpan(_length);
        return true;
    }

    public void Advance(int bytes) => _length += bytes;

    public void Clear()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            memory.Return(_bytes.Length);
        }
        (_bytes, _length) = ([], 0);
    }

    public void Dispose() => Clear();

    private bool TryGrow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(FirstBytes, (int)Math.Min(2L * _bytes.Length, Array.MaxLength))));
        if (!memory.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }
        var length = _length;
        Written.CopyTo(larger);
        Clear();
        (_bytes, _length) = (larger, length);
        return true;
    }
}
