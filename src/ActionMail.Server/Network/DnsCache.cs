using ActionMail.Mail.Dns;

namespace ActionMail.Server.Network;

/// <summary>Answers for as long as their records live, at most so many; the oldest make room.</summary>
internal sealed class DnsCache(int capacity, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<DnsQuestion, (DnsAnswer Answer, DateTimeOffset Until)> _kept = [];
    private readonly Queue<DnsQuestion> _order = [];

    public DnsAnswer? Find(DnsQuestion question)
    {
        lock (_gate)
            return _kept.TryGetValue(question, out var kept) && kept.Until > time.GetUtcNow() ? kept.Answer : null;
    }

    public void Keep(DnsQuestion question, DnsReply reply)
    {
        if (reply.KeepFor <= TimeSpan.Zero || capacity <= 0)
            return;
        lock (_gate)
        {
            if (!_kept.ContainsKey(question))
                MakeRoomFor(question);
            _kept[question] = (reply.Answer, time.GetUtcNow() + reply.KeepFor);
        }
    }

    private void MakeRoomFor(DnsQuestion question)
    {
        while (_order.Count >= capacity)
            _kept.Remove(_order.Dequeue());
        _order.Enqueue(question);
    }
}
