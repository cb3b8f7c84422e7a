using ActionMail.Protocol.Cards;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Actions;

/// <summary>The definite word of an attempt.</summary>
/// <param name="State">Done, refused, failed before sending, or unknown.</param>
/// <param name="Text">What the actor reads.</param>
internal sealed record AttemptOutcome(AttemptState State, string Text)
{
    /// <summary>The card that takes the old one's place, or null.</summary>
    public Card? Replacement { get; init; }

    /// <summary>What went wrong, for the provider's developers.</summary>
    public string? Fault { get; init; }

    public int? HttpStatus { get; init; }

    /// <summary>How long the call took; null where none was made.</summary>
    public TimeSpan? Took { get; init; }
}

internal static class AttemptStates
{
    /// <summary>The state in the words of every surface.</summary>
    public static string Code(AttemptState state) => state switch
    {
        AttemptState.Claimed => "claimed",
        AttemptState.Sending => "sending",
        AttemptState.Done => "done",
        AttemptState.Refused => "refused",
        AttemptState.FailedNotSent => "failed_not_sent",
        AttemptState.Unknown => "unknown",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static bool IsRunning(AttemptState state) => state is AttemptState.Claimed or AttemptState.Sending;
}
