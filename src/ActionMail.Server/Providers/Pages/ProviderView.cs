using System.Collections.Immutable;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Inbox;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Approval;
using ActionMail.Server.Providers.Keys;
using ActionMail.Server.Providers.Onboarding;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Pages;

/// <summary>A registration's page.</summary>
/// <param name="Registration">The registration with its revisions.</param>
/// <param name="Content">What runs, else what was submitted last.</param>
/// <param name="Acts">What the reader may do.</param>
/// <param name="Owners">Who owns it, by name.</param>
/// <param name="Names">The domains and hosts that it claims.</param>
/// <param name="Keys">The keys of what was submitted last and of what runs.</param>
/// <param name="NoApprover">Why what waits would wait in vain; null where it does not.</param>
/// <param name="Nodes">Every running process of the platform, and whether it acts by what this page shows.</param>
/// <param name="Differences">In what the revision that waits differs from what runs; empty where none waits.</param>
/// <param name="History">What happened to it, the newest first.</param>
/// <param name="Settings">What a service copies.</param>
/// <param name="Test">What became of a test message, if one was sent just now.</param>
internal sealed record ProviderView(
    RegistrationView Registration, RegisteredContent Content, ImmutableHashSet<ProviderAct> Acts, ImmutableArray<Person> Owners, ImmutableArray<ClaimedName> Names,
    ImmutableArray<RegisteredKey> Keys, NoApprover? NoApprover, ImmutableArray<NodeStanding> Nodes, ImmutableArray<ContentDifference> Differences, ImmutableArray<HistoryLine> History, SdkSettings Settings,
    TestMessageView? Test)
{
    /// <summary>What the checks of the newest revision warn of.</summary>
    public ImmutableArray<SubmissionWarning> Warnings { get; init; } = [];

    /// <summary>Whom the reader wanted to make an owner, and why that was not done; null where nothing was wrong.</summary>
    public string? OwnerFault { get; init; }

    public string OwnerTyped { get; init; } = "";

    /// <summary>Whether the whole history is shown, and not its newest lines alone.</summary>
    public bool HasWholeHistory { get; init; }

    public ImmutableArray<HistoryLine> ShownHistory => HasWholeHistory ? History : [.. History.Take(NewestLines)];

    /// <summary>Mails to the onboarding address from the registration's own senders and people, the newest first.</summary>
    public ImmutableArray<VerificationView> VerificationMails { get; init; } = [];

    /// <summary>A signature that proves nothing; null where none was given, or it does.</summary>
    public SignatureFault? SignatureFault { get; init; }

    private const int NewestLines = 30;

    public ProviderRow Row => Registration.Row;

    public string Path => $"/providers/{Row.Id}";

    public bool May(ProviderAct act) => Acts.Contains(act);
}

/// <summary>A running process of the platform, and whether it has taken up a registration as it stands.</summary>
/// <param name="Name">The machine's.</param>
/// <param name="ActsByIt">Whether it acts by the registration as the page shows it.</param>
/// <param name="LoadedAt">When it last took up changes.</param>
internal sealed record NodeStanding(string Name, bool ActsByIt, DateTimeOffset LoadedAt);

/// <summary>A signature that was given for a key and proves nothing.</summary>
/// <param name="Thumbprint">Which key it was for.</param>
/// <param name="Words">Why it does not.</param>
/// <param name="Typed">What was given.</param>
internal sealed record SignatureFault(string Thumbprint, string Words, string Typed);

/// <summary>What the page offers, by right and by state.</summary>
internal enum ProviderAct
{
    Edit,
    Withdraw,
    Suspend,
    Resume,
    Revoke,
    Decide,
    Clone,
    Migrate,
    ChangeOwners,
    Prove,
    ProveKey,
}

