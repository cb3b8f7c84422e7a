using System.Collections.Immutable;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Consent;

/// <summary>A Global provider of somebody else, and whether an organization has consented to it.</summary>
/// <param name="Id">The originator id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Organization">Whose it is.</param>
/// <param name="State">Whether it is in force.</param>
/// <param name="Content">What runs: who publishes it, what it is for, from where it sends and where its actions go.</param>
/// <param name="GrantedAt">Since when there is consent; null where there is none.</param>
/// <param name="GrantedBy">Who gave it, as people read it.</param>
internal sealed record ConsentLine(string Id, string Name, string Organization, ProviderState State, RegisteredContent Content, DateTimeOffset? GrantedAt, string? GrantedBy);

/// <summary>The consent page's list.</summary>
/// <param name="Lines">One page of it.</param>
/// <param name="Total">How many there are for the search.</param>
/// <param name="Granted">How many of all have consent.</param>
/// <param name="All">How many there are without a search.</param>
internal sealed record ConsentPage(ImmutableArray<ConsentLine> Lines, int Total, int Granted, int All);

/// <summary>Third-party Global providers with an organization's consent, for its administrators. dashboard.md "Admin consent".</summary>
internal sealed class ConsentList(IDbContextFactory<ActionMailDb> contexts, AddressBook addresses)
{
    public const int PageSize = 50;

    public async Task<ConsentPage> ReadAsync(Person administrator, string text, int page, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var organization = administrator.OrganizationId;
        var all = db.Providers.AsNoTracking()
            .Where(row => row.OrganizationId != organization && row.Scope == ProviderScope.Global && row.ActiveRevision != null && row.State != ProviderState.Revoked);
        var found = text.Length == 0 ? all : all.Where(row => EF.Functions.Like(row.Name, $"%{Literal(text)}%", "\\")
            || EF.Functions.Like(row.Id, $"{Literal(text.ToLowerInvariant())}%", "\\"));
        var rows = await found
            .Select(row => new
            {
                row.Id,
                row.Name,
                row.OrganizationId,
                row.State,
                db.ProviderRevisions.First(revision => revision.OrganizationId == row.OrganizationId && revision.ProviderId == row.Id && revision.Number == row.ActiveRevision).Content,
                Consent = db.Consents.FirstOrDefault(consent => consent.OrganizationId == organization && consent.ProviderId == row.Id && consent.RevokedAt == null),
            })
            .OrderBy(row => row.Name).ThenBy(row => row.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        var granted = await all.CountAsync(
            row => db.Consents.Any(consent => consent.OrganizationId == organization && consent.ProviderId == row.Id && consent.RevokedAt == null), cancel);
        return new(
            [.. rows.Select(row => new ConsentLine(
                row.Id, row.Name, addresses.FindOrganization(row.OrganizationId)?.Name ?? "", row.State, RegisteredContent.FromJson(row.Content), row.Consent?.GrantedAt, NameOf(row.Consent)))],
            await found.CountAsync(cancel), granted, await all.CountAsync(cancel));
    }

    private string? NameOf(ConsentRow? consent) => consent is null ? null : addresses.Find(consent.OrganizationId, consent.GrantedBy)?.DisplayName ?? "somebody who is no longer here";

    private static string Literal(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
