using System.Diagnostics;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts.Domains;
using ActionMail.Server.Operations;
using ActionMail.Server.Outbound;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Consent;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Accounts;

/// <summary>What the page of the organization does, for programs: for its administrators, and 404 for everybody else.</summary>
internal static class OrganizationApi
{
    public static void MapOrganization(this RouteGroupBuilder api)
    {
        var organization = api.MapGroup("/organization").WithTags("Organization");
        organization.AddEndpointFilter(async (context, next) => await Person.BindAsync(context.HttpContext) is { IsAdministrator: true } ? await next(context) : NotFound());
        organization.MapGet("/", ReadAsync)
            .Describe("Read one's organization", "For its administrators; for everybody else there is nothing here.")
            .Answers<OrganizationDocument>().Refuses("not_found");
        organization.MapPatch("/", ChangeAsync)
            .Describe("Change one's organization", "What is left out stays as it is.")
            .Answers<OrganizationDocument>().Refuses("not_found", "not_changed");
        organization.MapGet("/people", async (Person me, OrganizationPeople people, CancellationToken cancel) =>
                TypedResults.Ok(await people.ListAsync(me.OrganizationId, cancel)))
            .Describe("List the people of the organization", "Those who were deactivated too.")
            .Answers<IReadOnlyList<MemberView>>().Refuses("not_found");
        organization.MapPost("/people", InviteAsync)
            .Describe("Invite somebody", "The link of the invitation is in the answer, once, where accounts are kept here.")
            .Answers<ChangedPerson>().Refuses("not_found", "not_changed");
        organization.MapPatch("/people/{id:guid}", ChangePersonAsync)
            .Describe("Change what somebody may", "An administrator or not; here or deactivated, which ends their sessions at once.")
            .Answers<ChangedPerson>().Refuses("not_found", "not_changed");
        organization.MapPost("/people/{id:guid}/invitation", async (Guid id, Person me, OrganizationPeople people, SendNotice platform, HttpContext http, CancellationToken cancel) =>
            Answer(await people.InviteAgainAsync(me, id, RemoteAddress.Of(http), cancel), platform))
            .Describe("Invite somebody again", "The earlier links end.")
            .Answers<ChangedPerson>().Refuses("not_found", "not_changed");
        organization.MapGet("/domains", DomainsAsync)
            .Describe("List the domains of the organization", "With what to publish for the proof, and what was found.")
            .Answers<IReadOnlyList<DomainDocument>>().Refuses("not_found");
        organization.MapPost("/domains", async (NewDomain wish, Person me, ClaimDomain claim, HttpContext http, CancellationToken cancel) =>
            Answer(await claim.AddAsync(me, wish.Domain ?? "", wish.Mail, RemoteAddress.Of(http), cancel)))
            .Describe("Add a domain", "It counts when it is proven.")
            .Answers<DomainDocument>().Refuses("not_found", "not_changed");
        organization.MapPost("/domains/{domain}/check", async (string domain, Person me, CheckDomain check, HttpContext http, CancellationToken cancel) =>
            Answer(await check.CheckAsync(me.OrganizationId, domain, me.PrimaryAddress.ToString(), RemoteAddress.Of(http), cancel)))
            .Describe("Look for a domain's proof", "In the DNS and in the well-known file, now.")
            .Answers<DomainDocument>().Refuses("not_found", "not_changed");
        organization.MapDelete("/domains/{domain}", async (string domain, Person me, ClaimDomain claim, HttpContext http, CancellationToken cancel) =>
            await claim.RemoveAsync(me, domain, RemoteAddress.Of(http), cancel) is var result && result is DomainResult.Done ? TypedResults.NoContent() : Answer(result))
            .Describe("Let go of a domain", "What rests on its proof is not proven any more.")
            .Answers(StatusCodes.Status204NoContent, "It is gone.").Refuses("not_found", "not_changed");
    }

    private static async Task<IResult> ReadAsync(Person me, IDbContextFactory<ActionMailDb> contexts, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var row = await db.Organizations.AsNoTracking().SingleAsync(row => row.Id == me.OrganizationId, cancel);
        return TypedResults.Ok(new OrganizationDocument(row.Id, row.Name, !row.CardsOff, row.RequiresConsent, row.SenderDemand));
    }

