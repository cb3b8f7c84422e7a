using System.Collections.Frozen;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Consent;

/// <summary>
/// People as the rules see them: with what their organization has consented to, and what it or they have switched off. In memory, since every mail and every click
/// asks; changed only together with the store.
/// </summary>
internal sealed class Recipients(IDbContextFactory<ActionMailDb> contexts)
{
    private readonly SemaphoreSlim _reloading = new(1);
    private volatile Snapshot _now = Snapshot.Nothing;

    public Recipient Of(Person person)
    {
        var now = _now;
        return new(person.OrganizationId, person.Addresses, provider => provider == PlatformProvider.Id || now.HasConsented(person.OrganizationId, provider))
        {
            OrganizationHasCardsOff = now.SilentOrganizations.Contains(person.OrganizationId),
            HasCardsOff = now.SilentPeople.Contains((person.OrganizationId, person.Id)),
            HasStopped = provider => now.Stopped.Contains((person.OrganizationId, person.Id, provider)),
        };
    }

    /// <summary>Takes up what the store says now. One reload at a time: an older reading must not replace a newer one.</summary>
    public async Task ReloadAsync(CancellationToken cancel)
    {
        await _reloading.WaitAsync(cancel);
        try
        {
            _now = await ReadAsync(cancel);
        }
        finally
        {
            _reloading.Release();
        }
    }

    private async Task<Snapshot> ReadAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var organizations = await db.Organizations.AsNoTracking().Select(row => new { row.Id, row.CardsOff, row.RequiresConsent }).ToListAsync(cancel);
        var people = await db.People.Where(row => row.CardsOff).Select(row => new { row.OrganizationId, row.Id }).ToListAsync(cancel);
        var stopped = await db.StoppedSenders.Select(row => new { row.OrganizationId, row.PersonId, row.ProviderId }).ToListAsync(cancel);
        var consents = await db.Consents.Where(row => row.RevokedAt == null).Select(row => new { row.OrganizationId, row.ProviderId }).ToListAsync(cancel);
        return new(
            organizations.Where(row => row.CardsOff).Select(row => row.Id).ToFrozenSet(),
            organizations.Where(row => !row.RequiresConsent).Select(row => row.Id).ToFrozenSet(),
            people.Select(row => (row.OrganizationId, row.Id)).ToFrozenSet(),
            stopped.Select(row => (row.OrganizationId, row.PersonId, row.ProviderId)).ToFrozenSet(),
            consents.Select(row => (row.OrganizationId, row.ProviderId)).ToFrozenSet());
    }

    private sealed record Snapshot(
        FrozenSet<Guid> SilentOrganizations,
        FrozenSet<Guid> OpenOrganizations,
        FrozenSet<(Guid Organization, Guid Person)> SilentPeople,
        FrozenSet<(Guid Organization, Guid Person, string Provider)> Stopped,
        FrozenSet<(Guid Organization, string Provider)> Consents)
    {
        // Before the first reading nobody has consented to anything.
        public static Snapshot Nothing { get; } = new([], [], [], [], []);

        public bool HasConsented(Guid organization, string provider) => OpenOrganizations.Contains(organization) || Consents.Contains((organization, provider));
    }
}
