using ActionMail.Server.Actions;

namespace ActionMail.Server.Providers.Health;

/// <summary>At which hop a request ended without success, in words. docs/protocol/clicks.md "Which hop failed".</summary>
internal static class FaultPlace
{
    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        [nameof(CallFault.NameNotFound)] = "DNS: the host has no address",
        [nameof(CallFault.TargetBlocked)] = "The egress guard: an address that is not public",
        [nameof(CallFault.ConnectFailed)] = "The network: no connection to the host",
        [nameof(CallFault.TlsFailed)] = "TLS: the certificate does not hold, or the version is too old",
        [nameof(CallFault.Busy)] = "Here: too many requests to this service at once",
        [nameof(CallFault.TimedOut)] = "The service: no answer in time",
        [nameof(CallFault.ConnectionLost)] = "The network: the connection broke before the answer",
        [nameof(CallFault.BadAnswer)] = "The service: an answer that is no HTTP, or too large",
    };

    public static string Of(string fault) => Places.GetValueOrDefault(fault)
        ?? (fault.StartsWith("HTTP 5", StringComparison.Ordinal) ? "The service: it failed" : "The service: it declined");
}
