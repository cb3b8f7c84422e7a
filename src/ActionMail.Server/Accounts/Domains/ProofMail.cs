using ActionMail.Mail.Dkim;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Intake;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Accounts.Domains;

/// <summary>
/// The third way to prove a mail domain: a mail from one of the addresses that only who runs the domain can have (RFC 2142 §5, and those that certificate authorities
/// take), with a DKIM signature of exactly that domain and the token as its subject. Anybody with a mailbox could send one from their own address, so that proves nothing.
/// </summary>
internal sealed class ProofMail(CheckDomain check, IDbContextFactory<ActionMailDb> contexts)
{
    private static readonly string[] LocalParts = ["postmaster", "hostmaster", "webmaster", "admin", "administrator"];

    private const string ProvesNothing = "nothing was done with it: it proves no domain";

    /// <summary>
    /// Takes such a mail; what proves nothing is passed over without an answer, for its sender may be anybody. The subject is the token alone, and the mail no answer of a
    /// machine: a postmaster's report about an undeliverable mail is signed too, and repeats what a stranger has written.
    /// </summary>
    public async Task<string> TakeAsync(MailToPlatform mail, CancellationToken cancel)
    {
        if (mail.IsAutomatic || !mail.Facts.Faults.IsEmpty || mail.Sender is not { } sender)
            return ProvesNothing;
        if (!EmailAddress.TryParse(mail.Mail.From.Address, out var author) || !LocalParts.Contains(author.LocalPart)
            || !sender.Results.Signatures.Any(signature => IsOf(signature.Result, author.Domain)))
            return ProvesNothing;
        var settled = false;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        foreach (var proof in await db.DomainProofs.AsNoTracking().Where(row => row.Domain == author.Domain).ToListAsync(cancel))
        {
            if (!string.Equals(mail.Mail.Subject.Trim(), DomainLook.TextOf(proof.Token), StringComparison.Ordinal))
                continue;
            settled |= await check.SettleAsync(proof, new DomainFinding.Found(ProofWay.Mail), author.ToString(), mail.Envelope.ClientAddress.ToString(), cancel) is DomainResult.Done;
        }
        return settled ? $"{author.Domain} is proven" : ProvesNothing;
    }

    // Not that of a domain above or below; and over the subject, or an old mail could be given a new one.
    private static bool IsOf(DkimResult signature, string domain) => signature.Result == DkimResultWord.Pass
        && string.Equals(signature.Domain, domain, StringComparison.OrdinalIgnoreCase) && signature.SignedNames.Contains("subject", StringComparer.OrdinalIgnoreCase);
}
