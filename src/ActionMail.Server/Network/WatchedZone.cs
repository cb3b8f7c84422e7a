using System.Diagnostics;
using ActionMail.Mail.Dns;

namespace ActionMail.Server.Network;

/// <summary>
/// The DNS of a zone file that is read again whenever it has changed, so that a record can be tried without a restart. While it cannot be read the DNS is down: a
/// wrong line is no verdict about anybody.
/// </summary>
internal sealed class WatchedZone(string path) : IDnsLookup
{
    private readonly Lock _lock = new();
    private Reading? _last;

    public string FilePath => path;

    /// <summary>Why it cannot be read now, and what to mend; null when it can.</summary>
    public string? Problem => Current().Problem;

    public Task<DnsAnswer> AskAsync(DnsQuestion question, CancellationToken cancel) => Task.FromResult(Current() switch
    {
        { Zone: { } zone } => zone.Answer(question),
        { Problem: var problem } => new DnsAnswer.Unavailable(problem ?? "the zone file cannot be read"),
    });

    private Reading Current()
    {
        lock (_lock)
        {
            var file = new FileInfo(path);
            var state = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
            if (_last is null || _last.State != state)
                _last = Read(state);
            return _last;
        }
    }

    private Reading Read((DateTime, long) state)
    {
        try
        {
            return ZoneFile.Read(File.ReadAllBytes(path)) switch
            {
                ZoneReading.Read(var zone) => new(state, zone, null),
                ZoneReading.Refused(var line, var why) => new(state, null, $"{path} line {line}: {why}"),
                _ => throw new UnreachableException(),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(state, null, $"{path}: {error.Message}");
        }
    }

    private sealed record Reading((DateTime Written, long Length) State, Zone? Zone, string? Problem);
}
