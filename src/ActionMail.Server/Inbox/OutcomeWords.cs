using System.Diagnostics;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Inbox;

/// <summary>What became of an attempt, in the words and tones of the pages; for the open card, src/web says the same.</summary>
internal static class OutcomeWords
{
    /// <summary>A few words for a line of the list.</summary>
    public static string Chip(OutcomeView outcome) => outcome.State switch
    {
        AttemptState.Claimed or AttemptState.Sending => $"{outcome.Title}: in progress",
        AttemptState.Done => $"{outcome.Title}: done",
        AttemptState.Refused => $"{outcome.Title}: refused",
        AttemptState.FailedNotSent => $"{outcome.Title}: not sent",
        AttemptState.Unknown => $"{outcome.Title}: outcome unknown",
        _ => throw new UnreachableException(),
    };

    public static string Sentence(OutcomeView outcome) => outcome.Text.Length > 0 ? outcome.Text : Chip(outcome);

    /// <summary>The suffix of the CSS class that colours it.</summary>
    public static string Tone(AttemptState state) => state switch
    {
        AttemptState.Claimed or AttemptState.Sending => "busy",
        AttemptState.Done => "good",
        AttemptState.Refused or AttemptState.FailedNotSent => "bad",
        AttemptState.Unknown => "unsure",
        _ => throw new UnreachableException(),
    };
}
