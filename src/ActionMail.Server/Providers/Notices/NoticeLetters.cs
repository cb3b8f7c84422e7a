using System.Collections.Immutable;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Approval;
using ActionMail.Server.Providers.Invitations;
using ActionMail.Server.Providers.Platform;

namespace ActionMail.Server.Providers.Notices;

/// <summary>A notice as a mail: to people here, and to a contact, whose mailbox may be elsewhere.</summary>
internal sealed record NoticeLetter(ProviderRow Row, PlatformMail Mail, ImmutableArray<Person> To, EmailAddress? Contact);

/// <summary>What each notice says, and to whom, as things stand when it is told.</summary>
internal sealed class NoticeLetters(
    RegistrationQueries registrations, ApprovalRequests requests, TestInvitations invitations, NoticeReaders readers, AddressBook addresses, PlatformProvider platform)
{
    private static readonly Actor Platform = new(null, "");

    /// <summary>The letter; null for a registration that is gone.</summary>
    public async Task<NoticeLetter?> ForAsync(NoticeRow notice, CancellationToken cancel)
    {
        if (await registrations.FindAsync(Platform, notice.ProviderId, cancel) is not { } view || view.Of(notice.Revision) is not { } revision)
            return null;
        var about = await requests.OfAsync(view, revision, cancel);
        return notice.Kind switch
        {
            NoticeKind.Requested => new(view.Row, RequestMail.Of(notice.Id, about, platform), readers.ApproversOf(about), Contact: null),
            NoticeKind.Invited => await InvitationAsync(notice, view.Row, cancel),
            NoticeKind.OwnerAdded => ToOne(notice, about, notice.Reason),
            NoticeKind.Replaced => ToOne(notice, about, revision.SubmittedBy),
            _ => Change(notice, about),
        };
    }

    private NoticeLetter Change(NoticeRow notice, ApprovalRequest about)
    {
        var told = readers.ConcernedBy(about.View);
        var contact = readers.ContactOf(about, told);
        if (contact is { } address && addresses.Find(address) is { } here)
            told = told.Add(here);
        return new(about.Row, ChangeMail.Of(notice, about, requests.NameOf(notice.By), platform), told, contact);
    }

    private NoticeLetter ToOne(NoticeRow notice, ApprovalRequest about, string address) =>
        new(about.Row, ChangeMail.Of(notice, about, requests.NameOf(notice.By), platform), readers.OneOf(about.View, address), Contact: null);

    // One mail for all: the card is the same, and each answers for themselves. Whoever has answered already is not asked again.
    private async Task<NoticeLetter> InvitationAsync(NoticeRow notice, ProviderRow row, CancellationToken cancel)
    {
        var invited = await invitations.OfNoticeAsync(notice, cancel);
        var to = invited.Select(each => addresses.Find(each.Row.OrganizationId, each.Row.PersonId)).OfType<Person>().ToImmutableArray();
        var mail = invited is [var first, ..] ? InvitationCard.MailOf(notice.Id, first, platform) : new PlatformMail(notice.Id, "", "", "", []);
        return new(row, mail, to, Contact: null);
    }
}
