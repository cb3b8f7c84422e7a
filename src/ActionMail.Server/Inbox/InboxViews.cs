using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Inbox;

/// <summary>Somebody as a page names them.</summary>
internal sealed record PersonView(string Address, string Name, string Title);

/// <summary>The newest messages of a mailbox; <paramref name="Older"/> is the cursor of the next page, null on the last.</summary>
internal sealed record MessageListView(IReadOnlyList<MessageListItem> Messages, string? Older);

/// <summary>
/// One line of the list. <paramref name="Preview"/> is the card's summary, or the beginning of the text; <paramref name="HasUndelivered"/> says that the last
/// answer to the message did not reach somebody; <paramref name="CanAct"/>, that nobody has acted and its card has something to do.
/// </summary>
internal sealed record MessageListItem(
    Guid Id,
    PersonView Sender,
    bool IsSenderVerified,
    string Subject,
    string Preview,
    DateTimeOffset ReceivedAt,
    bool IsUnread,
    bool CanAct,
    OutcomeView? Outcome,
    bool HasUndelivered);

/// <summary>What became of an attempt, as far as a reader of the mailbox is concerned.</summary>
internal sealed record OutcomeView(AttemptState State, string Title, string Text, PersonView Actor, DateTimeOffset At);

/// <summary>
/// A message in the reading pane. <paramref name="StateJson"/> is the answer of GET /api/messages/{id}, written with the
/// default JSON encoder (which escapes the angle brackets), for the card to start from.
/// </summary>
internal sealed record MessageView(
    Guid Id,
    string Subject,
    PersonView Sender,
    DateTimeOffset ReceivedAt,
    SecurityBarView Security,
    bool HidesOriginalBody,
    BodyExtent Body,
    OutcomeView? Outcome,
    string StateJson);

/// <summary>
/// What the platform vouches for, outside the card where the card cannot imitate it. <paramref name="ProviderName"/> and
/// <paramref name="Proof"/> ("the service's signature on the card", "the domain contoso.test") are null when nothing is proven;
/// <paramref name="InertReason"/> says in words why a card that the message carries is not shown, <paramref name="ActionsOff"/> why one that is shown does not act.
/// </summary>
internal sealed record SecurityBarView(CardState Card, bool ShowsCard, string? ProviderName, string? Proof, bool IsSelfTest, string? InertReason, string? ActionsOff);

/// <summary>
/// The decision record of a message: how its card stands, what was checked when it arrived, what has changed that verdict, and what was done since.
/// <paramref name="Dns"/> is what the DNS answered, as lines of a zone file.
/// </summary>
internal sealed record WhyView(
    Guid MessageId,
    string Subject,
    DateTimeOffset ReceivedAt,
    CardState Card,
    Reason? Reason,
    bool IsSelfTest,
    ChangeView? Change,
    IReadOnlyList<CheckView> Checks,
    IReadOnlyList<string> Dns,
    IReadOnlyList<AttemptView> Attempts);

/// <summary>One check of a decision record.</summary>
internal sealed record CheckView(Reason Code, CheckOutcome Outcome, string Evidence)
{
    public static CheckView Of(Check check) => new(check.Code, check.Outcome, check.Evidence);
}

/// <summary>What keeps a card from acting that acted when it arrived: the check that fails now, whether the card is still shown, and what happened in words.</summary>
internal sealed record ChangeView(CheckView Check, bool IsShown, string Words);

/// <summary>
/// One attempt in the trace: what was pressed, what was called (host and path without the query) and how it ended.
/// <paramref name="Status"/> is null when no answer came.
/// </summary>
internal sealed record AttemptView(
    Guid RequestId,
    OutcomeView Outcome,
    string Target,
    int? Status,
    TimeSpan? Duration);
