using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Signing;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers;

/// <summary>Registrations through the operator's API.</summary>
internal static class ProviderEndpoints
{
    public static void MapProviders(this RouteGroupBuilder group)
    {
        group.MapGet("/providers", async (RegistrationQueries registrations, AddressBook addresses, CancellationToken cancel) =>
            TypedResults.Ok(new { providers = (await registrations.AllAsync(cancel)).Select(each => View(each.Row, each.Revision, addresses)) }));
        group.MapGet("/providers/{id}", Show);
        group.MapPut("/providers/{id}", Apply);
        group.MapPost("/providers/{id}/suspend", async (string id, StateChange change, HttpContext http, ChangeRegistrationState states, AddressBook addresses, CancellationToken cancel) =>
            Answer(id, await states.SuspendAsync(Actor.Operator(http), id.ToLowerInvariant(), change.Reason ?? "", cancel), addresses));
        group.MapPost("/providers/{id}/resume", async (string id, StateChange change, HttpContext http, ChangeRegistrationState states, AddressBook addresses, CancellationToken cancel) =>
            Answer(id, await states.ResumeAsync(Actor.Operator(http), id.ToLowerInvariant(), change.Reason ?? "", cancel), addresses));
    }

    private static async Task<IResult> Show(string id, HttpContext http, RegistrationQueries registrations, AddressBook addresses, CancellationToken cancel) =>
        await registrations.FindAsync(Actor.Operator(http), id.ToLowerInvariant(), cancel) is { } view
            ? TypedResults.Ok(View(view.Row, view.Running ?? view.Newest, addresses))
            : NotRegistered(id);

    private static async Task<IResult> Apply(
        string id, ProviderFile file, HttpContext http, ReadSubmission read, SubmitRegistration submit, AddressBook addresses, CancellationToken cancel)
    {
        var isId = Guid.TryParseExact(id, "D", out var originator);
        var organization = addresses.FindOrganization(file.Organization);
        var reading = await read.OfOperatorAsync(organization ?? Guid.Empty, originator.ToString("D"), file.ToSubmission(), cancel);
        var errors = reading is SubmissionReading.Invalid invalid ? invalid.ByField() : [];
        if (!isId)
            errors["id"] = ["The provider id is a GUID, as in 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913."];
        if (organization is null)
            errors["organization"] = [$"No organization owns the domain '{file.Organization}'."];
        return reading is SubmissionReading.Valid valid && errors.Count == 0
            ? Answer(id, await submit.SubmitAsync(Actor.Operator(http), organization!.Value, originator.ToString("D"), valid, readVersion: null, cancel), addresses)
            : TypedResults.ValidationProblem(errors, title: "The registration was not changed: some of its fields are not right.");
    }

    private static IResult Answer(string id, RegistrationResult result, AddressBook addresses) => result switch
    {
        RegistrationResult.Done(var row, var revision) => TypedResults.Ok(View(row, revision, addresses)),
        RegistrationResult.NotFound => NotRegistered(id),
        RegistrationResult.Conflict(_, var why) => TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, title: "The registration was not changed.", detail: why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IResult NotRegistered(string id) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "No such provider.", detail: $"No provider '{id}' is registered.");

    private static object View(ProviderRow row, ProviderRevisionRow revision, AddressBook addresses)
    {
        var content = RegisteredContent.FromJson(revision.Content);
        return new
        {
            id = row.Id,
            name = content.Name,
            organization = addresses.DomainOf(row.OrganizationId),
            state = row.State,
            stateReason = row.StateReason,
            revision = row.ActiveRevision ?? row.LatestRevision,
            effectiveAt = row.EffectiveAt,
            senders = content.Senders,
            targets = content.Targets,
            scope = content.Scope,
            testUsers = content.TestUsers,
            tokenProfile = content.TokenProfile,
            appId = content.AppId,
            appIdUri = content.AppIdUri,
            keys = content.Keys.Select(PublicKeyText.Stored).OfType<KeyReading.Read>().Select(read => new
            {
                thumbprint = read.Key.Thumbprint,
                kty = read.Key.KeyType,
                rsaKeyValue = read.Key.RsaKeyValue,
                jwk = read.Key.Jwk,
            }),
        };
    }

    internal sealed record StateChange(string? Reason);
}
