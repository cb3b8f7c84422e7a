using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Intake;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Platform;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ActionMail.Server.Outbound;

/// <summary>A letter of the platform's own, plain text to one person: into their mailbox where it is here, else by the relay.</summary>
internal sealed class SendNotice(
    ReceiveSubmission receive, SentStore store, StoreWriter writer, RelayQueue queue, AddressBook addresses, PlatformProvider platform, IOptions<OutboundOptions> outbound,
    TimeProvider time)
{
    /// <summary>A page of the platform, as an address.</summary>
    public string Link(string path) => platform.Link(path);

    /// <summary>Whether a mail to the address can be sent from here at all.</summary>
    public bool CanReach(EmailAddress address) => addresses.Find(address) is not null || (!addresses.IsOurs(address.Domain) && outbound.Value.Host is not null);

    /// <summary>Sends it, on behalf of an organization; false where the address cannot be reached from here.</summary>
    public async Task<bool> SendAsync(Guid organizationId, EmailAddress to, string subject, string text, CancellationToken cancel)
    {
        if (!CanReach(to))
            return false;
        var content = Write(to, subject, text);
        if (addresses.Find(to) is { } here)
            return await receive.AcceptAsync(new(platform.Address, [here], content, time.GetUtcNow()), _ => true, cancel);
        var row = new SentMailRow
        {
            OrganizationId = organizationId,
            Id = Guid.NewGuid(),
            PersonId = Guid.Empty,
            MessageId = Guid.Empty,
            Kind = AnswerKind.Notice,
            MailFrom = platform.Address.ToString(),
            Content = content,
            SentAt = time.GetUtcNow(),
        };
        await writer.WriteAsync(db => store.Record(db, row, [(to.ToString(), DeliveryState.Waiting)]), cancel);
        queue.Wake();
        return true;
    }

    private byte[] Write(EmailAddress to, string subject, string text)
    {
        var mail = new MimeMessage { Subject = HeaderText.Of(subject), Date = time.GetUtcNow(), MessageId = $"{Guid.NewGuid():N}@{platform.Address.Domain}" };
        mail.From.Add(new MailboxAddress(PlatformProvider.Name, platform.Address.ToString()));
        mail.To.Add(new MailboxAddress("", to.ToString()));
        // RFC 3834 §5: nobody's autoresponder answers it.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        var body = new TextPart("plain") { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        body.SetText(System.Text.Encoding.UTF8, text.ReplaceLineEndings("\r\n"));
        mail.Body = body;
        mail.Prepare(EncodingConstraint.SevenBit);
        return MailBytes.Of(mail).ToArray();
    }
}
