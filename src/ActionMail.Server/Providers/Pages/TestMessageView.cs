using System.Collections.Immutable;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Inbox;

namespace ActionMail.Server.Providers.Pages;

/// <summary>What a test message tells: which checks its card passes, which it fails as a real one would, and which say nothing about real mail.</summary>
/// <param name="MessageId">The message in the reader's mailbox.</param>
/// <param name="IsShown">Whether its card is active.</param>
/// <param name="Passed">The checks that hold.</param>
/// <param name="Failed">The checks that do not, and would not in the provider's own mail.</param>
/// <param name="NotTested">Those that a message from oneself to oneself cannot pass: it has another sender, and no mail server sent it.</param>
internal sealed record TestMessageView(Guid MessageId, bool IsShown, ImmutableArray<CheckView> Passed, ImmutableArray<CheckView> Failed, ImmutableArray<CheckView> NotTested)
{
    public static TestMessageView Of(WhyView why)
    {
        // What changed since the message came counts as well: the registration may be out of force by now.
        CheckView[] checks = [.. why.Checks, .. why.Change is { } change ? (ReadOnlySpan<CheckView>)[change.Check] : []];
        var fallen = checks.Where(check => check.Outcome != CheckOutcome.Pass).ToList();
        return new(
            why.MessageId,
            why.Card == CardState.Active,
            [.. checks.Where(check => check.Outcome == CheckOutcome.Pass)],
            [.. fallen.Where(check => check.Outcome == CheckOutcome.Fail && !IsOfTheMailsWay(check.Code))],
            [.. fallen.Where(check => IsOfTheMailsWay(check.Code))]);
    }

    private static bool IsOfTheMailsWay(Reason code) => code is (>= Reason.DkimNone and <= Reason.SenderUnverified) or Reason.OriginatorSenderMismatch;
}
