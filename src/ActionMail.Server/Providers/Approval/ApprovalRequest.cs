using System.Collections.Immutable;
using System.Diagnostics;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Criteria;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Health;
using ActionMail.Server.Providers.Keys;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Approval;

/// <summary>A name that a submission claims, and whether it is proven to be the organization's.</summary>
internal sealed record ClaimedDomain(string Name, bool IsProven);

/// <summary>A revision with all that an approver reads before deciding about it; the same for the card, the mail and the page.</summary>
/// <param name="View">The registration with all its revisions.</param>
/// <param name="Revision">The revision in question.</param>
/// <param name="Running">What runs now, where that is another revision.</param>
/// <param name="Organization">The name of the organization that asks.</param>
/// <param name="Submitter">Who submitted it, as people read it.</param>
/// <param name="Decider">Who decided, as people read it; null while nobody has.</param>
/// <param name="Domains">The names that it claims.</param>
internal sealed record ApprovalRequest(
    RegistrationView View, ProviderRevisionRow Revision, ProviderRevisionRow? Running, string Organization, string Submitter, string? Decider, ImmutableArray<ClaimedDomain> Domains)
{
    public RegisteredContent Content { get; } = RegisteredContent.FromJson(Revision.Content);

    /// <summary>Its keys, and whether the submitter has shown to have their private halves; none of one that needs no proof, or is decided about.</summary>
    public ImmutableArray<RegisteredKey> Keys { get; init; } = [];

    /// <summary>The registration criteria as measured; of a Global request alone, for the others are not held against them.</summary>
    public ImmutableArray<Criterion> Criteria { get; init; } = [];

    /// <summary>What the checks of the submission warn of.</summary>
    public ImmutableArray<SubmissionWarning> Warnings { get; init; } = [];

    public ProviderRow Row => View.Row;

    /// <summary>Whether a decision is still to be made about this revision.</summary>
    public bool Waits => Revision.State == ProviderState.Submitted && Row.PendingRevision == Revision.Number;

    public bool IsGlobal => Content.Scope == ProviderScope.Global;

    /// <summary>SHA-256 of what was read, in lower-case hex: a decision names it.</summary>
    public string ContentHash => Convert.ToHexStringLower(Revision.ContentHash);

    /// <summary>Where it is read and decided on.</summary>
    public string Path => $"/providers/{Row.Id}/review/{Revision.Number}";

    /// <summary>In what it differs from what runs; empty where nothing runs, or this does.</summary>
    public ImmutableArray<ContentDifference> Differences => Running is null ? [] : ContentDifference.Between(RegisteredContent.FromJson(Running.Content), Content);

    /// <summary>What became of it, in a sentence; null while it waits.</summary>
    public string? Standing => Revision.State switch
    {
        ProviderState.Approved => $"Approved by {Decider}.",
        ProviderState.Rejected => $"Rejected by {Decider}: {Revision.Reason}",
        ProviderState.Withdrawn when Row.PendingRevision > Revision.Number => $"Replaced by revision {Row.PendingRevision}.",
        ProviderState.Withdrawn => $"Withdrawn by {Decider}.",
        ProviderState.Submitted => null,
        _ => throw new UnreachableException(),
    };
}

/// <summary>Reads requests for those who may see them.</summary>
internal sealed class ApprovalRequests(
    RegistrationQueries registrations, ReadSubmission read, AddressBook addresses, DomainProofs proofs, RegisteredKeys keys, MeasuredCriteria criteria, IOptions<ServerOptions> server)
{
    /// <summary>The request, or null where there is none or none for this reader.</summary>
    public async Task<ApprovalRequest?> FindAsync(Actor reader, string id, int revision, CancellationToken cancel) =>
        await registrations.FindAsync(reader, id, cancel) is { } view && view.Of(revision) is { } found ? await OfAsync(view, found, cancel) : null;

    /// <summary>The same for who has been let in to the registration.</summary>
    public async Task<ApprovalRequest> OfAsync(RegistrationView view, ProviderRevisionRow revision, CancellationToken cancel)
    {
        var content = RegisteredContent.FromJson(revision.Content);
        var request = new ApprovalRequest(
            view,
            revision,
            view.Row.ActiveRevision == revision.Number ? null : view.Running,
            addresses.FindOrganization(view.Row.OrganizationId)?.Name ?? "",
            NameOf(revision.SubmittedBy),
            revision.DecidedBy is { } decider ? NameOf(decider) : null,
            DomainsOf(view.Row.OrganizationId, content))
        {
            Warnings = await read.WarningsOfAsync(view.Row, content, cancel),
            Keys = content.Scope == ProviderScope.TestUsers || revision.State != ProviderState.Submitted ? [] : await keys.OfAsync(view.Row, cancel, content),
        };
        return request is { IsGlobal: true, Waits: true } ? request with { Criteria = await criteria.OfAsync(view.Row, revision, cancel) } : request;
    }

    /// <summary>A person by name where they are still here, else what was recorded of them.</summary>
    public string NameOf(string actor) => EmailAddress.TryParse(actor, out var address) && addresses.Find(address) is { } person ? person.DisplayName : Actor.WordsOf(actor);

    private ImmutableArray<ClaimedDomain> DomainsOf(Guid organizationId, RegisteredContent content) => content.Scope == ProviderScope.TestUsers
        ? []
        : [.. RegisteredDomains.Of(content, server.Value.UrlPolicy).Select(name => new ClaimedDomain(name, proofs.IsProven(organizationId, name)))];
}
