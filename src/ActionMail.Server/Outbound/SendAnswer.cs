using ActionMail.Mail.Message;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using ActionMail.Server.Intake;
using ActionMail.Server.Persistence;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Outbound;

/// <summary>What became of a draft: exactly one of the cases below.</summary>
internal abstract record SendResult
{
    private SendResult() { }

    /// <summary>It is recorded, in the mailboxes of people here, and on its way to the others; or the same form had been sent before.</summary>
    public sealed record Sent : SendResult;

    /// <summary>Nothing was sent; what to mend, and where.</summary>
    public sealed record Rejected(IReadOnlyList<DraftFault> Faults) : SendResult;

    /// <summary>The message that it answers is not the author's.</summary>
    public sealed record NotFound : SendResult;
}

/// <summary>
/// A reply or a forward, from the form to its recipients: find the answered message, the author's own; read the draft; look where each recipient is; write the mail
/// without any card; record it and put it into the mailboxes here in one transaction; leave the rest to the relay's queue.
/// </summary>
internal sealed class SendAnswer(
    InboxQueries inbox, AddressBook addresses, ReceiveSubmission receive, PlatformMailboxes platform, SentStore store, RelayQueue queue, IOptions<OutboundOptions> options, IOptions<SmtpOptions> smtp,
    IOptions<MessageLimits> limits, TimeProvider time, ILogger<SendAnswer> log)
{
    public async Task<SendResult> SendAsync(Person author, Guid messageId, Draft draft, CancellationToken cancel)
    {
        if (await inbox.OriginalAsync(SignedInPerson.Of(author), messageId, cancel) is not { } original)
            return new SendResult.NotFound();
        var reading = DraftReading.Of(draft, options.Value.MaxRecipients);
        var faults = reading.Faults.AddRange(Unreachable(reading.To, DraftField.To)).AddRange(Unreachable(reading.Cc, DraftField.Cc));
        if (!faults.IsEmpty)
            return new SendResult.Rejected(faults);

        var answered = MailMessage.Read(original.Content, limits.Value);
        var letter = new Letter(draft, reading, AnswerPlan.For(answered, draft.Kind, author).From, author.DisplayName, answered, original.ReceivedAt, time.GetUtcNow());
        if (LetterWriter.Write(letter) is not { } content)
            return Rejected("This message is made so that its card cannot be taken out of it. It can be neither quoted nor forwarded.");
        return content.Length > smtp.Value.MaxMessageBytes
            ? Rejected($"With the original message this is larger than the {smtp.Value.MaxMessageBytes / 1024 / 1024} MiB that a mail may have here.")
            : await SendAsync(author, messageId, letter, content, cancel);
    }

    private async Task<SendResult> SendAsync(Person author, Guid messageId, Letter letter, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var deliveries = letter.Recipients.Recipients.Select(recipient => (Address: recipient, Owner: addresses.Find(recipient))).ToList();
        var here = deliveries.Select(each => each.Owner).OfType<Person>().DistinctBy(person => (person.OrganizationId, person.Id)).ToList();
        var row = new SentMailRow
        {
            OrganizationId = author.OrganizationId,
            Id = letter.Draft.Id,
            PersonId = author.Id,
            MessageId = messageId,
            Kind = letter.Draft.Kind,
            MailFrom = letter.From.ToString(),
            Content = content.ToArray(),
            SentAt = letter.SentAt,
        };
        // Before it is recorded: sent again, it is taken again, which changes nothing.
        await TellPlatformAsync(letter, content, cancel);
        var record = SendRecord.Recorded;
        await receive.AcceptAsync(new(letter.From, here, content, letter.SentAt), db =>
        {
            record = store.Record(db, row, deliveries.Select(each => (each.Address.ToString(), IsElsewhere(each) ? DeliveryState.Waiting : DeliveryState.Delivered)));
            return record == SendRecord.Recorded;
        }, cancel);
        if (record == SendRecord.TooMany)
            return Rejected($"You have sent {options.Value.MaxMailsPerHour} mails within an hour, which is as many as one may here. Try again later.");
        if (record == SendRecord.Recorded)
        {
            var elsewhere = deliveries.Count(IsElsewhere);
            log.Sent(row.Id, here.Count, elsewhere);
            if (elsewhere > 0)
                queue.Wake();
        }
        return new SendResult.Sent();
    }

    private bool IsElsewhere((EmailAddress Address, Person? Owner) delivery) => delivery.Owner is null && !platform.IsOurs(delivery.Address.ToString());

    private Task TellPlatformAsync(Letter letter, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var recipients = letter.Recipients.Recipients.Select(recipient => recipient.ToString()).ToList();
        var mail = MailMessage.Read(content, limits.Value);
        var envelope = new SmtpEnvelope(letter.From.ToString(), recipients, System.Net.IPAddress.Loopback, "", Tls: false, Utf8: false, "submission");
        return platform.TakeAsync(new(mail, envelope, MailFacts.CardOf(mail), MailFacts.Of(mail), Sender: null, letter.SentAt) { IsFromSession = true }, recipients, cancel);
    }

    private IEnumerable<DraftFault> Unreachable(IEnumerable<EmailAddress> recipients, DraftField field) => recipients
        .Where(recipient => addresses.Find(recipient) is null && !platform.IsOurs(recipient.ToString()))
        .Select(recipient => addresses.IsOurs(recipient.Domain) ? $"Nobody here has the address {recipient}."
            : options.Value.Host is null ? $"This installation sends no mail to other systems, so not to {recipient}."
            : null)
        .OfType<string>().Select(words => new DraftFault(field, words));

    private static SendResult.Rejected Rejected(string words) => new([new(DraftField.Mail, words)]);
}
