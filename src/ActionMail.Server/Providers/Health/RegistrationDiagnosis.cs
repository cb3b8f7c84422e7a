using System.Collections.Immutable;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Approval;
using ActionMail.Server.Providers.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Health;

/// <summary>How a registration stands on one node of the platform.</summary>
/// <param name="Name">The node's.</param>
/// <param name="IsCurrent">Whether it has taken up the registration's last change.</param>
/// <param name="IsEffective">Whether it acts by the registration: it is in force, and the node has taken that up.</param>
/// <param name="LoadedAt">When it took up a change last.</param>
/// <param name="SeenAt">When it last said that it runs.</param>
internal sealed record NodeStanding(string Name, bool IsCurrent, bool IsEffective, DateTimeOffset LoadedAt, DateTimeOffset SeenAt);

/// <summary>What a provider's developers are told of a message: when, what was decided, and whose domain it went to. Nothing that is the recipient's.</summary>
internal sealed record SeenMessage(DateTimeOffset At, CardState State, Reason? Reason, string RecipientDomain, bool IsSenderVerified);

/// <summary>Something that stands in the way, in words, with what would mend it.</summary>
internal sealed record Trouble(string Code, string Words, string Remedy);

/// <summary>Why a registration does not do what its developers expect, as far as the platform can see.</summary>
internal sealed record Diagnosis(ImmutableArray<NodeStanding> Nodes, ImmutableArray<SeenMessage> Messages, ImmutableArray<Trouble> Troubles)
{
    public bool IsEffective => !Nodes.IsEmpty && Nodes.All(node => node.IsEffective);
}

