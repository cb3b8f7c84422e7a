namespace ActionMail.Server.Accounts.Local;

/// <summary>Accounts that are kept here; the section <c>Accounts:Local</c>.</summary>
internal sealed class LocalOptions
{
    /// <summary>Whether people may sign in with a password or a passkey of this platform. Default no.</summary>
    public bool Enabled { get; init; }

    /// <summary>How often a password may be wrong for one address before it must wait. Default 10.</summary>
    public int MaxFailures { get; init; } = 10;

    /// <summary>How long it must wait then. Default 5 minutes.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(5);
}
