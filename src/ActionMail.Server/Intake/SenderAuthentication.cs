using ActionMail.Mail.Arc;
using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Message;
using ActionMail.Mail.Senders;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Network;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Intake;

/// <summary>Finds out who sent a mail: once for all of its recipients, with one view of the DNS and within the budget of one message.</summary>
internal sealed class SenderAuthentication(IDnsLookup dns, IOptions<DnsOptions> network, IOptions<SenderOptions> senders, IOptions<SmtpOptions> smtp, TimeProvider time)
{
    private readonly DkimKeyCache _keys = new();

    /// <summary>Null for a mail that is not from one address: there is nobody to verify.</summary>
    public async Task<VerifiedSender?> VerifyAsync(MailMessage mail, SpfSource spf, DateTimeOffset arrivedAt, CancellationToken cancel)
    {
        if (!EmailAddress.TryParse(mail.From.Address, out var from) || !DomainName.TryParse(from.Domain, out var author))
            return null;
        using var inquiry = new DnsInquiry(dns, network.Value.Budget, time);
        var query = new SenderQuery(SignedMail.Of(mail), author, spf);
        var results = await inquiry.DecideAsync(known => SenderEvaluation.Next(query, known, arrivedAt, _keys), cancel);
        return VerifiedSender.Of(mail, results, inquiry.Known);
    }

    /// <summary>What could not be asked and a proof may hang on: a chain's keys too, where all who sealed it are believed.</summary>
    public SenderTrouble? TroubleOf(SenderResults results) => results.Trouble
        ?? (results.Arc is { Result: ArcResultWord.TempError, Chain: [_, ..] chain } && chain.All(set => senders.Value.Policy.TrustedSealers.Contains(set.Domain))
            ? new SenderTrouble.Key($"ARC: {results.Arc.Reason}")
            : null);

    /// <summary>SPF of a mail that came over SMTP. A relay is not the sender: its own address proves nothing, whatever it reports.</summary>
    public SpfSource SpfOf(MailMessage mail, SmtpEnvelope envelope, DateTimeOffset arrivedAt) => senders.Value.IsRelay(envelope.ClientAddress)
        ? RelayedSpf.In(mail, senders.Value.TrustedAuthServIds, envelope.MailFrom)
        : new SpfSource.Client(new(envelope.ClientAddress, envelope.Helo, envelope.MailFrom) { Receiver = smtp.Value.Hostname, Now = arrivedAt });
}
