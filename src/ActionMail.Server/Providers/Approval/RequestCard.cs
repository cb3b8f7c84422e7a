using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Criteria;
using ActionMail.Server.Inbox;
using ActionMail.Server.Providers.Keys;
using ActionMail.Server.Providers.Platform;

namespace ActionMail.Server.Providers.Approval;

/// <summary>
/// The card that asks an approver: the whole request, what it changes, what is proven, and the decision. Where somebody has decided, it says who, and has no buttons left.
/// The card names the revision and its hash, so that what is decided about is what was read (security J-02).
/// </summary>
internal static class RequestCard
{
    public const string ApprovePath = "/platform/requests/approve";
    public const string RejectPath = "/platform/requests/reject";
    public const string RefreshPath = "/platform/requests/refresh";

    private const string ReasonInput = "reason";

    public static JsonObject Of(ApprovalRequest request, PlatformProvider platform)
    {
        var card = CardParts.Card(Body(request), Actions(request, platform));
        // Whatever way it is decided, an open card asks for itself again and finds out.
        if (request.Waits)
            card["autoInvokeAction"] = CardParts.Call("Refresh", platform.Link(RefreshPath), BodyOf(request));
        return card;
    }

    private static IEnumerable<JsonNode> Body(ApprovalRequest request)
    {
        yield return CardParts.Heading(Headline(request));
        yield return CardParts.Quiet(string.Create(CultureInfo.InvariantCulture,
            $"{request.Submitter} ({request.Revision.SubmittedBy}), {request.Organization}: revision {request.Revision.Number}, submitted {TimeView.Words(request.Revision.SubmittedAt)}"));
        if (request.Standing is { } standing)
            yield return CardParts.Toned(standing, request.Revision.State == ProviderState.Approved ? "Good" : "Attention");
        if (request.Differences is { IsEmpty: false } differences)
            yield return CardParts.Container(
                [
                    CardParts.Label(string.Create(CultureInfo.InvariantCulture, $"What it changes, against revision {request.Running!.Number} that runs")),
                    .. differences.Select(each => CardParts.Change(RegistrationFields.LabelOf(each.Field), each.Before, each.After)),
                ], "emphasis");
        if (!request.Domains.IsEmpty)
            yield return CardParts.Container([CardParts.Label("Whose the domains are"), .. request.Domains.Select(Domain)], separated: true);
        if (!request.Warnings.IsEmpty)
            yield return CardParts.Container(
                [CardParts.Label("What the checks warn of"), .. request.Warnings.Select(warning => CardParts.Toned($"! {RegistrationFields.LabelOf(warning.Field)}: {warning.Words}", "Warning"))],
                separated: true);
        if (!request.Keys.IsEmpty)
            yield return CardParts.Container([CardParts.Label("Whose the keys are"), .. request.Keys.Select(Key)], separated: true);
        if (!request.Criteria.IsEmpty)
            yield return CardParts.Container([CardParts.Label("Registration criteria, as measured"), .. request.Criteria.Select(Criterion)], separated: true);
        yield return CardParts.Container(
            [CardParts.Label("The whole request"), .. RegistrationFields.Of(request.Content).Select(field => CardParts.Field(field.Label, field.Values))], separated: true);
    }

    private static string Headline(ApprovalRequest request)
    {
        var (name, isChange) = (request.Content.Name, request.Running is not null);
        var words = request.Revision.State switch
        {
            ProviderState.Approved => isChange ? $"A change of {name} was approved" : $"{name} was approved",
            ProviderState.Rejected => isChange ? $"A change of {name} was rejected" : $"{name} was rejected",
            ProviderState.Withdrawn => isChange ? $"{name} does not ask for this change any more" : $"{name} does not ask for this any more",
            _ => isChange ? $"{name} asks for a change to be approved" : $"{name} asks to be approved",
        };
        return $"{words}, scope {RegistrationFields.ScopeWords(request.Content.Scope)}";
    }

    private static JsonObject Domain(ClaimedDomain domain) => domain.IsProven
        ? CardParts.Toned($"✓ {domain.Name}: proven", "Good")
        : CardParts.Toned($"✗ {domain.Name}: not proven, so it cannot be approved yet", "Attention");

    private static JsonObject Key(RegisteredKey key) => key.IsProven
        ? CardParts.Toned($"✓ {key.Key.Thumbprint}: proven", "Good")
        : CardParts.Toned($"✗ {key.Key.Thumbprint}: not proven, so it cannot be approved yet", "Attention");

    private static JsonObject Criterion(Criterion criterion) => criterion.Verdict switch
    {
        CriterionVerdict.Met => CardParts.Toned($"✓ {criterion.Title}: {criterion.Measured}", "Good"),
        CriterionVerdict.NotMet => CardParts.Toned($"✗ {criterion.Title}: {criterion.Measured}; the goal is {criterion.Goal}", "Attention"),
        _ => CardParts.Quiet($"? {criterion.Title}: too little data"),
    };

    private static IEnumerable<JsonNode> Actions(ApprovalRequest request, PlatformProvider platform)
    {
        var page = platform.Link(request.Path);
        if (!request.Waits)
            return [CardParts.Open("Open the request", page)];
        return
        [
            // Who approves for everybody signs in once more and types the name: a card can do neither (decision 0023, security J-11).
            request.IsGlobal ? CardParts.Open("Approve on the page", page) : Approve(request, platform),
            CardParts.Show("Reject…",
                [CardParts.Text(ReasonInput, "Why, in words for the submitter", "Tell the submitter why.", DecideRegistration.LongestReason, isMultiline: true)],
                CardParts.Call("Reject", platform.Link(RejectPath), BodyOf(request, (ReasonInput, $"{{{{{ReasonInput}.value}}}}")))),
            .. request.IsGlobal ? Array.Empty<JsonNode>() : [CardParts.Open("Open the request", page)],
        ];
    }

    private static JsonObject Approve(ApprovalRequest request, PlatformProvider platform)
    {
        var action = CardParts.Call("Approve", platform.Link(ApprovePath), BodyOf(request));
        action["style"] = "positive";
        return action;
    }

    // Ids, numbers and hashes: nothing in it that a person wrote but the reason, which is filled in as a JSON string.
    private static string BodyOf(ApprovalRequest request, params (string Name, string Value)[] more)
    {
        var body = new Dictionary<string, object> { ["provider"] = request.Row.Id, ["revision"] = request.Revision.Number, ["contentHash"] = request.ContentHash };
        foreach (var (name, value) in more)
            body[name] = value;
        return JsonSerializer.Serialize(body);
    }
}
