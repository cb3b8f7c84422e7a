using ActionMail.Protocol.Providers;

namespace ActionMail.Server.Providers;

/// <summary>Which state may follow which. dashboard.md "States".</summary>
internal static class ProviderStates
{
    private static readonly HashSet<(ProviderState From, ProviderState To)> Table =
    [
        (ProviderState.Submitted, ProviderState.Approved),
        (ProviderState.Submitted, ProviderState.Rejected),
        (ProviderState.Submitted, ProviderState.Withdrawn),
        (ProviderState.Approved, ProviderState.Suspended),
        (ProviderState.Suspended, ProviderState.Approved),
        (ProviderState.Approved, ProviderState.Revoked),
    ];

    public static bool MayFollow(ProviderState from, ProviderState to) => Table.Contains((from, to));
}
