using ActionMail.Server.Accounts.Domains;
using ActionMail.Server.Providers.Health;
using ActionMail.Server.Providers.Onboarding;

namespace ActionMail.Server.Intake;

/// <summary>
/// Hands mail to the platform's own addresses to what takes it. Durable when the task has ended. What each made of it is told to the sender, in ASCII, and to nobody who is
/// not proven to be the sender anything that a stranger does not know.
/// </summary>
internal sealed class PlatformMailboxes(PlatformAddresses addresses, TakeVerificationMail onboarding, TakeComplaint complaints, ProofMail proofs)
{
    public bool IsOurs(string recipient) => addresses.Find(recipient) is not null;

    /// <summary>Each mailbox that is among the recipients, once; what came of it, by mailbox. Empty where none is among them.</summary>
    public async Task<string> TakeAsync(MailToPlatform mail, IEnumerable<string> recipients, CancellationToken cancel)
    {
        var words = new List<string>();
        foreach (var mailbox in recipients.Select(addresses.Find).OfType<PlatformMailbox>().Distinct())
        {
            words.Add(mailbox switch
            {
                PlatformMailbox.Onboarding => "onboarding: " + await onboarding.TakeAsync(mail, cancel),
                PlatformMailbox.Complaints => "complaints: " + await complaints.TakeAsync(mail, cancel),
                PlatformMailbox.DomainProof => "domain proof: " + await proofs.TakeAsync(mail, cancel),
                _ => throw new System.Diagnostics.UnreachableException(),
            });
        }
        return string.Join("; ", words);
    }
}
