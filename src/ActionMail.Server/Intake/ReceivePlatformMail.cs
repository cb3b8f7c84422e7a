using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using ActionMail.Mail.Message;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using ActionMail.Server.Persistence;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Intake;

/// <summary>A mail that the platform itself writes to people here.</summary>
internal sealed record PlatformLetter(EmailAddress From, ImmutableArray<Person> Recipients, ReadOnlyMemory<byte> Content, DateTimeOffset At);

/// <summary>
/// The way in for what the platform writes: parsed, decided for each recipient and stored as any other mail, its card by the signature that it carries. That it is from
/// here needs no proof, for it did not come over a wire.
/// </summary>
internal sealed class ReceivePlatformMail(IntakeStore store, CopyDecisions decisions, LiveViews views, IOptions<MessageLimits> limits, ILogger<ReceivePlatformMail> log)
{
    private static readonly Check WrittenHere = new(Reason.SenderUnverified, CheckOutcome.Pass, "written by the platform itself");

    /// <summary>Stores it in one transaction with the record; false where that declines, and then nothing is stored.</summary>
    public async Task<bool> AcceptAsync(PlatformLetter letter, Func<ActionMailDb, bool> record, CancellationToken cancel)
    {
        if (await store.StoreAsync(Received(letter), record, cancel) is not { } stored)
            return false;
        foreach (var message in stored)
        {
            log.Delivered(message.Id, message.Owner.PrimaryAddress, message.State.ToString(), message.Reason?.Code());
            views.TellList(message.Owner.Id, new("arrived", message.Id));
        }
        return true;
    }

    private ReceivedMail Received(PlatformLetter letter)
    {
        var mail = MailMessage.Read(letter.Content, limits.Value);
        var (facts, carried) = (MailFacts.Of(mail), MailFacts.CardOf(mail));
        var from = letter.From.ToString();
        var envelope = new SmtpEnvelope(from, [.. letter.Recipients.Select(person => person.PrimaryAddress.ToString())], IPAddress.Loopback, "", Tls: false, Utf8: false, "platform");
        var jwsHash = carried is CarriedCard.Signed signed ? ReceiveMessage.SignedPartHash(signed.Jws) : null;
        return new(
            mail, envelope, letter.At, SHA256.HashData(letter.Content.Span), jwsHash, Sender: null,
            [.. letter.Recipients.Select(person => Copy(person, facts, carried, letter.At))]);
    }

    private DecidedCopy Copy(Person owner, MessageFacts facts, CarriedCard carried, DateTimeOffset at)
    {
        var copy = decisions.Decide(facts, carried, owner, at, submitter: null);
        return copy with { Decision = copy.Decision with { Checks = [WrittenHere, .. copy.Decision.Checks] }, IsSenderVerified = true };
    }
}