/// <summary>Gathers what a registration's page shows. The reader has been let in by <see cref="RegistrationQueries.FindAsync"/>.</summary>
internal sealed class ProviderPageQueries(
    RegistrationQueries registrations, ReadSubmission read, ProvenTargets targets, RegisteredKeys keys, Approvers approvers, VerificationMails verification, AddressBook addresses, InboxQueries inbox,
    IOptions<ServerOptions> server, IOptions<CardLimits> cards, TimeProvider time)
{
    private const int MostVerificationMails = 5;

    public async Task<ProviderView> OfAsync(Actor reader, RegistrationView view, Guid? test, CancellationToken cancel)
    {
        var row = view.Row;
        var content = RegisteredContent.FromJson((view.Running ?? view.Newest).Content);
        var nodes = await registrations.NodesAsync(time.GetUtcNow(), cancel);
        return new(
            view,
            content,
            ActsOf(reader, view, content),
            [.. view.Owners.Select(owner => addresses.Find(row.OrganizationId, owner)).OfType<Person>().OrderBy(person => person.DisplayName, StringComparer.OrdinalIgnoreCase)],
            await targets.OfAsync(row.OrganizationId, RegisteredContent.FromJson(view.Newest.Content), cancel),
            await keys.OfAsync(row, cancel, view.Contents),
            approvers.WhyNone(view, reader.Person),
            [.. nodes.Select(node => new NodeStanding(node.Name, node.Version >= row.Version, node.LoadedAt))],
            view is { Running: { } running, Waiting: { } waiting } ? ContentDifference.Between(RegisteredContent.FromJson(running.Content), RegisteredContent.FromJson(waiting.Content)) : [],
            [.. await registrations.HistoryAsync(view, cancel)],
            SdkSettings.For(server.Value.Platform, row.OrganizationId, row.Id, content),
            test is { } message && reader.Person is { } person && await inbox.WhyAsync(SignedInPerson.Of(person), message, cancel) is { } why ? TestMessageView.Of(why) : null)
        {
            Warnings = await read.WarningsOfAsync(row, RegisteredContent.FromJson(view.Newest.Content), cancel),
            VerificationMails = row.IsGlobal ? await VerificationOfAsync(view, cancel) : [],
        };
    }

    // Anybody may write the originator into a card: what strangers send is for the reviewers alone (security D-09).
    private async Task<ImmutableArray<VerificationView>> VerificationOfAsync(RegistrationView view, CancellationToken cancel)
    {
        var senders = RegisteredContent.FromJson(view.Newest.Content).Senders;
        return
        [
            .. (await verification.OfAsync(view.Row.OrganizationId, view.Row.Id, cancel))
                .Where(mail => senders.Contains(mail.FromAddress, StringComparer.OrdinalIgnoreCase)
                    || (EmailAddress.TryParse(mail.FromAddress, out var from) && addresses.Find(from)?.OrganizationId == view.Row.OrganizationId))
                .Take(MostVerificationMails).Select(mail => VerificationView.Of(mail, cards.Value)),
        ];
    }

    private static ImmutableHashSet<ProviderAct> ActsOf(Actor reader, RegistrationView view, RegisteredContent content)
    {
        var row = view.Row;
        var isColleague = reader.Person?.OrganizationId == row.OrganizationId;
        (ProviderAct Act, bool Offered)[] acts =
        [
            (ProviderAct.Edit, Granted(RegistrationAct.Edit) && row.State != ProviderState.Revoked),
            (ProviderAct.Withdraw, Granted(RegistrationAct.Withdraw) && row.PendingRevision is not null),
            (ProviderAct.Suspend, Granted(RegistrationAct.Suspend) && ProviderStates.MayFollow(row.State, ProviderState.Suspended)),
            (ProviderAct.Resume, Granted(RegistrationAct.Resume) && row.State == ProviderState.Suspended),
            (ProviderAct.Revoke, Granted(RegistrationAct.Revoke) && row.ActiveRevision is not null && ProviderStates.MayFollow(row.State, ProviderState.Revoked)),
            (ProviderAct.Decide, row.PendingRevision is not null && Granted(RegistrationAct.Decide)),
            (ProviderAct.Clone, isColleague),
            (ProviderAct.Migrate, isColleague && content.TokenProfile == TokenProfile.Eat && row.State != ProviderState.Revoked),
            (ProviderAct.ChangeOwners, Granted(RegistrationAct.ChangeOwners)),
            (ProviderAct.ProveKey, Granted(RegistrationAct.Edit) && row.State != ProviderState.Revoked),
            (ProviderAct.Prove, isColleague && row.State != ProviderState.Revoked),
        ];
        return [.. acts.Where(act => act.Offered).Select(act => act.Act)];

        bool Granted(RegistrationAct act) => RegistrationRules.May(reader, act, view.InQuestion) is Permission.Granted;
    }
}
