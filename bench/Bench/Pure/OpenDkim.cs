using System.Diagnostics;
using ActionMail.Bench.Accept;

namespace ActionMail.Bench.Pure;

/// <summary>Debian's libopendkim behind a small program in C, which measures itself: no process start and no pipe is in its figure.</summary>
internal static class OpenDkim
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine("bench", "results"));
    private static readonly string Driver = Path.Combine(Folder, "opendkim-rate");

    public static Task BuildAsync(CancellationToken cancel) =>
        Child.RunAsync("gcc", ["-O2", "-o", Driver, Path.Combine("bench", "Bench", "Pure", "opendkim-rate.c"), "-lopendkim"], cancel);

    public static async Task<double> RateAsync(byte[] mail, string record, double seconds, CancellationToken cancel)
    {
        var (mailFile, keyFile) = (Path.Combine(Folder, "dkim.eml"), Path.Combine(Folder, "dkim.key"));
        await File.WriteAllBytesAsync(mailFile, mail, cancel);
        await File.WriteAllTextAsync(keyFile, record, cancel);
        var start = new ProcessStartInfo(Driver, [mailFile, keyFile, seconds.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("opendkim-rate did not start.");
        var rate = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 ? double.Parse(rate, CultureInfo.InvariantCulture) : throw new InvalidOperationException("libopendkim does not verify the mail.");
    }
}
