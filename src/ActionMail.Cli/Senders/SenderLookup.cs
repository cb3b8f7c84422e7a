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

    /// <summary>Null for a mail that is not from one address.</summary>
    public static async Task<VerifiedSender?> VerifyAsync(MailMessage mail, SpfSource spf, IDnsLookup dns, DateTimeOffset at, CancellationToken cancel)
    {
        if (!EmailAddress.TryParse(mail.From.Address, out var from) || !DomainName.TryParse(from.Domain, out var author))
            return null;
        using var inquiry = new DnsInquiry(dns, new(), TimeProvider.System);
        var query = new SenderQuery(SignedMail.Of(mail), author, spf);
        return VerifiedSender.Of(mail, await inquiry.DecideAsync(known => SenderEvaluation.Next(query, known, at, Keys), cancel), inquiry.Known);
    }
}
