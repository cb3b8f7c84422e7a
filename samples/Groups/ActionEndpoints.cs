using System.Text.Json;
using ActionMail.Sdk;

namespace Groups;

/// <summary>What the cards call. Each answer of a decision carries the card as it stands now.</summary>
public static class ActionEndpoints
{
    public static void MapActions(this IEndpointRouteBuilder app)
    {
        var actions = app.MapGroup("/actions/requests/{id:guid}").RequireAuthorization();
        actions.MapPost("/approve", (Guid id, HttpContext context) => DecideAsync(id, SeatState.Approved, context));
        actions.MapPost("/decline", (Guid id, HttpContext context) => DecideAsync(id, SeatState.Declined, context));
        actions.MapPost("/card", CurrentCard);
    }

    private static async Task<IResult> DecideAsync(Guid id, SeatState verdict, HttpContext context)
    {
        var action = context.GetActionRequest();
        if (Owner(action) is not { } owner)
            return NotAnOwner();
        var store = context.RequestServices.GetRequiredService<GroupStore>();
        if (store.Find(id) is not { } request)
            return Unknown();
        if (await SelectedAsync(request, context) is not { } selected)
            return CardResult.Refused(StatusCodes.Status400BadRequest, "The request could not be read. Nothing was changed.");

        var decision = store.Decide(id, selected, verdict, owner, action.ActionRequestId);
        Log(context).Decided(owner.Id, id, decision?.Text ?? "unknown request");
        return decision switch
        {
            null => Unknown(),
            Decision.Impossible impossible => CardResult.Refused(StatusCodes.Status400BadRequest, impossible.Text),
            _ => CardResult.Update(Card(store.Find(id)!, context), decision.Text),
        };
    }

    private static IResult CurrentCard(Guid id, HttpContext context)
    {
        if (Owner(context.GetActionRequest()) is null)
            return NotAnOwner();
        var request = context.RequestServices.GetRequiredService<GroupStore>().Find(id);
        return request is null ? Unknown() : CardResult.Update(Card(request, context));
    }

    private static Person? Owner(ActionRequest action) =>
        People.WithAddress(action.ActorAddress.ToString()) is { OwnsGroup: true } owner ? owner : null;

    /// <summary>The people whose checkbox is on; who asks to join is selected by asking. Null: the body is not what the card sends.</summary>
    private static async Task<IReadOnlyList<string>?> SelectedAsync(MembershipRequest request, HttpContext context)
    {
        if (request.Kind is RequestKind.Join)
            return [request.Requester.Id];
        try
        {
            var body = await context.Request.ReadFromJsonAsync<Selection>(context.RequestAborted);
            return body?.Selected is { } boxes ? [.. boxes.Where(box => box.Value is "true").Select(box => box.Key)] : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)   // no JSON; not sent as JSON
        {
            return null;
        }
    }

    private static CardResult NotAnOwner() =>
        CardResult.Refused(StatusCodes.Status403Forbidden, "Only an owner of the group can decide this.");

    private static CardResult Unknown() =>
        CardResult.Refused(StatusCodes.Status404NotFound, "This request does not exist any more.");

    private static string Card(MembershipRequest request, HttpContext context) =>
        context.RequestServices.GetRequiredService<GroupCards>().For(request);

    private static ILogger Log(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Groups.Actions");

    private sealed record Selection(Dictionary<string, string>? Selected);
}
