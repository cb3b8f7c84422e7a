using Microsoft.Extensions.Primitives;

namespace Groups;

/// <summary>The group's page and its forms. A sample has no sign-in: whoever opens the page speaks for everybody.</summary>
public static class PageEndpoints
{
    private const int LongestMessage = 1000;

    public static void MapPage(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", (GroupStore store, GroupsOptions options, Guid? sent, Guid? unsent) =>
            Page(store, options, (sent ?? unsent) is { } id && store.Find(id)?.MailNote is { } note ? new Notice(note, unsent is null) : null));

        var forms = app.MapGroup("").AddEndpointFilter(RefuseOtherSites);
        forms.MapPost("/join", AskToJoinAsync);
        forms.MapPost("/propose", ProposeAsync);
        forms.MapPost("/requests/{id:guid}/mail", SendAgainAsync);
        forms.MapPost("/members/{person}/remove", Remove);
        forms.MapPost("/seed", SeedAsync);
    }

    private static async Task<IResult> AskToJoinAsync(HttpContext context, GroupStore store, GroupMails mails, GroupsOptions options, TimeProvider time)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var person = People.WithId(form["person"]);
        var message = form["message"].ToString().ReplaceLineEndings("\n").Trim();
        var owners = Chosen(form["owners"], People.Owners);
        var fault = person is null or { OwnsGroup: true } ? "Choose who asks to join."
            : store.Members().Contains(person) ? $"{person.Name} is a member already."
            : message.Length > LongestMessage ? $"The message has more than {LongestMessage} characters."
            : owners.Count == 0 ? "Choose at least one owner who gets the mail."
            : null;
        if (fault is not null)
            return Page(store, options, new Notice(fault, IsGood: false), StatusCodes.Status400BadRequest);
        return await SubmitAsync(RequestKind.Join, person!, message, owners, [person!], store, mails, time, context);
    }

    private static async Task<IResult> ProposeAsync(HttpContext context, GroupStore store, GroupMails mails, GroupsOptions options, TimeProvider time)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var members = store.Members();
        var proposer = People.WithId(form["proposer"]);
        var people = Chosen(form["people"], [.. People.All.Where(person => !person.OwnsGroup && !members.Contains(person))]);
        var owners = Chosen(form["owners"], People.Owners);
        var fault = proposer is null || !members.Contains(proposer) ? "Only a member can propose others."
            : people.Count == 0 ? "Choose at least one person who is not a member yet."
            : owners.Count == 0 ? "Choose at least one owner who gets the mail."
            : null;
        if (fault is not null)
            return Page(store, options, new Notice(fault, IsGood: false), StatusCodes.Status400BadRequest);
        return await SubmitAsync(RequestKind.AddMembers, proposer!, "", owners, people, store, mails, time, context);
    }

    private static async Task<IResult> SubmitAsync(
        RequestKind kind, Person requester, string message, IReadOnlyList<Person> owners, IReadOnlyList<Person> people,
        GroupStore store, GroupMails mails, TimeProvider time, HttpContext context)
    {
        var request = new MembershipRequest(
            Guid.NewGuid(), kind, requester, message, time.GetUtcNow(), owners, MailNote: null,
            [.. people.Select(person => new Seat(person, SeatState.Pending))]);
        store.Add(request);
        return SeeNotice(request.Id, await mails.SendAsync(request, context.RequestAborted));
    }

    private static async Task<IResult> SendAgainAsync(Guid id, HttpContext context, GroupStore store, GroupMails mails) =>
        store.Find(id) is { } request
            ? SeeNotice(id, await mails.SendAsync(request, context.RequestAborted))
            : Results.NotFound();

    private static IResult Remove(string person, GroupStore store)
    {
        if (People.WithId(person) is { } member)
            store.Remove(member);
        return Results.Redirect("/");
    }

    private static async Task<IResult> SeedAsync(FirstRequest first, HttpContext context)
    {
        var delivery = await first.SendAsync(context.RequestAborted);
        return Results.Text(delivery.Note, statusCode: delivery.IsSent ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static List<Person> Chosen(StringValues ids, IReadOnlyList<Person> from) =>
        [.. from.Where(person => ids.Contains(person.Id))];

    private static IResult SeeNotice(Guid id, Delivery delivery) =>
        Results.Redirect($"/?{(delivery.IsSent ? "sent" : "unsent")}={id:D}");

    private static IResult Page(GroupStore store, GroupsOptions options, Notice? notice, int status = StatusCodes.Status200OK) =>
        Results.Content(GroupPage.Render(store.Members(), store.Requests(), notice, options), "text/html; charset=utf-8", statusCode: status);

    // Without sign-in there is no cookie to steal, but another site's page shall not fill the owners' inbox.
    private static ValueTask<object?> RefuseOtherSites(EndpointFilterInvocationContext call, EndpointFilterDelegate next) =>
        call.HttpContext.Request.Headers["Sec-Fetch-Site"] is [] or ["same-origin"] or ["none"]
            ? next(call)
            : ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status403Forbidden));
}
