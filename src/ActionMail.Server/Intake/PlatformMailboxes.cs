using ActionMail.Server.Accounts.Domains;
using ActionMail.Server.Providers.Health;
using ActionMail.Server.Providers.Onboarding;

namespace ActionMail.Server.Intake;

/// <summary>Hands mail to the platform's own addresses to what takes it. Durable when the task has ended.</summary>
internal sealed class PlatformMailboxes(PlatformAddresses addresses, TakeVerificationMail onboarding, TakeComplaint complaints, ProofMail proofs)
{
    public bool IsOurs(string recipient) => addresses.Find(recipient) is not null;

    /// <summary>Each mailbox that is among the recipients, once.</summary>
    public async Task TakeAsync(MailToPlatform mail, IEnumerable<string> recipients, CancellationToken cancel)
    {
        foreach (var mailbox in recipients.Select(addresses.Find).OfType<PlatformMailbox>().Distinct())
        {
            await (mailbox switch
            {
                PlatformMailbox.Onboarding => onboarding.TakeAsync(mail, cancel),
                PlatformMailbox.Complaints => complaints.TakeAsync(mail, cancel),
                PlatformMailbox.DomainProof => proofs.TakeAsync(mail, cancel),
                _ => throw new System.Diagnostics.UnreachableException(),
            });
        }
    }
}
