using System.Text.Json.Serialization;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Server.Accounts;

/// <summary>What the operator sets for one organization.</summary>
internal static class OrganizationEndpoints
{
    public static void MapOrganizations(this RouteGroupBuilder operatorApi) => operatorApi.MapPut("/organizations/{domain}/sender-demand", DemandAsync)
        .WithTags("Operator")
        .Describe("Set what an organization demands of senders", "standard, the operator's own demand, or strict.")
        .Answers<DemandChange>().Refuses("bad_request", "not_found");

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

    internal sealed record DemandChange([property: JsonConverter(typeof(JsonStringEnumConverter<SenderDemand>))] SenderDemand? Demand);
}
