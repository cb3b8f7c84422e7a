using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Signing;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Api;

namespace ActionMail.Server.Providers;

/// <summary>All registrations, for the operator.</summary>
internal sealed record ProviderDocuments(IReadOnlyList<ProviderDocument> Providers);

/// <summary>A registration as the operator's API tells it: one revision's fields beside the state. docs/api.md.</summary>
internal sealed record ProviderDocument
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Organization { get; init; }
    public required ProviderState State { get; init; }
    public required string StateReason { get; init; }
    public required int Revision { get; init; }
    public required DateTimeOffset? EffectiveAt { get; init; }
    public required IReadOnlyList<string> Senders { get; init; }
    public required IReadOnlyList<string> Targets { get; init; }
    public required ProviderScope Scope { get; init; }
    public required IReadOnlyList<string> TestUsers { get; init; }
    public required TokenProfile TokenProfile { get; init; }
    public required string? AppId { get; init; }
    public required string? AppIdUri { get; init; }
    public required IReadOnlyList<KeyDocument> Keys { get; init; }

    public static ProviderDocument Of(ProviderRow row, ProviderRevisionRow revision, AddressBook addresses)
    {
        var content = RegisteredContent.FromJson(revision.Content);
        return new()
        {
            Id = row.Id,
            Name = content.Name,
            Organization = addresses.DomainOf(row.OrganizationId),
            State = row.State,
            StateReason = row.StateReason,
            Revision = row.ActiveRevision ?? row.LatestRevision,
            EffectiveAt = row.EffectiveAt,
            Senders = content.Senders,
            Targets = content.Targets,
            Scope = content.Scope,
            TestUsers = content.TestUsers,
            TokenProfile = content.TokenProfile,
            AppId = content.AppId,
            AppIdUri = content.AppIdUri,
            Keys = [.. content.Keys.Select(PublicKeyText.Stored).OfType<KeyReading.Read>().Select(read => KeyDocument.Of(read.Key))],
        };
    }
}
