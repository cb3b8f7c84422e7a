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

/// <summary>
/// One message as it arrives, in one piece of memory: from the pool while it is small, and of its own when it is large, since
/// the pool keeps what it lends and rounds it up to twice the need. Holds none between messages.
/// </summary>
internal sealed class MessageBuffer(MessageMemory memory, long maxMessageBytes) : IDisposable
{
    private const int FirstBytes = 16 * 1024;
    private const int PooledBytes = 1024 * 1024;

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
        memory.Return(_bytes.Length);
        GiveBack(_bytes);
        (_bytes, _length) = ([], 0);
    }

    public void Dispose() => Clear();

    private bool TryGrow(int needed)
    {
        var larger = Take((int)Math.Max(needed, Math.Min(Math.Max(FirstBytes, 4L * _bytes.Length), maxMessageBytes)));
        if (!memory.TryTake(larger.Length))
        {
            GiveBack(larger);
            return false;
        }
        var length = _length;
        Written.CopyTo(larger);
        Clear();
        (_bytes, _length) = (larger, length);
        return true;
    }

    private static byte[] Take(int bytes) =>
        bytes <= PooledBytes ? ArrayPool<byte>.Shared.Rent(bytes) : GC.AllocateUninitializedArray<byte>(bytes);

    private static void GiveBack(byte[] bytes)
    {
        if (bytes.Length is > 0 and <= PooledBytes)
            ArrayPool<byte>.Shared.Return(bytes);
    }
}
