using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Message;
using ActionMail.Mail.Senders;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Intake;
using ActionMail.Server.Network;

namespace ActionMail.Cli.Senders;

/// <summary>Finds out who sent a mail, as the platform does when it comes in.</summary>
internal static class SenderLookup
{
    private static readonly DkimKeyCache Keys = new();

    /// <summary>A mail that is not from one address has no author domain: its signatures are judged all the same, and nothing aligns.</summary>
    public static async Task<VerifiedSender> VerifyAsync(MailMessage mail, SpfSource spf, IDnsLookup dns, DateTimeOffset at, CancellationToken cancel)
    {
        var author = EmailAddress.TryParse(mail.From.Address, out var from) && DomainName.TryParse(from.Domain, out var domain) ? domain : default;
        using var inquiry = new DnsInquiry(dns, new(), TimeProvider.System);
        var query = new SenderQuery(SignedMail.Of(mail), author, spf);
        return VerifiedSender.Of(mail, await inquiry.DecideAsync(known => SenderEvaluation.Next(query, known, at, Keys), cancel), inquiry.Known);
    }
}
