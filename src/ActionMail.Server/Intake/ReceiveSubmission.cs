using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using ActionMail.Mail.Message;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using ActionMail.Server.Persistence;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Intake;

/// <summary>A mail that a signed-in person sends to people here; none where all its recipients are elsewhere.</summary>
internal sealed record Submission(EmailAddress Author, IReadOnlyList<Person> Recipients, ReadOnlyMemory<byte> Content, DateTimeOffset At);

/// <summary>
/// The way in for what is written here: stored as any other mail, except that the session proves the sender and that no card is looked for, for there is none.
/// </summary>
internal sealed class ReceiveSubmission(IntakeStore store, LiveViews views, IOptions<MessageLimits> limits, ILogger<ReceiveSubmission> log)
{
    /// <summary>False where the record declines: then nothing is stored.</summary>
    public async Task<bool> AcceptAsync(Submission submission, Func<ActionMailDb, bool> record, CancellationToken cancel)
    {
        if (await store.StoreAsync(Received(submission), record, cancel) is not { } stored)
            return false;
        foreach (var message in stored)
        {
            log.Delivered(message.Id, message.Owner.PrimaryAddress, message.State.ToString(), message.Reason?.Code());
            views.TellList(message.Owner.Id, new("arrived", message.Id));
        }
        return true;
    }

    private ReceivedMail Received(Submission submission)
    {
        var author = submission.Author.ToString();
        var envelope = new SmtpEnvelope(author, [.. submission.Recipients.Select(person => person.PrimaryAddress.ToString())], IPAddress.Loopback, "", Tls: false, Utf8: false, "submission");
        ImmutableArray<Check> checks = [new(Reason.SenderUnverified, CheckOutcome.Pass, $"written here by {author}, who was signed in")];
        return new(
            MailMessage.Read(submission.Content, limits.Value), envelope, submission.At, SHA256.HashData(submission.Content.Span), JwsHash: null, Sender: null,
            [.. submission.Recipients.Select(person => new DecidedCopy(person, new(CardState.None, Reason: null, checks), IsSenderVerified: true))]);
    }
}
