using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Inbox;

/// <summary>
/// What a recipient is told of a card that acted when it arrived and does not now: what happened, since when, and by whose side. Not the name of who did it, nor the reason
/// that they gave: those are for the owners of the registration.
/// </summary>
internal sealed class StandingWords(IDbContextFactory<ActionMailDb> contexts, ProviderRegistry providers)
{
    public async Task<string> OfAsync(string? providerId, Check change, CancellationToken cancel) =>
        change.Code == Reason.ProviderSuspended && providerId is not null && providers.Find(providerId) is { State: not ProviderState.Approved } provider
            ? await OutOfForceAsync(provider, cancel)
            : change.Code == Reason.SignedBadSignature ? "The service has withdrawn the key that this card was signed with."
            : change.Code.Entry().Words;

    private async Task<string> OutOfForceAsync(ProviderRegistration provider, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var line = await db.AuditEvents.AsNoTracking()
            .Where(line => line.OrganizationId == provider.OrganizationId && line.Subject == provider.Id && (line.Kind == "provider_suspended" || line.Kind == "provider_revoked"))
            .OrderByDescending(line => line.Sequence).Select(line => new { line.At, line.Actor }).FirstOrDefaultAsync(cancel);
        var rank = await db.Providers.Where(row => row.OrganizationId == provider.OrganizationId && row.Id == provider.Id).Select(row => row.SuspendedBy).SingleOrDefaultAsync(cancel);
        var what = provider.State == ProviderState.Revoked ? "revoked" : "suspended";
        var since = line is null ? "" : $" since {TimeView.Words(line.At)}";
        var by = line?.Actor == Actor.PlatformName ? ", by the platform" : rank is { } side ? $", by {SideOf(side)}" : "";
        var until = provider.State == ProviderState.Revoked ? "The actions of its cards are off for good." : "The actions of its cards are off until that is lifted.";
        return $"{provider.Name} is {what}{since}{by}. {until}";
    }

    private static string SideOf(SuspensionRank rank) => rank switch
    {
        SuspensionRank.Operator => "the operator of the platform",
        SuspensionRank.Reviewer => "a reviewer of the platform",
        SuspensionRank.Administrator => "an administrator of the organization that registered it",
        SuspensionRank.Owner => "one of its owners",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
