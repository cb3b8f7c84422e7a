using ActionMail.Mail.Message;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;
using ActionMail.Server.Intake;
using ActionMail.Server.Outbound;
using ActionMail.Server.Persistence;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Onboarding;

/// <summary>
/// A mail to the onboarding address: (1) whose request is it, by the originator that its card names; (2) keep it with all that was found out, for the reviewer; (3) one that
/// cannot be used, as a mail that was forwarded, is answered with the reason: to a proven sender who has to do with a waiting request, and to nobody else. dashboard.md
/// "The verification mail".
/// </summary>
internal sealed class TakeVerificationMail(
    PendingRequests requests, VerificationRecord record, VerificationMails store, SendNotice notices, IOptions<CardLimits> limits, ILogger<TakeVerificationMail> log)
{
    public async Task<string> TakeAsync(MailToPlatform mail, CancellationToken cancel)
    {
        var waiting = await requests.AllAsync(cancel);
        var (outcome, named) = Look(mail, waiting);                                                                             // 1
        if (named is not null)
        {
            var isKept = await store.KeepAsync(record.Of(mail, named, outcome), named, cancel);                                 // 2
            log.Taken(named.Registration.Id, named.Revision, mail.IsAligned);
            // An originator is in every card: whoever knows it does not therefore know that a request waits.
            var isTheirs = isKept && mail.IsSenderProven && mail.Facts.From is { } sender && requests.ConcernedBy(sender, [named]) is not null;
            return isTheirs ? OnboardingWords.TiedTo(named) : OnboardingWords.LeftAlone;
        }
        // An unproven From is anybody's: what is answered to it would go to whom it names.
        if (mail.Facts.From is not { } from || !mail.IsSenderProven || mail.IsAutomatic || requests.ConcernedBy(from, waiting) is not { } concerned)
        {
            log.LeftAlone(outcome);
            return OnboardingWords.LeftAlone;
        }
        await store.KeepAsync(record.Of(mail, concerned, outcome), concerned, cancel);
        await notices.SendAsync(concerned.Registration.OrganizationId, from, OnboardingWords.SubjectOf(mail.Mail), OnboardingWords.Explain(outcome, mail.Mail), cancel);  // 3
        log.Answered(outcome);
        return OnboardingWords.Sentence(outcome);
    }

    private (VerificationOutcome Outcome, PendingRequest? Named) Look(MailToPlatform mail, List<PendingRequest> waiting)
    {
        if (mail.Carried is CarriedCard.None)
            return (ForwardedMail.TraceIn(mail.Mail) is null ? VerificationOutcome.WithoutCard : VerificationOutcome.Forwarded, null);
        if (ClaimedOriginator.In(mail.Carried, limits.Value) is not { } originator)
            return (VerificationOutcome.Unreadable, null);
        return waiting.Find(request => string.Equals(request.Registration.Id, originator, StringComparison.Ordinal)) is { } named
            ? (VerificationOutcome.Taken, named)
            : (VerificationOutcome.UnknownOriginator, null);
    }
}

internal static partial class OnboardingLog // 1800–1819
{
    [LoggerMessage(1800, LogLevel.Information, "A verification mail came for revision {Revision} of provider {ProviderId}; aligned: {IsAligned}")]
    public static partial void Taken(this ILogger logger, string providerId, int revision, bool isAligned);

    [LoggerMessage(1801, LogLevel.Information, "A mail to the onboarding address was answered: {Outcome}")]
    public static partial void Answered(this ILogger logger, VerificationOutcome outcome);

    [LoggerMessage(1802, LogLevel.Information, "A mail to the onboarding address was left alone: {Outcome}, and no proven sender with a waiting request")]
    public static partial void LeftAlone(this ILogger logger, VerificationOutcome outcome);
}
