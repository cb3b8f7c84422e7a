using ActionMail.Server.Persistence;

namespace ActionMail.Server.Actions;

/// <summary>The words for an outcome when the provider gave none: which hop failed, what is known, what to do. Never an address or an inside detail.</summary>
internal static class OutcomeText
{
    public const string Done = "Done.";

    public static string Accepted(string provider) => $"{provider} accepted the request and has not finished it yet.";

    public static string Answered(int status, string provider, string incident) => status switch
    {
        401 => $"{provider} asks you to sign in there first. Open it in a browser, sign in, and try again. ({incident})",
        >= 300 and < 400 => $"{provider} sent the request elsewhere, which is not followed. ({incident})",
        >= 500 => $"{provider} failed while handling the request. Nothing more was sent; you may try again later. ({incident})",
        _ => $"{provider} refused the request. ({incident})",
    };

    // One sentence for every way of not getting through: a card must not learn what lies behind the wall. Security G-18.
    public static string NotSent(CallFault fault, string provider, string incident) => fault switch
    {
        CallFault.Busy => $"{provider} is busy; nothing was sent. Try again in a moment. ({incident})",
        CallFault.NotRecorded => $"This could not be recorded, so nothing was sent. You may try again. ({incident})",
        _ => $"{provider} cannot be reached; nothing was sent. You may try again. ({incident})",
    };

    public static string Unanswered(string provider, string incident) =>
        $"{provider} did not answer, and it is not known whether it received the request. Ask again to find out. ({incident})";

    public static string AfterCrash(AttemptState state) => state == AttemptState.Unknown
        ? "The platform was interrupted, and it is not known whether the service received the request. Ask again to find out."
        : "The platform was interrupted before anything was sent. You may try again.";

    /// <summary>The short form of the attempt's id, by which support finds it.</summary>
    public static string Incident(Guid attemptId) => $"incident {attemptId.ToString("N")[..8]}";
}
