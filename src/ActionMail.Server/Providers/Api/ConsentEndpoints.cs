using System.ComponentModel;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers.Consent;

namespace ActionMail.Server.Providers.Api;

/// <summary>A Global provider, and whether one's organization consents to it.</summary>
internal sealed record ConsentDocument(
    [property: Description("The provider's id.")] string Id,
    string Name,
    [property: Description("A mail domain of the provider's organization.")] string Organization,
    bool Granted,
    [property: Description("The address of who granted it last; null where nobody did.")] string? GrantedBy,
    DateTimeOffset? GrantedAt,
    string? RevokedBy,
    DateTimeOffset? RevokedAt)
{
    public static ConsentDocument Of(ConsentView view, Person reader, AddressBook addresses)
    {
        var (provider, consent) = view;
        return new(provider.Id, provider.Name, addresses.DomainOf(provider.OrganizationId), view.IsGranted,
            AddressOf(consent?.GrantedBy), consent?.GrantedAt, AddressOf(consent?.RevokedBy), consent?.RevokedAt);

        string? AddressOf(Guid? person) => person is { } id ? addresses.Find(reader.OrganizationId, id)?.PrimaryAddress.ToString() : null;
    }
}

/// <summary>A Global provider of another organization in a list.</summary>
internal sealed record ConsentLineDocument(
    [property: Description("The provider's id.")] string Id,
    string Name,
    [property: Description("Whose it is.")] string Organization,
    ProviderState State,
    [property: Description("Who publishes it; null where the operator registered it without.")] RegisteredPublisher? Publisher,
    [property: Description("What its mails are for; empty where the operator registered it without.")] string Description,
    IReadOnlyList<string> Senders,
    IReadOnlyList<string> Targets,
    bool Granted,
    [property: Description("Who granted it; null where nobody did.")] string? GrantedBy,
    DateTimeOffset? GrantedAt)
{
    public static ConsentLineDocument Of(ConsentLine line) => new(line.Id, line.Name, line.Organization, line.State,
        line.Content.Publisher, line.Content.Scenario?.Description ?? "", line.Content.Senders, line.Content.Targets, line.GrantedAt is not null, line.GrantedBy, line.GrantedAt);
}

/// <summary>A page of the Global providers.</summary>
internal sealed record ConsentPageDocument(
    IReadOnlyList<ConsentLineDocument> Consents,
    [property: Description("How many there are for the search.")] int Total,
    [property: Description("From 1.")] int Page,
    int PageSize,
    [property: Description("How many of all have consent.")] int Granted);

/// <summary>An administrator's consents; every person may read those of their own organization.</summary>
internal static class ConsentEndpoints
{
    private const int LongestText = 200;
    private const int LastPage = 100_000;

    public static void MapConsents(this RouteGroupBuilder personal)
    {
        var consents = personal.MapGroup("/consents").WithTags("Consent");
        consents.MapGet("", ListAsync)
            .Describe("List the Global providers", "Those of other organizations, by name, 50 a page, each with one's own organization's consent.")
            .Answers<ConsentPageDocument>().Refuses("invalid_filter");
        consents.MapGet("/{providerId:guid}", ShowAsync)
            .Describe("Read a consent", "Whether one's own organization consents to a Global provider.")
            .Answers<ConsentDocument>().Refuses("not_found");
        consents.MapPut("/{providerId:guid}", GrantAsync)
            .Describe("Grant consent", "For everybody in one's own organization, from the next mail and the next click on.")
            .Answers<ConsentDocument>().Refuses("not_found", "not_administrator");
        consents.MapDelete("/{providerId:guid}", RevokeAsync)
            .Describe("Take consent back", "The provider's cards stop acting in one's own organization at once.")
            .Answers(StatusCodes.Status204NoContent, "There is no consent now.").Refuses("not_found", "not_administrator");
    }

    private static async Task<IResult> ListAsync(
        Person person, ConsentList list, CancellationToken cancel, [Description("Part of a name, or the beginning of a provider id.")] string q = "", [Description("From 1.")] int page = 1)
    {
        if (q.Length > LongestText)
            return Problems.Of("invalid_filter", $"q has at most {LongestText} characters.");
        var number = Math.Clamp(page, 1, LastPage);
        var found = await list.ReadAsync(person, q.Trim(), number, cancel);
        return TypedResults.Ok(new ConsentPageDocument([.. found.Lines.Select(ConsentLineDocument.Of)], found.Total, number, ConsentList.PageSize, found.Granted));
    }

    private static async Task<IResult> ShowAsync(Guid providerId, Person person, ConsentQueries queries, AddressBook addresses, CancellationToken cancel) =>
        await queries.FindAsync(person, providerId.ToString("D"), cancel) is { } view ? TypedResults.Ok(ConsentDocument.Of(view, person, addresses)) : NotFound();

    private static async Task<IResult> GrantAsync(Guid providerId, Person person, ConsentQueries queries, Consents consents, AddressBook addresses, CancellationToken cancel)
    {
        var id = providerId.ToString("D");
        if (await RefusalAsync(person, id, queries, cancel) is { } refused)
            return refused;
        if (await consents.GrantAsync(person, id, cancel) == ConsentChange.Unknown)
            return NotFound();
        return await ShowAsync(providerId, person, queries, addresses, cancel);
    }

    private static async Task<IResult> RevokeAsync(Guid providerId, Person person, ConsentQueries queries, Consents consents, CancellationToken cancel)
    {
        if (await RefusalAsync(person, providerId.ToString("D"), queries, cancel) is { } refused)
            return refused;
        await consents.RevokeAsync(person, providerId.ToString("D"), cancel);
        return TypedResults.NoContent();
    }

    // First whether it is there to consent to: that somebody may not must not tell that it is. Security J-10.
    private static async Task<IResult?> RefusalAsync(Person person, string id, ConsentQueries queries, CancellationToken cancel) =>
        await queries.FindAsync(person, id, cancel) is null ? NotFound() : person.IsAdministrator ? null : Problems.Of("not_administrator");

    private static IResult NotFound() => Problems.Of("not_found", "There is no such Global provider.");
}
