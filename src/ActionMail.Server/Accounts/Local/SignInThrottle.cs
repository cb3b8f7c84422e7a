namespace ActionMail.Server.Accounts.Local;

/// <summary>
/// Attempts that may still be made for a subject: an address, whether anybody has it or not, or an address on a device that has signed in to it before, so that a
/// stranger's guesses do not lock its owner out. An attempt is taken before it is judged, and given back when it was right. Security E-12.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const int MostSubjects = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Taken, DateTimeOffset Until)> _attempts = new(StringComparer.Ordinal);

    /// <summary>Takes an attempt; false when there is none left until the pause is over.</summary>
    public bool TryTake(string subject, int most, TimeSpan pause)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var (taken, until) = _attempts.TryGetValue(subject, out var before) && before.Until > now ? before : (0, now + pause);
            if (taken >= most)
                return false;
            if (_attempts.Count >= MostSubjects)
                Forget(now);
            _attempts[subject] = (taken + 1, now + pause);
            return true;
        }
    }

    /// <summary>Gives one attempt back, which was right. Those that were wrong before it still count.</summary>
    public void GiveBack(string subject)
    {
        lock (_gate)
        {
            if (_attempts.TryGetValue(subject, out var before))
                _attempts[subject] = before with { Taken = before.Taken - 1 };
        }
    }

    /// <summary>Forgets all attempts: whoever was right owns the subject.</summary>
    public void Clear(string subject)
    {
        lock (_gate)
            _attempts.Remove(subject);
    }

    // Those whose pause is over; and where somebody tries more addresses than anybody has people, all.
    private void Forget(DateTimeOffset now)
    {
        foreach (var old in _attempts.Where(each => each.Value.Until <= now).Select(each => each.Key).ToList())
            _attempts.Remove(old);
        if (_attempts.Count >= MostSubjects)
            _attempts.Clear();
    }
}
