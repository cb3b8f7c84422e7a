using ActionMail.Protocol.Providers;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers;

internal abstract record ProviderChange
{
    private ProviderChange() { }

    public sealed record Stored(ProviderRow Provider, ProviderContent Content) : ProviderChange;

    public sealed record Unknown : ProviderChange;

    public sealed record Conflict(string Why) : ProviderChange;
}

/// <summary>Registrations in the store. A revision is written once; the registration points at the one that runs.</summary>
internal sealed class ProviderStore(StoreWriter writer, IDbContextFactory<ActionMailDb> contexts, ProviderRegistry registry, TimeProvider time)
{
    /// <summary>Submits and approves a revision in the operator's name; the content that already runs makes no new one.</summary>
    public async Task<ProviderChange> ApplyAsync(Guid organizationId, string id, ProviderContent content, string by, CancellationToken cancel)
    {
        var json = content.ToJson();
        var change = await writer.WriteAsync(db => Apply(db, organizationId, id, json, by), cancel);
        // What is committed must run, whether or not the caller still waits.
        await registry.ReloadAsync(CancellationToken.None);
        return change;
    }

    public async Task<ProviderChange> MoveAsync(string id, ProviderState to, string reason, string by, CancellationToken cancel)
    {
        var change = await writer.WriteAsync(db => Move(db, id, to, reason, by), cancel);
        // What is committed must run, whether or not the caller still waits.
        await registry.ReloadAsync(CancellationToken.None);
        return change;
    }

    public async Task<List<ProviderChange.Stored>> ListAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.Providers.AsNoTracking().OrderBy(provider => provider.Id).ToListAsync(cancel);
        return [.. rows.Select(row => new ProviderChange.Stored(row, ContentOf(db, row)))];
    }

    private ProviderChange Apply(ActionMailDb db, Guid organizationId, string id, string json, string by)
    {
        var now = time.GetUtcNow();
        var provider = db.Providers.SingleOrDefault(row => row.Id == id);
        if (provider is not null && provider.OrganizationId != organizationId)
            return new ProviderChange.Conflict("the id belongs to another organization's registration; ids are never used again");
        if (provider is { State: ProviderState.Revoked })
            return new ProviderChange.Conflict("the registration is revoked; register a new provider");
        if (provider?.ActiveRevision is { } active && RevisionOf(db, provider, active).Content == json)
            return Stored(db, provider);
        var number = db.ProviderRevisions.Count(row => row.OrganizationId == organizationId && row.ProviderId == id) + 1;
        db.ProviderRevisions.Add(new()
        {
            OrganizationId = organizationId,
            ProviderId = id,
            Number = number,
            Content = json,
            ContentHash = ProviderContent.HashOf(json),
            State = ProviderState.Approved,
            SubmittedBy = by,
            SubmittedAt = now,
            DecidedBy = by,
            DecidedAt = now,
        });
        if (provider is null)
            db.Providers.Add(provider = new() { OrganizationId = organizationId, Id = id, State = ProviderState.Approved });
        provider.ActiveRevision = number;
        provider.EffectiveAt = now;
        AuditLog.Append(db, organizationId, now, "provider_approved", id, by, new { revision = number });
        db.SaveChanges();
        return Stored(db, provider);
    }

    private ProviderChange Move(ActionMailDb db, string id, ProviderState to, string reason, string by)
    {
        if (db.Providers.SingleOrDefault(row => row.Id == id) is not { } provider)
            return new ProviderChange.Unknown();
        if (provider.State != to)
        {
            if (!ProviderStates.MayFollow(provider.State, to))
                return new ProviderChange.Conflict($"a registration that is {provider.State.ToString().ToLowerInvariant()} cannot become {to.ToString().ToLowerInvariant()}");
            provider.State = to;
            provider.StateReason = reason;
            AuditLog.Append(db, provider.OrganizationId, time.GetUtcNow(), $"provider_{to.ToString().ToLowerInvariant()}", id, by, new { reason });
            db.SaveChanges();
        }
        return Stored(db, provider);
    }

    private static ProviderChange.Stored Stored(ActionMailDb db, ProviderRow provider) => new(provider, ContentOf(db, provider));

    private static ProviderContent ContentOf(ActionMailDb db, ProviderRow provider) =>
        ProviderContent.FromJson(RevisionOf(db, provider, provider.ActiveRevision!.Value).Content);

    private static ProviderRevisionRow RevisionOf(ActionMailDb db, ProviderRow provider, int number) =>
        db.ProviderRevisions.AsNoTracking().Single(row => row.OrganizationId == provider.OrganizationId && row.ProviderId == provider.Id && row.Number == number);
}
