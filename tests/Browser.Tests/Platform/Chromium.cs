using Microsoft.Playwright;

namespace ActionMail.Browser.Tests.Platform;

/// <summary>The one browser of a test run; each person has a context of their own in it, with their own cookies.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A window of its own: nothing is shared with another.</summary>
    public async Task<IPage> NewPageAsync(Screen screen)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = screen.Width, Height = screen.Height },
            ColorScheme = screen.Colours,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
    }
}

/// <summary>What a page is looked at on.</summary>
public sealed record Screen(int Width, int Height, bool IsDark = false)
{
    public static readonly Screen Desk = new(1280, 900);
    public static readonly Screen Phone = new(390, 844);
    public static readonly Screen Narrowest = new(320, 640);

    /// <summary>A phone and a desk, by day and by night.</summary>
    public static readonly IReadOnlyList<Screen> Usual = [Phone, Phone.InTheDark, Desk, Desk.InTheDark];

    /// <summary>The usual ones, and the narrowest that WCAG 1.4.10 asks for.</summary>
    public static readonly IReadOnlyList<Screen> All = [.. Usual, Narrowest];

    public Screen InTheDark => this with { IsDark = true };

    public ColorScheme Colours => IsDark ? ColorScheme.Dark : ColorScheme.Light;

    public override string ToString() => FormattableString.Invariant($"{Width}-{(IsDark ? "dark" : "light")}");
}
