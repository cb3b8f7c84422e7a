using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ActionMail.Cli.Cards;

/// <summary>What taking a picture came to.</summary>
internal abstract record Photograph
{
    private Photograph() { }

    public sealed record Taken(byte[] Png) : Photograph;

    public sealed record Failed(string Why) : Photograph;
}

/// <summary>The browser that draws pictures of pages, without a window.</summary>
internal sealed partial record Chromium(string Path)
{
    /// <summary>The variable that names the program.</summary>
    public const string Variable = "ACTIONMAIL_CHROMIUM";

    private const int TallestPixels = 16_000;

    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chrome.exe", "msedge", "msedge.exe", "Chromium", "Google Chrome"];

    private static readonly string[] Folders = ["/Applications/Chromium.app/Contents/MacOS", "/Applications/Google Chrome.app/Contents/MacOS"];
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>The program that the variable names, else the first of its kind on the PATH, or null.</summary>
    public static Chromium? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return File.Exists(named) ? new(named) : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Concat(Folders);
        return folders.SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name)))
            .Where(File.Exists).Select(path => new Chromium(path)).FirstOrDefault();
    }

    /// <summary>The whole page as PNG. A first run asks the page how tall it is: a window shows no more than fits in it.</summary>
    public async Task<Photograph> PhotographAsync(string page, int width, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("actionmail-render-").FullName;
        try
        {
            var (html, png) = (System.IO.Path.Combine(folder, "card.html"), System.IO.Path.Combine(folder, "card.png"));
            await File.WriteAllTextAsync(html, page, cancel);
            var dom = await RunAsync(folder, html, ["--dump-dom"], cancel);
            if (!int.TryParse(DrawnHeight().Match(dom).Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var height))
                return new Photograph.Failed("it did not draw the page");
            var window = string.Create(CultureInfo.InvariantCulture, $"--window-size={width},{Math.Clamp(height, 1, TallestPixels)}");
            await RunAsync(folder, html, [window, "--hide-scrollbars", "--screenshot=" + png], cancel);
            return File.Exists(png) ? new Photograph.Taken(await File.ReadAllBytesAsync(png, cancel)) : new Photograph.Failed("it wrote no file");
        }
        catch (Exception broken) when (broken is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException or TimeoutException)
        {
            return new Photograph.Failed(broken.Message.TrimEnd('.'));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<string> RunAsync(string folder, string html, string[] what, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Path, [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--user-data-dir=" + System.IO.Path.Combine(folder, "profile"),
            // Its sandbox does not start for the superuser; the page's policy stands either way.
            .. (string[])(Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? ["--no-sandbox"] : []), .. what, new Uri(html).AbsoluteUri,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Deadline);
        try
        {
            var noise = process.StandardError.ReadToEndAsync(deadline.Token);
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await noise;
            await process.WaitForExitAsync(deadline.Token);
            return output;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"it did not end within {Deadline.TotalSeconds} seconds");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    // The element says so once it is drawn (src/web/src/actionableCard.ts).
    [GeneratedRegex("data-drawn-height=\"([0-9]{1,7})\"", RegexOptions.CultureInvariant)]
    private static partial Regex DrawnHeight();
}
