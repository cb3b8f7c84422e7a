using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ActionMail.Browser.Tests.Platform;

/// <summary>
/// Somebody at a browser: what they see by name, and what went wrong behind their back: errors in the console, breaches of the
/// content security policy, dialogs, requests to other hosts.
/// </summary>
public sealed class Reader
{
    // Before any script of a page: a breach is told to the console, where it is collected.
    private const string TellOfBreaches =
        "addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));";

    private const int LongestPicture = 4_000;

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<IRequest> _requests = new();
    private readonly List<string> _tolerated = [];
    private readonly Uri _url;

    private Reader(IPage page, Uri url) => (Page, _url) = (page, url);

    public IPage Page { get; }

    public ILocator Card => Page.Locator("actionable-card .am-card");

    public ILocator Toast => Page.Locator(".am-toast");

    /// <summary>The line under the card: what became of the last action, by whom and when.</summary>
    public ILocator Outcome => Page.Locator(".am-outcome");

    public ILocator Messages => Page.GetByRole(AriaRole.Navigation, new() { Name = "Messages" }).GetByRole(AriaRole.Listitem);

    /// <summary>How many actions the page has asked the platform for.</summary>
    public int Presses => _requests.Count(request => request.Method == "POST" && (request.Url.Contains("/actions/", StringComparison.Ordinal) || request.Url.EndsWith("/retry", StringComparison.Ordinal)));

    public IEnumerable<string> Complaints => _complaints.Where(complaint => !_tolerated.Exists(part => complaint.Contains(part, StringComparison.Ordinal)));

    /// <summary>A window at which nobody has signed in yet.</summary>
    public static async Task<Reader> SitDownAsync(IPage page, Emulator emulator)
    {
        var reader = new Reader(page, emulator.Url);
        page.Console += (_, message) => reader.Note(message);
        page.PageError += (_, error) => reader._complaints.Enqueue($"uncaught: {error}");
        page.Dialog += (_, dialog) => reader.Refuse(dialog);
        page.Request += (_, request) => reader.Follow(request, emulator);
        await page.AddInitScriptAsync(TellOfBreaches);
        return reader;
    }

    /// <summary>Picks the person on the sign-in page, as the emulator asks for.</summary>
    public async Task SignInAsync(string name)
    {
        await GoAsync("sign-in");
        await Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Uri(_url, "inbox").ToString());
    }

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(_url, path).ToString());

    /// <summary>Turns the window into each screen after the other, and looks at the page that is open in it.</summary>
    public async Task LookOnAsync(IEnumerable<Screen> screens, Func<Screen, Task> look)
    {
        foreach (var screen in screens)
        {
            await Page.SetViewportSizeAsync(screen.Width, screen.Height);
            await Page.EmulateMediaAsync(new() { ColorScheme = screen.Colours });
            await look(screen);
        }
    }

    /// <summary>Opens the first line of the list whose text contains this.</summary>
    public async Task OpenAsync(string text)
    {
        await GoAsync("inbox");
        await Messages.Filter(new() { HasText = text }).First.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Page.Locator("article.reading")).ToBeVisibleAsync();
    }

    public ILocator Button(string title) => Card.GetByRole(AriaRole.Button, new() { Name = title, Exact = true });

    public ILocator Checkbox(string name) => Card.GetByRole(AriaRole.Checkbox, new() { Name = name });

    /// <summary>Leaves a mark on the window; a page that is loaded anew has none.</summary>
    public Task MarkWindowAsync() => Page.EvaluateAsync("() => { window.markOfTheTest = true; }");

    public async Task AssertSameWindowAsync() =>
        Assert.True(await Page.EvaluateAsync<bool>("() => window.markOfTheTest === true"), "the page was loaded anew");

    /// <summary>A console message with this text is what the test is about.</summary>
    public void Tolerate(string part) => _tolerated.Add(part);

    public Task PhotographAsync(string name) => PhotographAsync(Checkout.Screenshots, name);

    public async Task PhotographAsync(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        // What is longer nobody looks at to its end, and the browser takes seconds to paint it.
        var size = await Page.EvaluateAsync<int[]>("() => [document.documentElement.clientWidth, document.documentElement.scrollHeight]");
        var clip = size[1] > LongestPicture ? new Clip { X = 0, Y = 0, Width = size[0], Height = LongestPicture } : null;
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true, Clip = clip });
    }

    private void Note(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning")
            _complaints.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
    }

    private void Refuse(IDialog dialog)
    {
        _complaints.Enqueue($"dialog: {dialog.Message}");
        _ = dialog.DismissAsync();
    }

    private void Follow(IRequest request, Emulator emulator)
    {
        _requests.Enqueue(request);
        var address = new Uri(request.Url);
        if (address.Scheme is not "data" and not "about" && address.Authority != _url.Authority && address.Authority != emulator.Groups.Authority)
            _complaints.Enqueue($"request to a stranger: {request.Url}");
    }
}
