using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Groups;

/// <summary>
/// The card of a request as it stands now: what an owner finds in the mail, gets back from each decision, and from
/// <c>autoInvokeAction</c> whenever the mail is opened. Adaptive Card 1.0 with Outlook's members.
/// </summary>
public sealed class GroupCards(GroupsOptions options, Photos photos)
{
    public const string Originator = "5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string For(MembershipRequest request)
    {
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.0",
            ["originator"] = Originator,
            ["correlationId"] = request.Id.ToString("D"),
            ["hideOriginalBody"] = true,
            ["fallbackText"] = request.Title,
            ["padding"] = "none",
            ["autoInvokeAction"] = Post("Refresh", request, "card", new JsonObject()),
            ["body"] = Body(request),
        };
        return card.ToJsonString(Compact);
    }

    private JsonArray Body(MembershipRequest request)
    {
        var body = new JsonArray(Strip());
        if (request.Outcome is { } outcome)
            body.Add(Band(outcome));
        var title = new JsonObject
        {
            ["type"] = "TextBlock",
            ["text"] = request.Title,
            ["size"] = "large",
            ["weight"] = "bolder",
            ["wrap"] = true,
        };
        if (request.Kind is RequestKind.Join)
        {
            body.Add(Section([title, .. Message(request), .. Buttons(request)]));
        }
        else
        {
            body.Add(Section(title));
            body.Add(Section([.. PeopleRows(request), .. Buttons(request)]));
        }
        return body;
    }

    // Edge to edge with a line above, and the padding inside: the parts of the card lie on each other as in Outlook.
    private static JsonObject Section(params JsonNode[] items) => new()
    {
        ["type"] = "Container",
        ["padding"] = "default",
        ["spacing"] = "none",
        ["separator"] = true,
        ["items"] = new JsonArray(items),
    };

    private JsonObject Strip() => new()
    {
        ["type"] = "Container",
        ["style"] = "emphasis",
        ["padding"] = "default",
        ["items"] = new JsonArray(Columns(
            Auto(Picture("group", "", "small")),
            Wide(Line(GroupPage.GroupName, weight: "bolder"), Line("Private Group", subtle: true)))),
    };

    private static JsonObject Band(string outcome) => new()
    {
        ["type"] = "Container",
        ["style"] = "good",
        ["padding"] = "default",
        ["spacing"] = "none",
        ["separator"] = true,
        ["items"] = new JsonArray(Columns(
            Auto(Line("✓", weight: "bolder", color: "good")),
            Wide(Line(outcome, color: "good")))),
    };

    private static IEnumerable<JsonObject> Message(MembershipRequest request)
    {
        var lines = request.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var (at, line) in lines.Index())
        {
            var open = at == 0 ? "“" : "";
            var close = at == lines.Length - 1 ? "”" : "";
            var paragraph = Line($"_{open}{Markdown.Escape(line)}{close}_");
            paragraph["spacing"] = at == 0 ? "medium" : "small";
            yield return paragraph;
        }
    }

    private IEnumerable<JsonObject> PeopleRows(MembershipRequest request)
    {
        if (request.IsOpen)
        {
            yield return Line("Select the requests you want to approve or decline.");
        }
        foreach (var seat in request.Seats)
        {
            var row = Columns(Auto(Picture(seat.Person.Id, seat.Person.Name, "small")), Wide(Details(seat)));
            row["spacing"] = "medium";
            yield return row;
        }
    }

    // The name is the checkbox's title: a box without one has no name for a screen reader, and a small target for a thumb.
    private static JsonObject[] Details(Seat seat) => seat.State switch
    {
        SeatState.Pending =>
        [
            new() { ["type"] = "Input.Toggle", ["id"] = seat.Person.Id, ["title"] = seat.Person.Name, ["value"] = "false", ["valueOn"] = "true", ["valueOff"] = "false" },
            .. Lines(seat.Person).Select(text => Line(text, subtle: true)),
        ],
        SeatState.Approved => [Line(seat.Person.Name), Line("Approved", color: "good")],
        _ => [Line(seat.Person.Name), Line("Declined", color: "attention")],
    };

    private static IEnumerable<string> Lines(Person person) => new[] { person.Title, person.Office }.Where(text => text.Length > 0);

    private IEnumerable<JsonObject> Buttons(MembershipRequest request)
    {
        if (!request.IsOpen)
            yield break;
        var (approve, decline) = request.Kind is RequestKind.Join ? ("Approve", "Decline") : ("Approve Selected", "Decline Selected");
        var first = Post(approve, request, "approve", Selection(request));
        first["style"] = "positive";
        first["isPrimary"] = true;
        yield return new JsonObject
        {
            ["type"] = "ActionSet",
            ["spacing"] = "large",
            ["actions"] = new JsonArray(first, Post(decline, request, "decline", Selection(request))),
        };
    }

    // The platform puts the value of each checkbox into its place before it calls.
    private static JsonObject Selection(MembershipRequest request)
    {
        var selected = new JsonObject();
        if (request.Kind is RequestKind.AddMembers)
        {
            foreach (var seat in request.Seats.Where(seat => seat.State is SeatState.Pending))
                selected[seat.Person.Id] = $$$"""{{{{{seat.Person.Id}}}.value}}""";
        }
        return new JsonObject { ["selected"] = selected };
    }

    private JsonObject Post(string title, MembershipRequest request, string verb, JsonObject body) => new()
    {
        ["type"] = "Action.Http",
        ["title"] = title,
        ["method"] = "POST",
        ["url"] = $"{options.Origin}/actions/requests/{request.Id:D}/{verb}",
        ["headers"] = new JsonArray(new JsonObject { ["name"] = "Content-Type", ["value"] = "application/json" }),
        ["body"] = body.ToJsonString(Compact),
    };

    private JsonObject Picture(string photo, string alternative, string size) => new()
    {
        ["type"] = "Image",
        ["url"] = photos.DataUri(photo),
        ["altText"] = alternative,
        ["style"] = "person",
        ["size"] = size,
    };

    private static JsonObject Line(string text, string? weight = null, string? color = null, bool subtle = false)
    {
        var line = new JsonObject { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true, ["spacing"] = "none" };
        if (weight is not null)
            line["weight"] = weight;
        if (color is not null)
            line["color"] = color;
        if (subtle)
            line["isSubtle"] = true;
        return line;
    }

    private static JsonObject Columns(params JsonNode[] columns) => new() { ["type"] = "ColumnSet", ["columns"] = new JsonArray(columns) };

    private static JsonObject Auto(JsonNode item) => Column("auto", item);

    private static JsonObject Wide(params JsonNode[] items) => Column("stretch", items);

    private static JsonObject Column(string width, params JsonNode[] items) => new()
    {
        ["type"] = "Column",
        ["width"] = width,
        ["verticalContentAlignment"] = "center",
        ["items"] = new JsonArray(items),
    };
}
