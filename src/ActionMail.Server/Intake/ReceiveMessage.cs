using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ActionMail.Mail.Message;
using ActionMail.Mail.Senders;
using ActionMail.Mail.Smtp;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Intake;

/// <summary>One recipient's copy, decided and ready to be stored.</summary>
internal sealed record DecidedCopy(Person Owner, CardDecision Decision, bool IsSenderVerified);

/// <summary>A received mail with what was found out about its sender and what was decided for each of its recipients.</summary>
internal sealed record ReceivedMail(
    MailMessage Mail, SmtpEnvelope Envelope, DateTimeOffset ReceivedAt, byte[] ContentHash, byte[]? JwsHash, SenderReport? Sender, IReadOnlyList<DecidedCopy> Copies)
{
    /// <summary>Whose mail it counts as, or null.</summary>
    public CountedMail? Counted { get; init; }
}

/// <summary>
/// The way of a message, from its bytes to the answer: parse it once; find the card; verify the sender; hand it to the platform's own addresses; decide for each other
/// recipient; store all copies in one transaction; only then say that it is accepted, and tell the open inboxes.
/// </summary>
internal sealed class ReceiveMessage(
    AddressBook addresses, SenderAuthentication senders, CopyDecisions decisions, PlatformMailboxes platform, IntakeStore store,
    LiveViews views, IOptions<MessageLimits> limits, TimeProvider time,
    ILogger<ReceiveMessage> log)
{
    public ValueTask<RecipientAnswer> FindRecipientAsync(string recipient, CancellationToken cancel)
    {
        if (platform.IsOurs(recipient) || (EmailAddress.TryParse(recipient, out var address) && addresses.Find(address) is not null))
            return ValueTask.FromResult(RecipientAnswer.Known);
        var domain = recipient[(recipient.LastIndexOf('@') + 1)..];
        return ValueTask.FromResult(addresses.IsOurs(domain) ? RecipientAnswer.Unknown : RecipientAnswer.Refused);
    }

    public async Task<AcceptanceAnswer> AcceptAsync(SmtpEnvelope envelope, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var arrivedAt = time.GetUtcNow();
        var mail = MailMessage.Read(content, limits.Value);
        var carried = MailFacts.CardOf(mail);
        var sender = await senders.VerifyAsync(mail, senders.SpfOf(mail, envelope, arrivedAt), arrivedAt, cancel);
        var facts = MailFacts.Of(mail, sender?.Facts);
        if (sender is not null && senders.TroubleOf(sender.Results) is { } trouble && MayAct(carried, facts))
        {
            log.SenderUncertain(envelope.SessionId, facts.From, trouble.Why);
            return new AcceptanceAnswer.SenderUncertain(ReplyTo(trouble));
        }
        var taken = await platform.TakeAsync(new(mail, envelope, carried, facts, sender, arrivedAt), envelope.Recipients, cancel);
        var owners = envelope.Recipients.Select(OwnerOf).OfType<Person>().DistinctBy(person => (person.OrganizationId, person.Id));
        var copies = owners.Select(owner => decisions.Decide(facts, carried, owner, arrivedAt, submitter: null)).ToList();
        var id = await StoreAsync(mail, envelope, carried, sender, copies, CountedMail.Of(facts, copies), arrivedAt, cancel);
        return copies.Count == 0 ? new AcceptanceAnswer.Taken(taken) : new AcceptanceAnswer.Stored(id);
    }

    /// <summary>
    /// A mail that a person, known by their session, submits to themselves. Protocol §2, "self-test". The sender is proven by the session; what the DNS would have to say
    /// of anybody else is found out all the same, to list what would fail.
    /// </summary>
    public async Task<string> AcceptSelfTestAsync(Person submitter, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var arrivedAt = time.GetUtcNow();
        var mail = MailMessage.Read(content, limits.Value);
        var carried = MailFacts.CardOf(mail);
        var sender = await senders.VerifyAsync(mail, new SpfSource.Unknown(), arrivedAt, cancel);
        var address = submitter.PrimaryAddress.ToString();
        var envelope = new SmtpEnvelope(address, [address], System.Net.IPAddress.Loopback, "", false, false, "self-test");
        var copy = decisions.Decide(MailFacts.Of(mail, sender?.Facts), carried, submitter, arrivedAt, submitter.PrimaryAddress);
        return await StoreAsync(mail, envelope, carried, sender, [copy], counted: null, arrivedAt, cancel);
    }

    private async Task<string> StoreAsync(
        MailMessage mail, SmtpEnvelope envelope, CarriedCard carried, VerifiedSender? sender, IReadOnlyList<DecidedCopy> copies, CountedMail? counted,
        DateTimeOffset arrivedAt, CancellationToken cancel)
    {
        var jwsHash = carried is CarriedCard.Signed signed ? SignedPartHash(signed.Jws) : null;
        var received = new ReceivedMail(mail, envelope, arrivedAt, SHA256.HashData(mail.Raw.Span), jwsHash, sender?.Report, copies) { Counted = counted };
        var stored = await store.StoreAsync(received, cancel);
        foreach (var message in stored)
        {
            log.Delivered(message.Id, message.Owner.PrimaryAddress, message.State.ToString(), message.Reason?.Code());
            views.TellList(message.Owner.Id, new("arrived", message.Id));
        }
        return stored is [var first, ..] ? first.Id.ToString("D") : "already here";
    }

    // A card that no sender could make act, and a mail without one, are accepted whatever the DNS says: nothing hangs on it.
    private static bool MayAct(CarriedCard carried, MessageFacts facts) => carried is CarriedCard.Unsigned or CarriedCard.Signed && facts.Faults.IsEmpty;

    private static SmtpReply ReplyTo(SenderTrouble trouble) => trouble switch
    {
        SenderTrouble.Key => SmtpReplies.KeyUncertain,
        SenderTrouble.Dns => SmtpReplies.SenderUncertain,
        _ => throw new UnreachableException(),
    };

    // Without the signature: an ECDSA signature has a second spelling that verifies as well, and the card would be new again. Security C-23.
    internal static byte[] SignedPartHash(string jws) => SHA256.HashData(Encoding.UTF8.GetBytes(jws[..Math.Max(0, jws.LastIndexOf('.'))]));

    private Person? OwnerOf(string recipient) => !platform.IsOurs(recipient) && EmailAddress.TryParse(recipient, out var address) ? addresses.Find(address) : null;
}
