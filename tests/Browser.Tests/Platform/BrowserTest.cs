namespace ActionMail.Browser.Tests.Platform;

/// <summary>
/// A test that tells what people at their browsers see. When it is over, the windows are closed and nothing may have gone wrong
/// behind anybody's back; of a test that failed, each window leaves a picture.
/// </summary>
public abstract class BrowserTest(Emulator emulator, Chromium chromium) : IAsyncLifetime
{
    private readonly List<(string Name, Reader Reader)> _readers = [];

    protected Emulator Emulator => emulator;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A window, signed in, at the inbox.</summary>
    protected async Task<Reader> SignInAsync(string name, Screen? screen = null)
    {
        var reader = await SitDownAsync(name, screen);
        await reader.SignInAsync(name);
        return reader;
    }

    /// <summary>A window at which nobody has signed in.</summary>
    protected async Task<Reader> SitDownAsync(string name, Screen? screen = null)
    {
        var reader = await Reader.SitDownAsync(await chromium.NewPageAsync(screen ?? Screen.Desk), emulator);
        _readers.Add((name, reader));
        return reader;
    }

    /// <summary>The page of the group, in a window of its own.</summary>
    protected async Task<GroupsSite> VisitGroupsAsync()
    {
        var site = new GroupsSite(await SitDownAsync("the group's page"), emulator.Groups);
        await site.VisitAsync();
        return site;
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var hasFailed = TestContext.Current.TestState?.Result is TestResult.Failed;
        foreach (var (name, reader) in _readers)
        {
            if (hasFailed)
                await reader.PhotographAsync($"failed-{TestContext.Current.TestMethod?.MethodName}-{name}");
            await reader.Page.Context.CloseAsync();
        }
        Assert.Empty(_readers.SelectMany(each => each.Reader.Complaints.Select(complaint => $"{each.Name}: {complaint}")));
    }
}