    // Each member that is there is changed; checked before any is.
    private static async Task<IResult> ChangeAsync(
        OrganizationChange change, Person me, OrganizationSettings settings, CardSwitches switches, AddressBook addresses,
        IDbContextFactory<ActionMailDb> contexts, HttpContext http, CancellationToken cancel)
    {
        if (change.SenderDemand is { } unknown && !Enum.IsDefined(unknown))
            return Refused(StatusCodes.Status400BadRequest, "sender_demand", "Write standard or strict.");
        if (change.Name is { } name && await settings.RenameAsync(me, name, RemoteAddress.Of(http), cancel) is { } fault)
            return Refused(StatusCodes.Status400BadRequest, "name", fault);
        if (change.Cards is { } cards)
            await switches.TurnOrganizationAsync(me, cards, cancel);
        if (change.RequiresConsent is { } required)
            await switches.RequireConsentAsync(me, required, cancel);
        if (change.SenderDemand is { } demand)
            await settings.DemandAsync(me.OrganizationId, demand, addresses.DomainOf(me.OrganizationId), me.PrimaryAddress.ToString(), RemoteAddress.Of(http), cancel);
        return await ReadAsync(me, contexts, cancel);
    }

    private static async Task<IResult> InviteAsync(NewPerson wish, Person me, OrganizationPeople people, SendNotice platform, HttpContext http, CancellationToken cancel) =>
        Answer(await people.InviteAsync(me, wish.Address ?? "", wish.Name ?? "", wish.Title ?? "", RemoteAddress.Of(http), cancel), platform);

    private static async Task<IResult> ChangePersonAsync(
        Guid id, PersonChange change, Person me, OrganizationPeople people, SendNotice platform, HttpContext http, CancellationToken cancel)
    {
        var from = RemoteAddress.Of(http);
        PeopleResult result = new PeopleResult.Refused("nothing_to_change", "Write administrator or active, true or false.");
        if (change.Administrator is { } administrator)
            result = await people.SetAdministratorAsync(me, id, administrator, from, cancel);
        if (change.Active is { } active && (change.Administrator is null || result is PeopleResult.Done))
            result = active ? await people.ReactivateAsync(me, id, from, cancel) : await people.DeactivateAsync(me, id, from, cancel);
        return Answer(result, platform);
    }

    private static async Task<IResult> DomainsAsync(Person me, AddressBook addresses, IDbContextFactory<ActionMailDb> contexts, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var proofs = await db.DomainProofs.AsNoTracking().Where(row => row.OrganizationId == me.OrganizationId).OrderBy(row => row.Domain).ToListAsync(cancel);
        var given = addresses.FindOrganization(me.OrganizationId)?.Domains.Except(proofs.Select(proof => proof.Domain)) ?? [];
        return TypedResults.Ok(given.Order(StringComparer.Ordinal).Select(domain => new DomainDocument(domain, Mail: true, Proven: true, ProofWay.Operator, null, null, null, null, null, null)).Concat(proofs.Select(View)));
    }

    private static DomainDocument View(DomainProofRow proof) => new(
        proof.Domain, proof.IsForMail, proof is { ProvenAt: not null, LostAt: null }, proof.Way, $"{DomainLook.Label}.{proof.Domain}", DomainLook.TextOf(proof.Token),
        proof.ProvenAt, proof.CheckedAt, proof.LostAt, proof.Finding);

    private static IResult Answer(PeopleResult result, SendNotice platform) => result switch
    {
        PeopleResult.Done(var id, var token) => TypedResults.Ok(new ChangedPerson(id, token is null ? null : platform.Link($"/invitation/{token}"))),
        PeopleResult.Refused(var code, var words) => Refused(StatusCodes.Status409Conflict, code, words),
        PeopleResult.NotFound => NotFound(),
        _ => throw new UnreachableException(),
    };

    private static IResult Answer(DomainResult result) => result switch
    {
        DomainResult.Done(var proof) => TypedResults.Ok(View(proof)),
        DomainResult.Refused(var code, var words) => Refused(StatusCodes.Status409Conflict, code, words),
        DomainResult.NotFound => NotFound(),
        _ => throw new UnreachableException(),
    };

    private static IResult NotFound() => Refused(StatusCodes.Status404NotFound, "not_found", "There is nothing here.");

    private static IResult Refused(int status, string code, string title) =>
        TypedResults.Problem(statusCode: status, title: title, extensions: new Dictionary<string, object?> { ["code"] = code });

    internal sealed record OrganizationDocument(Guid Id, string Name, bool Cards, bool RequiresConsent, SenderDemand SenderDemand);

    internal sealed record ChangedPerson(Guid Id, string? Invitation);

    internal sealed record DomainDocument(
        string Domain, bool Mail, bool Proven, ProofWay? Way, string? RecordName, string? RecordText, DateTimeOffset? ProvenAt, DateTimeOffset? CheckedAt, DateTimeOffset? LostAt, string? Finding);

    internal sealed record OrganizationChange(string? Name, bool? Cards, bool? RequiresConsent, SenderDemand? SenderDemand);

    internal sealed record NewPerson(string? Address, string? Name, string? Title);

    internal sealed record PersonChange(bool? Administrator, bool? Active);

    internal sealed record NewDomain(string? Domain, bool Mail = false);
}