/// <summary>"Registration not working?": the self-diagnosis of one registration. Who may read it is asked before. dashboard.md "States".</summary>
internal sealed class RegistrationDiagnosis(
    RegistrationQueries registrations, IDbContextFactory<ActionMailDb> contexts, AddressBook addresses, DomainProofs proofs, RegisteredKeys keys, Approvers approvers,
    IOptions<ServerOptions> server, TimeProvider time)
{
    private const int LastMessages = 20;

    /// <summary>How long a change may take to be in force everywhere before it is a trouble.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<Diagnosis> OfAsync(RegistrationView view, Person? reader, CancellationToken cancel)
    {
        var nodes = await NodesAsync(view.Row, cancel);
        var messages = await MessagesAsync(view.Row.Id, cancel);
        return new(nodes, messages,
            [.. Undecidable(view, reader), .. Standing(view), .. Waiting(view.Row), .. Effect(view.Row, nodes), .. Domains(view), .. await KeysAsync(view, cancel), .. view.Row.ActiveRevision is null ? [] : Verdicts(messages)]);
    }

    /// <summary>Whether an approved registration is not in force everywhere, though it should be by now: what the dashboard calls attention to.</summary>
    public async Task<bool> IsLateAsync(ProviderRow row, CancellationToken cancel) => Effect(row, await NodesAsync(row, cancel)).Any();

    private async Task<ImmutableArray<NodeStanding>> NodesAsync(ProviderRow row, CancellationToken cancel) =>
        [.. (await registrations.NodesAsync(time.GetUtcNow(), cancel)).Select(node => Standing(row, node))];

    private static NodeStanding Standing(ProviderRow row, NodeRow node)
    {
        var isCurrent = node.Version >= row.Version;
        return new(node.Name, isCurrent, isCurrent && row is { State: ProviderState.Approved, ActiveRevision: not null }, node.LoadedAt, node.SeenAt);
    }

    private async Task<ImmutableArray<SeenMessage>> MessagesAsync(string providerId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.Messages.AsNoTracking().Where(row => row.ProviderId == providerId && !row.IsSelfTest).OrderByDescending(row => row.ReceivedAt).Take(LastMessages)
            .Select(row => new { row.OrganizationId, row.ReceivedAt, row.CardState, row.Reason, row.IsSenderVerified }).ToListAsync(cancel);
        return [.. rows.Select(row => new SeenMessage(row.ReceivedAt, row.CardState, row.Reason, addresses.DomainOf(row.OrganizationId), row.IsSenderVerified))];
    }

    private IEnumerable<Trouble> Undecidable(RegistrationView view, Person? reader) =>
        approvers.WhyNone(view, reader) is { } none ? [new("no_approver", none.Words, none.Remedy)] : [];

    private static IEnumerable<Trouble> Standing(RegistrationView view) => view.Row switch
    {
        { ActiveRevision: null, PendingRevision: not null } => [new("waiting", "The request waits for a decision.", "Wait for the approver, or send them a note.")],
        { ActiveRevision: null } row =>
            [new("never_approved", $"No revision was ever approved; the last one is {Word(row.State)}" + (row.StateReason.Length > 0 ? $": {row.StateReason}" : "."),
                row.State == ProviderState.Rejected ? "Mend what the reason names, and submit it again." : "Submit it again.")],
        { State: ProviderState.Suspended or ProviderState.Revoked } row =>
            [new(Word(row.State), $"The registration is {Word(row.State)}" + (row.StateReason.Length > 0 ? $": {row.StateReason}" : "."),
                row.State == ProviderState.Suspended ? "Ask who suspended it to resume it; the history says who." : "Register a new provider: a revoked one does not come back.")],
        _ => [],
    };

    // Besides how it stands: an edit changes nothing before its approval, and lifts no suspension.
    private static IEnumerable<Trouble> Waiting(ProviderRow row) => row is { PendingRevision: { } waiting, ActiveRevision: { } running }
        ?
        [
            new("edit_waits", $"Revision {running} {(row.State == ProviderState.Approved ? "is in force" : "was approved")}; revision {waiting} waits for a decision.",
                "What you changed counts once it is approved."),
        ]
        : [];

    private IEnumerable<Trouble> Effect(ProviderRow row, ImmutableArray<NodeStanding> nodes)
    {
        if (row.ActiveRevision is null || time.GetUtcNow() - row.ChangedAt < Patience)
            return [];
        var late = nodes.Where(node => !node.IsCurrent).Select(node => node.Name).ToList();
        return late.Count == 0 ? [] :
        [
            new("not_effective", $"The last change is not in force on {string.Join(", ", late)} yet.", "Tell the operator: a node that does not read the registrations must be started again."),
        ];
    }

    private IEnumerable<Trouble> Domains(RegistrationView view)
    {
        var content = RegisteredContent.FromJson(view.Newest.Content);
        if (content.Scope == ProviderScope.TestUsers || view.Row.State == ProviderState.Revoked)
            return [];
        return RegisteredDomains.Of(content, server.Value.UrlPolicy).Where(name => !proofs.IsProven(view.Row.OrganizationId, name))
            .Select(name => new Trouble("domain_unproven", $"It is not proven that {name} is your organization's.", "Have an administrator prove it on the organization's page."));
    }

    // What runs was approved: of that nothing is asked any more.
    private async Task<IEnumerable<Trouble>> KeysAsync(RegistrationView view, CancellationToken cancel)
    {
        if (view.Waiting is null || view.InQuestion.Scope == ProviderScope.TestUsers)
            return [];
        return (await keys.OfAsync(view.Row, cancel, RegisteredContent.FromJson(view.Newest.Content))).Where(key => !key.IsProven)
            .Select(key => new Trouble("key_unproven", $"It is not proven that you have the private half of the key {key.Key.Thumbprint}.", "Prove it on the provider's page, or with: actionmail provider prove-key"));
    }

    // Of what kept the last cards from acting, each reason once, the most frequent first.
    private static IEnumerable<Trouble> Verdicts(ImmutableArray<SeenMessage> messages) => messages.IsEmpty
        ? [new("no_messages", "No message with this provider's id has come.", "Check the originator of the card, and that the mail is sent to this platform.")]
        : messages.Where(message => message.Reason is not null).GroupBy(message => message.Reason!.Value).OrderByDescending(group => group.Count())
            .Select(group => new Trouble(group.Key.Code(), $"{(messages.Length == 1 ? "The last message" : $"{group.Count()} of the last {messages.Length} messages")}: {group.Key.Entry().Words}", group.Key.Entry().Remedy));

    private static string Word(ProviderState state) => state.ToString().ToLowerInvariant();
}
