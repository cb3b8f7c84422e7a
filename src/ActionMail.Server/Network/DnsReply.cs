using ActionMail.Mail.Dns;

namespace ActionMail.Server.Network;

/// <summary>An answer, and how long it may be kept; not at all where the time is zero.</summary>
internal sealed record DnsReply(DnsAnswer Answer, TimeSpan KeepFor)
{
    /// <summary>What is in DNS for a moment only is kept for a minute, and a key that was withdrawn not longer than a day (security C-14).</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(60), Longest = TimeSpan.FromHours(24);

    /// <summary>Nothing is believed to be missing for longer than this. RFC 2308 §5, security C-14.</summary>
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromMinutes(5);

    public static DnsReply Found(DnsAnswer.Found answer, TimeSpan timeToLive) =>
        new(answer, timeToLive < Shortest ? Shortest : timeToLive > Longest ? Longest : timeToLive);

    public static DnsReply Absent(DnsAnswer answer, TimeSpan timeToLive) => new(answer, timeToLive > LongestAbsence ? LongestAbsence : timeToLive);

    public static DnsReply Unavailable(string why) => new(new DnsAnswer.Unavailable(why), TimeSpan.Zero);
}
