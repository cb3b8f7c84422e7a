using System.Diagnostics;
using System.Text.Json.Serialization;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Operations;
using ActionMail.Server.Outbound;

namespace ActionMail.Server.Accounts;

/// <summary>What the operator does about organizations and people.</summary>
internal static class OrganizationEndpoints
{
    public static void MapOrganizations(this RouteGroupBuilder operatorApi)
    {
        var api = operatorApi.MapGroup("").WithTags("Operator");
        api.MapPost("/organizations", OpenAsync)
            .Describe("Open an organization", "With its first administrator, who takes up the account by the invitation.")
            .Answers<OpenedOrganization>().Refuses("bad_request", "domain_taken");
        api.MapPut("/organizations/{domain}/sender-demand", DemandAsync)
            .Describe("Set what an organization demands of senders", "standard, the operator's own demand, or strict.")
            .Answers<DemandChange>().Refuses("bad_request", "not_found");
        api.MapPut("/people/{address}/reviewer", ReviewerAsync)
            .Describe("Make somebody a reviewer, or not", "Reviewers decide about Global requests.")
            .Answers<ReviewerDocument>().Refuses("bad_request", "not_found");
    }

    private static async Task<IResult> OpenAsync(NewOrganization wish, OpenOrganization organizations, SendNotice platform, HttpContext http, CancellationToken cancel) =>
        await organizations.OpenAsync(wish.Name ?? "", wish.Domain ?? "", wish.Administrator?.Address ?? "", wish.Administrator?.Name ?? "", RemoteAddress.Of(http), cancel) switch
        {
            PeopleResult.Done(var person, var token) => TypedResults.Ok(new OpenedOrganization(person, token is null ? null : platform.Link($"/invitation/{token}"))),
            PeopleResult.Refused(var code, var words) => Refused(code == "domain_taken" ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest, code, words),
            _ => throw new UnreachableException(),
        };

    private static async Task<IResult> ReviewerAsync(string address, ReviewerChange change, OpenOrganization organizations, HttpContext http, CancellationToken cancel)
    {
        if (change.Reviewer is not { } isReviewer)
            return Refused(StatusCodes.Status400BadRequest, "reviewer_missing", "Write reviewer: true or false.");
        return EmailAddress.TryParse(address, out var read) && await organizations.SetReviewerAsync(read, isReviewer, RemoteAddress.Of(http), cancel) is PeopleResult.Done
            ? TypedResults.Ok(new ReviewerDocument(read.ToString(), isReviewer))
            : Refused(StatusCodes.Status404NotFound, "not_found", $"Nobody here has the address '{address}'.");
    }

    /// <summary>More than the operator demands of everybody, never less: <c>standard</c> is the operator's own demand.</summary>
    private static async Task<IResult> DemandAsync(
        string domain, DemandChange change, AddressBook addresses, OrganizationSettings settings, HttpContext http, CancellationToken cancel)
    {
        if (addresses.FindOrganization(domain) is not { } organization)
            return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "No such organization.", detail: $"No organization owns the domain '{domain}'.");
        if (change.Demand is not { } demand || !Enum.IsDefined(demand))
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["demand"] = ["Write standard or strict."] }, title: "The demand was not changed.");
        await settings.DemandAsync(organization, demand, domain, "operator", RemoteAddress.Of(http), cancel);
        return TypedResults.Ok(new { demand = demand.ToString().ToLowerInvariant() });
    }

    private static IResult Refused(int status, string code, string title) =>
        TypedResults.Problem(statusCode: status, title: title, extensions: new Dictionary<string, object?> { ["code"] = code });

    internal sealed record OpenedOrganization(Guid Administrator, string? Invitation);

    internal sealed record ReviewerDocument(string Address, bool Reviewer);

    internal sealed record NewOrganization(string? Name, string? Domain, FirstAdministrator? Administrator);

    internal sealed record FirstAdministrator(string? Address, string? Name);

    internal sealed record ReviewerChange(bool? Reviewer);

    internal sealed record DemandChange([property: JsonConverter(typeof(JsonStringEnumConverter<SenderDemand>))] SenderDemand? Demand);
}
