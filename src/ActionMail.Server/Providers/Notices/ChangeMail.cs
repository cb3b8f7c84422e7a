using System.Diagnostics;
using System.Globalization;
using System.Net;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Inbox;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Approval;
using ActionMail.Server.Providers.Platform;

namespace ActionMail.Server.Providers.Notices;

/// <summary>The mail that tells people what became of a registration, and why. security J-12.</summary>
internal static class ChangeMail
{
    public static PlatformMail Of(NoticeRow notice, ApprovalRequest about, string by, PlatformProvider platform)
    {
        var link = platform.Link($"/providers/{notice.ProviderId}");
        var (headline, sentence, tone) = Words(notice, about, by);
        var reason = notice is { Kind: not NoticeKind.OwnerAdded, Reason.Length: > 0 } ? notice.Reason : null;
        return new(
            notice.Id,
            headline,
            $"{sentence}\n{(reason is null ? "" : $"\nReason: {reason}\n")}\nThe provider's page: {link}\n",
            $"<p>{WebUtility.HtmlEncode(sentence)}</p>\n{(reason is null ? "" : $"<p>Reason: {WebUtility.HtmlEncode(reason)}</p>\n")}<p><a href=\"{WebUtility.HtmlEncode(link)}\">Open the provider's page</a></p>",
            CardParts.Card(
                [
                    CardParts.Heading(headline),
                    CardParts.Toned(sentence, tone),
                    .. reason is null ? [] : new[] { CardParts.Field("Reason", [reason]) },
                    CardParts.Quiet($"{about.Organization}, provider id {notice.ProviderId}, {TimeView.Words(notice.At)}"),
                ],
                [CardParts.Open("Open the provider's page", link)]));
    }

    private static (string Headline, string Sentence, string Tone) Words(NoticeRow notice, ApprovalRequest about, string by)
    {
        var name = about.Content.Name;
        var scope = RegistrationFields.ScopeWords(about.Content.Scope);
        var revision = string.Create(CultureInfo.InvariantCulture, $"Revision {notice.Revision} of {name}, scope {scope},");
        return notice.Kind switch
        {
            // The state is that of now, the revision that of then: of what has been suspended since, the notice that follows tells.
            NoticeKind.Approved when about.Row.State == ProviderState.Suspended =>
                ($"Approved, and suspended: {name}", $"{revision} was approved{(about.Revision.DecidedBy!.Contains('@', StringComparison.Ordinal) ? $" by {by}" : "")}. The registration is suspended, so it does not act until that is lifted.", "Warning"),
            NoticeKind.Approved when about.Content.Scope == ProviderScope.TestUsers && !about.Revision.DecidedBy!.Contains('@', StringComparison.Ordinal) =>
                ($"In force: {name}", $"{revision} is in force for its test users. Nobody had to approve it.", "Good"),
            NoticeKind.Approved => ($"Approved: {name}", $"{revision} was approved by {by}, and is in force.", "Good"),
            NoticeKind.Rejected when about.Row.ActiveRevision is { } active =>
                ($"Rejected: {name}", string.Create(CultureInfo.InvariantCulture, $"{revision} was rejected by {by}. Revision {active} stays in force."), "Attention"),
            NoticeKind.Rejected => ($"Rejected: {name}", $"{revision} was rejected by {by}.", "Attention"),
            NoticeKind.Withdrawn => ($"Withdrawn: {name}", $"{revision} was withdrawn by {by}.", "Warning"),
            NoticeKind.Suspended => ($"Suspended: {name}", $"{name}, scope {scope}, was suspended by {by}. Its cards do not act until that is lifted.", "Attention"),
            NoticeKind.Resumed => ($"In force again: {name}", $"{name}, scope {scope}, is in force again, by {by}.", "Good"),
            NoticeKind.Revoked => ($"Revoked: {name}", $"{name}, scope {scope}, was revoked by {by}. Its cards never act again.", "Attention"),
            NoticeKind.OwnerAdded => ($"You are an owner: {name}",
                $"{by} made you an owner of {name}, scope {scope}. You may change it and take it out of force, and are told what becomes of it.", "Good"),
            NoticeKind.Replaced => ($"Replaced: {name}", $"{revision} which you submitted, does not wait any more: {by} submitted another in its place.", "Warning"),
            NoticeKind.Requested or NoticeKind.Invited => throw new ArgumentException($"{notice.Kind} is told to others."),
            _ => throw new UnreachableException(),
        };
    }
}
