using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Consent;
using ActionMail.Server.Providers.Health;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Inbox;

/// <summary>
/// What a reader may say about the sender of a message. <paramref name="ProviderName"/> is null where the message is not surely from a registered service: there are no
/// cards of it to stop then.
/// </summary>
internal sealed record SenderControlsView(Guid MessageId, bool IsJunk, string? ProviderName, bool IsStopped);

/// <summary>What a reader asks for.</summary>
internal enum SenderControl
{
    Junk,
    NotJunk,
    Stop,
    Allow,
}

/// <summary>"Report as junk" and "Stop this sender's cards", and their undoing.</summary>
internal sealed class SenderControls(
    IDbContextFactory<ActionMailDb> contexts, ProviderRegistry providers, Recipients recipients, CardSwitches switches, JunkReports junk)
{
    /// <summary>Null where the message is not the reader's.</summary>
    public async Task<SenderControlsView?> FindAsync(Person reader, Guid messageId, CancellationToken cancel)
    {
        if (await MessageAsync(reader, messageId, cancel) is not { } message)
            return null;
        var provider = ProviderOf(message) is { } id ? providers.Find(id) : null;
        return new(messageId, message.JunkAt is not null, provider?.Name, provider is not null && recipients.Of(reader).HasStopped(provider.Id));
    }

    /// <summary>False where the message is not the reader's, or there is nothing to stop.</summary>
    public async Task<bool> ApplyAsync(Person reader, Guid messageId, SenderControl control, CancellationToken cancel)
    {
        switch (control)
        {
            case SenderControl.Junk: return await junk.ReportAsync(reader, messageId, cancel);
            case SenderControl.NotJunk: return await junk.WithdrawAsync(reader, messageId, cancel);
            case SenderControl.Stop or SenderControl.Allow:
                if (await MessageAsync(reader, messageId, cancel) is not { } message || ProviderOf(message) is not { } provider)
                    return false;
                await (control == SenderControl.Stop ? switches.StopAsync(reader, provider, cancel) : switches.AllowAsync(reader, provider, cancel));
                return true;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<MessageRow?> MessageAsync(Person reader, Guid messageId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Messages.AsNoTracking().SingleOrDefaultAsync(
            row => row.OrganizationId == reader.OrganizationId && row.PersonId == reader.Id && row.Id == messageId, cancel);
    }

    // A forged mail must not make a reader stop the service that it names.
    private static string? ProviderOf(MessageRow message) =>
        message is { IsSelfTest: false, CardState: CardState.Active } or { IsSelfTest: false, IsSenderVerified: true, Reason: not Reason.OriginatorSenderMismatch }
            ? message.ProviderId
            : null;
}
