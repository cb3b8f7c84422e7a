namespace ActionMail.Server.Tests.Platform;

/// <summary>The system's time, ahead by as much as a test has let pass. Timers run as they do: only what is compared with the time of day is moved.</summary>
internal sealed class PassingTime : TimeProvider
{
    private long _aheadTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _aheadTicks));

    public void Pass(TimeSpan time) => Interlocked.Add(ref _aheadTicks, time.Ticks);
}
