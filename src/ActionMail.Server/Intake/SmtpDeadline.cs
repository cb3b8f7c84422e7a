namespace ActionMail.Server.Intake;

/// <summary>
/// The one clock of a connection: when the present wait ends, and when the whole connection does. Moving the end further
/// away, as each line does, costs no timer: it is looked at when the timer fires.
/// </summary>
internal sealed class SmtpDeadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action _onPassed;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private long _sessionEnd;
    private long _end = long.MaxValue;
    private long _armedFor = long.MaxValue;
    private volatile bool _hasPassed;

    public SmtpDeadline(TimeProvider time, TimeSpan session, Action onPassed)
    {
        _time = time;
        _onPassed = onPassed;
        _sessionEnd = In(session);
        _timer = time.CreateTimer(static me => ((SmtpDeadline)me!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The wait, or the connection, has taken too long. Stays true.</summary>
    public bool HasPassed => _hasPassed;

    /// <summary>The present wait ends this long from now, or with the connection's time.</summary>
    public void Set(TimeSpan wait) => SetEnd(Math.Min(In(wait), _sessionEnd));

    /// <summary>The present wait may take longer by this, but no longer than <paramref name="most"/> from now.</summary>
    public void Extend(TimeSpan by, TimeSpan most) =>
        SetEnd(Math.Min(Math.Min(_end + Ticks(by), In(most)), _sessionEnd));

    /// <summary>The work that begins is ours, and the client does not pay for it. Returns when it began, for <see cref="Resume"/>.</summary>
    public long Suspend()
    {
        SetEnd(long.MaxValue);
        return _time.GetTimestamp();
    }

    public void Resume(long began) => _sessionEnd += _time.GetTimestamp() - began;

    /// <summary>A last time for the farewell, whatever has passed.</summary>
    public void Restart(TimeSpan wait)
    {
        lock (_lock)
        {
            _hasPassed = false;
            _sessionEnd = In(wait);
        }
        Set(wait);
    }

    public void Dispose() => _timer.Dispose();

    private void SetEnd(long end)
    {
        lock (_lock)
        {
            _end = end;
            if (end < _armedFor)
                Arm(end, _time.GetTimestamp());
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            _armedFor = long.MaxValue;
            if (now < _end)
            {
                if (_end != long.MaxValue)
                    Arm(_end, now);
                return;
            }
            _hasPassed = true;
        }
        _onPassed();
    }

    private void Arm(long end, long now)
    {
        _armedFor = end;
        // One millisecond more: a timer that fires early would only have to be set again.
        _timer.Change(TimeSpan.FromSeconds(Math.Max(0, (end - now) / (double)_time.TimestampFrequency)) + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private long In(TimeSpan wait) => _time.GetTimestamp() + Ticks(wait);

    private long Ticks(TimeSpan wait) => (long)(wait.TotalSeconds * _time.TimestampFrequency);
}
