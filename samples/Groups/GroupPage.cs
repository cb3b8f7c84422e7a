using System.Globalization;
using System.Net;

namespace Groups;

/// <summary>What the page says at its top, after a form was sent.</summary>
public sealed record Notice(string Text, bool IsGood);

/// <summary>The page of the group: who is in it, what is asked, and the two forms that make the mails.</summary>
public static class GroupPage
{
    public const string GroupName = "Contoso Group";

    public static string Render(IReadOnlyList<Person> members, IReadOnlyList<MembershipRequest> requests, Notice? notice, GroupsOptions options) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{GroupName}</title>
        <link rel="icon" href="/photos/group.png">
        <link rel="stylesheet" href="/groups.css">
        </head>
        <body>
        <header>
        <img src="/photos/group.png" alt="" width="64" height="64">
        <div><h1>{GroupName}</h1><p>Private Group · {members.Count + People.Owners.Count} people</p></div>
        <a class="inbox" href="{Encode(options.Platform.ToString())}">Open the inbox</a>
        </header>
        <main>
        {NoticeBand(notice, options)}
        <section aria-labelledby="people"><h2 id="people">People</h2><ul class="people">
        {string.Concat(People.Owners.Select(owner => Row(owner, "<span class=\"tag\">Owner</span>")))}
        {string.Concat(members.Select(member => Row(member, RemoveButton(member))))}
        </ul></section>
        {JoinForm(members)}
        {ProposeForm(members)}
        <section class="wide" aria-labelledby="requests"><h2 id="requests">Requests</h2>
        {(requests.Count == 0 ? "<p class=\"quiet\">Nobody has asked yet.</p>" : string.Concat(requests.Select(Request)))}
        </section>
        </main>
        <footer>A sample service of ActionMail: what you send here arrives as an actionable message in the owners' inbox.</footer>
        </body>
        </html>
        """;

    private static string NoticeBand(Notice? notice, GroupsOptions options) => notice is null ? "" : $"""
        <p class="notice {(notice.IsGood ? "good" : "bad")}" role="status">{Encode(notice.Text)}
        {(notice.IsGood ? $"<a href=\"{Encode(options.Platform.ToString())}\">Read it in the inbox</a>" : "")}</p>
        """;

    private static string JoinForm(IReadOnlyList<Person> members)
    {
        var others = Others(members);
        if (others.Count == 0)
            return """<section><h2>Ask to join</h2><p class="quiet">Everybody is a member.</p></section>""";
        return $"""
            <section aria-labelledby="join"><h2 id="join">Ask to join</h2>
            <form method="post" action="/join">
            <label>Who asks
            <select name="person">{string.Concat(others.Select(Option))}</select></label>
            <label>Message to the owners
            <textarea name="message" rows="4" maxlength="1000">May I join? I would like to follow the plans of the team.</textarea></label>
            {OwnerBoxes()}
            <button>Ask to join</button>
            </form></section>
            """;
    }

    private static string ProposeForm(IReadOnlyList<Person> members)
    {
        var others = Others(members);
        if (members.Count == 0 || others.Count == 0)
            return $"""
                <section><h2>Propose members</h2><p class="quiet">{(members.Count == 0
                    ? "Only members can propose others, and there is none yet: let an owner approve a request to join first."
                    : "Everybody is a member.")}</p></section>
                """;
        return $"""
            <section aria-labelledby="propose"><h2 id="propose">Propose members</h2>
            <form method="post" action="/propose">
            <label>Who proposes
            <select name="proposer">{string.Concat(members.Select(Option))}</select></label>
            <fieldset><legend>People to add</legend>
            {string.Concat(others.Select(person => Box("people", person, isChecked: person.Office.Length > 0)))}
            </fieldset>
            {OwnerBoxes()}
            <button>Propose members</button>
            </form></section>
            """;
    }

    private static string OwnerBoxes() => $"""
        <fieldset><legend>Owners who get the mail</legend>
        {string.Concat(People.Owners.Select(owner => Box("owners", owner, isChecked: owner == People.Adele)))}
        </fieldset>
        """;

    private static string Request(MembershipRequest request) => $"""
        <article id="request-{request.Id:D}">
        <h3>{Encode(request.Title)}</h3>
        <p class="quiet">{request.AskedAt.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture)} · {Encode(request.MailNote ?? "The mail is not sent yet.")}</p>
        {(request.Message.Length == 0 ? "" : $"<blockquote>{Encode(request.Message)}</blockquote>")}
        <ul class="people">{string.Concat(request.Seats.Select(seat => Row(seat.Person, State(seat))))}</ul>
        {(request.IsOpen ? $"<form method=\"post\" action=\"/requests/{request.Id:D}/mail\"><button class=\"plain\">Send the mail again</button></form>" : "")}
        </article>
        """;

    private static string State(Seat seat) => seat.State switch
    {
        SeatState.Pending => "<span class=\"tag\">Waiting</span>",
        SeatState.Approved => $"<span class=\"tag good\">Approved by {Encode(seat.DecidedBy!.Name)}</span>",
        _ => $"<span class=\"tag bad\">Declined by {Encode(seat.DecidedBy!.Name)}</span>",
    };

    private static string Row(Person person, string end) => $"""
        <li><img src="/photos/{person.Id}.png" alt="" width="40" height="40">
        <span class="who"><b>{Encode(person.Name)}</b><small>{Encode(person.Office.Length == 0 ? person.Title : $"{person.Title}, {person.Office}")}</small></span>{end}</li>
        """;

    private static string RemoveButton(Person member) => $"""
        <form method="post" action="/members/{member.Id}/remove"><button class="plain" aria-label="Remove {Encode(member.Name)}">Remove</button></form>
        """;

    private static string Option(Person person) => $"<option value=\"{person.Id}\">{Encode(person.Name)}</option>";

    private static string Box(string name, Person person, bool isChecked) => $"""
        <label class="box"><input type="checkbox" name="{name}" value="{person.Id}"{(isChecked ? " checked" : "")}> {Encode(person.Name)}</label>
        """;

    private static List<Person> Others(IReadOnlyList<Person> members) =>
        [.. People.All.Where(person => !person.OwnsGroup && !members.Contains(person))];

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
