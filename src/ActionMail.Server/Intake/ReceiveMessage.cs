using System.Security.Cryptography;
using System.Text;
using ActionMail.Mail.Message;
using ActionMail.Mail.Smtp;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Intake;

/// <summary>One recipient's copy, decided and ready to be stored.</summary>
internal sealed record DecidedCopy(Person Owner, CardDecision Decision);

/// <summary>A received mail with what was decided for each of its recipients.</summary>
internal sealed record ReceivedMail(MailMessage Mail, SmtpEnvelope Envelope, DateTimeOffset ReceivedAt, byte[] ContentHash, byte[]? JwsHash, IReadOnlyList<DecidedCopy> Copies);

/// <summary>
/// The way of a message, from its bytes to the answer: parse it once; find the card; decide for each recipient; store all copies in one transaction; only then say
/// that it is accepted, and tell the open inboxes.
/// </summary>
internal sealed class ReceiveMessage(
    AddressBook addresses, ProviderRegistry providers, IntakeStore store, LiveViews views, IOptions<ServerOptions> options,
    IOptions<CardLimits> cards, IOptions<MessageLimits> limits, TimeProvider time, ILogger<ReceiveMessage> log)
{
    public ValueTask<RecipientAnswer> FindRecipientAsync(string recipient, CancellationToken cancel)
    {
        if (EmailAddress.TryParse(recipient, out var address) && addresses.Find(address) is not null)
            return ValueTask.FromResult(RecipientAnswer.Known);
        var domain = recipient[(recipient.LastIndexOf('@') + 1)..];
        return ValueTask.FromResult(addresses.IsOurs(domain) ? RecipientAnswer.Unknown : RecipientAnswer.Refused);
    }

    public async Task<AcceptanceAnswer> AcceptAsync(SmtpEnvelope envelope, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var owners = envelope.Recipients.Select(OwnerOf).OfType<Person>().DistinctBy(person => (person.OrganizationId, person.Id)).ToList();
        return new AcceptanceAnswer.Stored(await StoreAsync(envelope, content, owners, submitter: null, cancel));
    }

    /// <summary>A mail that a person, known by their session, submits to themselves. Protocol §2, "self-test".</summary>
    public Task<string> AcceptSelfTestAsync(Person submitter, ReadOnlyMemory<byte> content, CancellationToken cancel) =>
        StoreAsync(new(submitter.PrimaryAddress.ToString(), [submitter.PrimaryAddress.ToString()], System.Net.IPAddress.Loopback, "", false, false, "self-test"),
            content, [submitter], submitter.PrimaryAddress, cancel);

    private async Task<string> StoreAsync(SmtpEnvelope envelope, ReadOnlyMemory<byte> content, List<Person> owners, EmailAddress? submitter, CancellationToken cancel)
    {
        var arrivedAt = time.GetUtcNow();
        var mail = MailMessage.Read(content, limits.Value);
        var facts = MailFacts.Of(mail);
        var carried = MailFacts.CardOf(mail);
        var copies = owners.ConvertAll(owner => new DecidedCopy(owner, Decide(facts, carried, owner, arrivedAt, submitter)));
        var jwsHash = carried is CarriedCard.Signed signed ? SignedPartHash(signed.Jws) : null;
        var received = new ReceivedMail(mail, envelope, arrivedAt, SHA256.HashData(content.Span), jwsHash, copies);
        var stored = await store.StoreAsync(received, cancel);
        foreach (var message in stored)
        {
            log.Delivered(message.Id, message.Owner.PrimaryAddress, message.State.ToString(), message.Reason?.Code());
            views.TellList(message.Owner.Id, new("arrived", message.Id));
        }
        return stored is [var first, ..] ? first.Id.ToString("D") : "already here";
    }

    private CardDecision Decide(MessageFacts facts, CarriedCard carried, Person owner, DateTimeOffset arrivedAt, EmailAddress? submitter) =>
        CardDecision.Decide(new(facts, carried, owner.ToRecipient(), arrivedAt)
        {
            FindProvider = providers.Find,
            Limits = cards.Value,
            UrlPolicy = options.Value.UrlPolicy,
            AuthenticatedSubmitter = submitter,
        });

    // Without the signature: an ECDSA signature has a second spelling that verifies as well, and the card would be new again. Security C-23.
    private static byte[] SignedPartHash(string jws) => SHA256.HashData(Encoding.UTF8.GetBytes(jws[..Math.Max(0, jws.LastIndexOf('.'))]));

    private Person? OwnerOf(string recipient) => EmailAddress.TryParse(recipient, out var address) ? addresses.Find(address) : null;
}
