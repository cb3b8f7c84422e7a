using System.Net;
using ActionMail.Sdk;
using MimeKit;

namespace Groups;

/// <summary>Whether the owners' mail is on its way, and what the page says about it.</summary>
public sealed record Delivery(bool IsSent, string Note);

/// <summary>Writes the mail of a request to the owners and hands it to the platform's SMTP port.</summary>
public sealed class GroupMails(
    GroupsOptions options, GroupCards cards, GroupStore store, SigningKey key, ActionableMailSender sender, TimeProvider time)
{
    private static readonly MailboxAddress From = new("Contoso Groups", "groups@contoso.test");

    public async Task<Delivery> SendAsync(MembershipRequest request, CancellationToken cancel)
    {
        var names = string.Join(" and ", request.Owners.Select(owner => owner.Name));
        var delivery = await sender.SendAsync(Compose(request), cancel) switch
        {
            SendResult.Accepted => new Delivery(true, $"The mail is in the inbox of {names}."),
            SendResult.Refused refused => new Delivery(false, $"The mail to {names} was refused: {refused.Code} {refused.Text}"),
            SendResult.Unreachable unreachable => new Delivery(false, $"The mail to {names} could not be sent: {unreachable.Why}"),
            SendResult.Interrupted interrupted => new Delivery(false, $"It is not certain that the mail to {names} was sent: {interrupted.Why}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        store.NoteMail(request.Id, delivery.Note);
        return delivery;
    }

    private MimeMessage Compose(MembershipRequest request) => new ActionableMail
    {
        From = From,
        To = [.. request.Owners.Select(owner => new MailboxAddress(owner.Name, owner.Address))],
        Subject = $"Member Request Approval: {request.Requester.Name}",
        HtmlBody = Html(request),
        TextBody = Text(request),
        CardJson = cards.For(request),
    }.ToSignedMessage(GroupCards.Originator, key, time);

    private string Link(MembershipRequest request) => $"{options.Origin}/#request-{request.Id:D}";

    // For readers that show no cards: the whole story, and where it goes on.
    private string Html(MembershipRequest request) => $"""
        <div style="font-family:Segoe UI,Helvetica,Arial,sans-serif;max-width:560px;color:#201f1e">
        <p style="color:#605e5c;margin:0">{GroupPage.GroupName} · Private Group</p>
        <h2 style="margin:8px 0 12px">{Encode(request.Title)}</h2>
        {(request.Kind is RequestKind.Join ? HtmlMessage(request) : HtmlPeople(request))}
        <p>This mail reader shows no buttons. You can answer in an inbox that shows actionable messages, such as
        <a href="{Encode(options.Platform.ToString())}">the one at {Encode(options.Platform.Authority)}</a>,
        or <a href="{Encode(Link(request))}">see the request on the page of the group</a>.</p>
        <p style="color:#605e5c;font-size:13px">You get this because you own {GroupPage.GroupName}. Your decision is wanted once: when another owner decides first, that counts.</p>
        </div>
        """;

    private static string HtmlMessage(MembershipRequest request) => request.Message.Length == 0
        ? $"<p>{Encode(request.Requester.FirstName)} added no message.</p>"
        : $"<blockquote style=\"margin:0 0 12px;padding:0 0 0 12px;border-left:3px solid #c8c6c4;font-style:italic;white-space:pre-line\">{Encode(request.Message)}</blockquote>";

    private static string HtmlPeople(MembershipRequest request) =>
        $"<ul>{string.Concat(request.Seats.Select(seat => $"<li><b>{Encode(seat.Person.Name)}</b>, {Encode(Job(seat.Person))}</li>"))}</ul>";

    private string Text(MembershipRequest request) => $"""
        {GroupPage.GroupName} (Private Group)

        {request.Title}

        {(request.Kind is RequestKind.Join
            ? request.Message.Length == 0 ? $"{request.Requester.FirstName} added no message." : $"“{request.Message}”"
            : string.Join('\n', request.Seats.Select(seat => $"- {seat.Person.Name}, {Job(seat.Person)}")))}

        Answer in an inbox that shows actionable messages ({options.Platform}),
        or see the request on the page of the group: {Link(request)}
        """;

    private static string Job(Person person) => person.Office.Length == 0 ? person.Title : $"{person.Title}, {person.Office}";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
