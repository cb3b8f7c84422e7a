namespace ActionMail.Server.Actions;

/// <summary>The section <c>Actions</c>.</summary>
internal sealed class ActionOptions
{
    public const string Section = "Actions";

    /// <summary>One deadline for the whole call to a provider, from connecting to the last byte of its answer. Default 10 seconds (protocol §6).</summary>
    public TimeSpan CallDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long of that connecting may take. Default 5 seconds.</summary>
    public TimeSpan ConnectDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an opened view waits for an automatic call; a later answer is stored and pushed. Default 2 seconds (protocol §6).</summary>
    public TimeSpan AutoInvokeWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after an automatic call opening the message makes no other. Default 5 minutes (security E-08).</summary>
    public TimeSpan AutoInvokePause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Most automatic calls for one message in a day. Default 50 (security H-07).</summary>
    public int MaxAutoInvokesPerDay { get; init; } = 50;

    /// <summary>Largest answer read from a provider, in bytes, counted as they come. Default 262,144.</summary>
    public int MaxResponseBytes { get; init; } = 256 * 1024;

    /// <summary>Largest block of response headers, in KiB. Default 32.</summary>
    public int MaxResponseHeadersKiB { get; init; } = 32;

    /// <summary>Most calls under way to one provider; one more is answered "busy, not sent". Default 32.</summary>
    public int MaxInFlightPerProvider { get; init; } = 32;

    /// <summary>Most connections to one provider. Default 16.</summary>
    public int MaxConnectionsPerProvider { get; init; } = 16;

    /// <summary>Most clicks of one person in a minute; one more is answered 429. Default 60.</summary>
    public int MaxClicksPerMinute { get; init; } = 60;

    /// <summary>Largest body of a click, in bytes. Default 262,144.</summary>
    public int MaxRequestBytes { get; init; } = 256 * 1024;

    /// <summary>How long an attempt may stand without its definite word, when nobody here carries it out, before it is given one. Default 1 minute.</summary>
    public TimeSpan AbandonedAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>PEM file of certificate authorities trusted for providers beside the system's. Default none.</summary>
    public string? AuthorityBundle { get; init; }
}
