using System.Diagnostics;

namespace ActionMail.Bench.Accept;

/// <summary>Debian's load generator: 8 sessions, mails of 5 KB, each with a Message-ID of its own.</summary>
internal static class SmtpSource
{
    public const string Recipient = "elvia@contoso.test";

    /// <summary>Sends the mails and gives how many were accepted a second; a refused one ends the benchmark.</summary>
    public static async Task<double> SendAsync(int port, int mails, bool keepsConnections, CancellationToken cancel)
    {
        string[] arguments =
        [
            .. keepsConnections ? ["-d"] : Array.Empty<string>(), "-s", "8", "-l", "5120", "-m", $"{mails}",
            "-f", "sender@example.com", "-t", Recipient, $"127.0.0.1:{port}",
        ];
        var began = Stopwatch.GetTimestamp();
        await Child.RunAsync("smtp-source", arguments, cancel);
        return mails / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
