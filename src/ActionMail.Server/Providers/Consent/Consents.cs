using ActionMail.Protocol.Providers;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers.Consent;

/// <summary>What asking for a change of consent came to.</summary>
internal enum ConsentChange
{
    /// <summary>It is as asked for, and was changed just now.</summary>
    Changed,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>There is no approved Global registration with this id: nothing to consent to.</summary>
    Unknown,

    /// <summary>Who asks is no administrator.</summary>
    NotAllowed,
}

/// <summary>
/// An administrator's consent to a Global provider, for everybody in their organization. It holds for the registration, not for a revision: what the provider may do
/// changes only by a review. dashboard.md "Admin consent".
/// </summary>
internal sealed class Consents(StoreWriter writer, ProviderRegistry providers, Recipients recipients, TimeProvider time)
{
    public async Task<ConsentChange> GrantAsync(Person administrator, string providerId, CancellationToken cancel)
    {
        if (!administrator.IsAdministrator)
            return ConsentChange.NotAllowed;
        if (providers.Find(providerId) is not { Scope: ProviderScope.Global })
            return ConsentChange.Unknown;
        return await ChangeAsync(db => Grant(db, administrator, providerId), cancel);
    }

    /// <summary>Also of a registration that is suspended or gone: what was given can be taken back.</summary>
    public Task<ConsentChange> RevokeAsync(Person administrator, string providerId, CancellationToken cancel) => !administrator.IsAdministrator
        ? Task.FromResult(ConsentChange.NotAllowed)
        : ChangeAsync(db => Revoke(db, administrator, providerId), cancel);

    private async Task<ConsentChange> ChangeAsync(Func<ActionMailDb, ConsentChange> change, CancellationToken cancel)
    {
        var result = await writer.WriteAsync(change, cancel);
        // What is committed must count, whether or not the caller still waits.
        await recipients.ReloadAsync(CancellationToken.None);
        return result;
    }

    private ConsentChange Grant(ActionMailDb db, Person administrator, string providerId)
    {
        var now = time.GetUtcNow();
        var consent = Find(db, administrator, providerId);
        if (consent is { RevokedAt: null })
            return ConsentChange.Unchanged;
        if (consent is null)
            db.Consents.Add(consent = new() { OrganizationId = administrator.OrganizationId, ProviderId = providerId, GrantedBy = administrator.Id, GrantedAt = now });
        (consent.GrantedBy, consent.GrantedAt, consent.RevokedBy, consent.RevokedAt) = (administrator.Id, now, null, null);
        RegistryVersion.Next(db);
        AuditLog.Append(db, administrator.OrganizationId, now, "consent_granted", providerId, administrator.PrimaryAddress.ToString(), new { });
        return ConsentChange.Changed;
    }

    private ConsentChange Revoke(ActionMailDb db, Person administrator, string providerId)
    {
        var now = time.GetUtcNow();
        if (Find(db, administrator, providerId) is not { RevokedAt: null } consent)
            return ConsentChange.Unchanged;
        (consent.RevokedBy, consent.RevokedAt) = (administrator.Id, now);
        RegistryVersion.Next(db);
        AuditLog.Append(db, administrator.OrganizationId, now, "consent_revoked", providerId, administrator.PrimaryAddress.ToString(), new { });
        return ConsentChange.Changed;
    }

    private static ConsentRow? Find(ActionMailDb db, Person administrator, string providerId) =>
        db.Consents.SingleOrDefault(row => row.OrganizationId == administrator.OrganizationId && row.ProviderId == providerId);
}
