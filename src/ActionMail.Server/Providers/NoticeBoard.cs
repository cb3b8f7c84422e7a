namespace ActionMail.Server.Providers;

/// <summary>Where a change rings when it has left a notice; the teller waits here, and looks by itself now and then.</summary>
internal sealed class NoticeBoard : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0);

    public void Wake() => _bell.Release();

    /// <summary>Until the bell rings, or the pause is over.</summary>
    public Task WaitAsync(TimeSpan pause, CancellationToken cancel) => _bell.WaitAsync(pause, cancel);

    public void Dispose() => _bell.Dispose();
}
