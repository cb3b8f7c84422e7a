using ActionMail.Protocol.Cards;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Actions;

/// <summary>
/// The card's own call when the message is opened, and again when another recipient of the same mail has acted since. Not more often: a service must not
/// learn each glance at a mail, nor keep a view busy. Protocol §6, security E-08, H-07.
/// </summary>
internal sealed class AutoInvoke(PerformAction perform, IDbContextFactory<ActionMailDb> contexts, IOptions<ActionOptions> options, TimeProvider time)
{
    /// <summary>The attempt to wait for, or null when there is nothing to call now.</summary>
    public async Task<Task?> RunAsync(Guid messageId, int cardVersion, Person owner, CancellationToken cancel)
    {
        if (!await IsDueAsync(messageId, owner, cancel))
            return null;
        return await CallAsync(messageId, cardVersion, owner, cancel) switch
        {
            ClickResult.Started(_, var ended) => ended,
            // The call under way may have asked before the other recipient acted: its answer is awaited, and asked for once more.
            ClickResult.Met(_, var earlier) => AfterAsync(earlier, messageId, cardVersion, owner),
            _ => null,
        };
    }

    private async Task AfterAsync(Task earlier, Guid messageId, int cardVersion, Person owner)
    {
        await earlier;
        if (await CallAsync(messageId, cardVersion, owner, CancellationToken.None) is ClickResult.Started(_, var ended))
            await ended;
    }

    private Task<ClickResult> CallAsync(Guid messageId, int cardVersion, Person owner, CancellationToken cancel) => perform.RunAsync(
        new Click(messageId, CardAction.AutoInvokeId, cardVersion, Guid.NewGuid(), new Dictionary<string, string>()) { IsAutomatic = true }, owner, cancel);

    private async Task<bool> IsDueAsync(Guid messageId, Person owner, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var dayAgo = now - TimeSpan.FromDays(1);
        var recent = await db.Attempts.AsNoTracking()
            .Where(row => row.OrganizationId == owner.OrganizationId && row.MessageId == messageId && row.IsAutomatic && row.ClaimedAt > dayAgo)
            .OrderByDescending(row => row.ClaimedAt).Select(row => row.ClaimedAt).ToListAsync(cancel);
        if (recent.Count >= options.Value.MaxAutoInvokesPerDay)
            return false;
        // The platform learns nothing by its own card that it does not know anyway; and what it shows may have been decided without any card.
        if (await IsOursAsync(db, messageId, owner, cancel))
            return true;
        return recent is [] || recent[0] + options.Value.AutoInvokePause < now || await PeerActedSinceAsync(db, messageId, owner, recent[0], cancel);
    }

    private static Task<bool> IsOursAsync(ActionMailDb db, Guid messageId, Person owner, CancellationToken cancel) =>
        db.Messages.AnyAsync(row => row.OrganizationId == owner.OrganizationId && row.Id == messageId && row.PersonId == owner.Id && row.ProviderId == PlatformProvider.Id, cancel);

    private static async Task<bool> PeerActedSinceAsync(ActionMailDb db, Guid messageId, Person owner, DateTimeOffset since, CancellationToken cancel)
    {
        var own = await db.Messages.AsNoTracking().SingleOrDefaultAsync(
            row => row.OrganizationId == owner.OrganizationId && row.Id == messageId && row.PersonId == owner.Id, cancel);
        return own is { InternetMessageId.Length: > 0 } && await db.Messages
            .Where(row => row.OrganizationId == own.OrganizationId && row.InternetMessageId == own.InternetMessageId && row.ProviderId == own.ProviderId && row.PersonId != own.PersonId)
            .Join(db.Attempts, copy => new { copy.OrganizationId, MessageId = copy.Id }, attempt => new { attempt.OrganizationId, attempt.MessageId }, (_, attempt) => attempt)
            .AnyAsync(attempt => !attempt.IsAutomatic && attempt.State == AttemptState.Done && attempt.FinishedAt >= since, cancel);
    }
}
