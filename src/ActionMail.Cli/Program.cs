using System.CommandLine;
using ActionMail.Cli.Cards;
using ActionMail.Cli.Dev;
using ActionMail.Cli.Keys;
using ActionMail.Cli.Messages;
using ActionMail.Cli.Organizations;
using ActionMail.Cli.Providers;
using ActionMail.Cli.Senders;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

var root = new RootCommand("ActionMail from the command line: make keys, sign cards, send and explain mails, register services, run the emulator.")
{
    new Command("key", "Keys that cards are signed with.") { KeyNew.Verb() },
    new Command("card", "Cards.") { CardSign.Verb(), CardLintVerb.Verb(), CardConvert.Verb(), CardExpand.Verb(), CardRender.Verb() },
    new Command("message", "Mails that carry a card.") { MessageSend.Verb(), MessageExplain.Verb(), MessageStrip.Verb() },
    new Command("provider", "Registrations of the services that send cards.")
    {
        ProviderAdd.Verb(),
        ProviderList.Verb(),
        ProviderShow.Verb(),
        ProviderApply.Verb(),
        ProviderDrafts.New(),
        ProviderDrafts.List(),
        ProviderDrafts.Submit(),
        ProviderDrafts.Discard(),
        ProviderDrafts.Clone(),
        ProviderDrafts.Migrate(),
        ProviderDecide.Approve(),
        ProviderDecide.Reject(),
        ProviderProveKey.Verb(),
        ProviderOwners.Command(),
        ProviderConsent.Command(),
        ProviderInvitations.Command(),
        ProviderExport.Verb(),
        ProviderHistory.Verb(),
        ProviderHealth.Verb(),
        ProviderDiagnose.Verb(),
        ProviderDiagnose.TestMessage(),
    },
    new Command("organization", "Your organization, for its administrators.") { OrganizationSet.Show(), OrganizationSet.Set(), OrganizationDomains.Command() },
    Login.Verb(),
    Logout.Verb(),
    WhoAmI.Verb(),
    new Command("spf", "Sender Policy Framework: which clients may send for a domain.") { SpfCheck.Verb() },
    new Command("dmarc", "Whether the domains that were authenticated speak for the domain in From.") { DmarcCheck.Verb() },
    new Command("dkim", "DomainKeys Identified Mail: what the signatures of a mail prove.") { DkimCheck.Verb() },
    new Command("arc", "Authenticated Received Chain: what those say who passed a mail on.") { ArcCheck.Verb() },
    new Command("mail", "Mails and who sent them.") { MailCheck.Verb(), MailSign.Verb() },
    DevRun.Verb(),
};

ProviderMoves.AddTo(root.Subcommands.Single(group => group.Name == "provider"));
return await CommandLine.RunAsync(root, args, CancellationToken.None);
