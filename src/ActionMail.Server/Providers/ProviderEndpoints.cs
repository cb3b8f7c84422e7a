using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;

namespace ActionMail.Server.Providers;

/// <summary>Registrations through the operator's API.</summary>
internal static class ProviderEndpoints
{
    public static void MapProviders(this RouteGroupBuilder group)
    {
        group = group.MapGroup("").WithTags("Operator");
        group.MapGet("/providers", async (RegistrationQueries registrations, AddressBook addresses, CancellationToken cancel) =>
            TypedResults.Ok(new ProviderDocuments([.. (await registrations.AllAsync(cancel)).Select(each => ProviderDocument.Of(each.Row, each.Revision, addresses))])))
            .Describe("List all registrations", "Of every organization, each with the revision that runs, else the newest.")
            .Answers<ProviderDocuments>();
        group.MapGet("/providers/{id}", Show).Describe("Read any registration", "With the revision that runs, else the newest.").Answers<ProviderDocument>().Refuses("not_found");
        group.MapPut("/providers/{id}", Apply)
            .Describe("Register a provider", "Submitted and approved in one step. The same content again is no new revision.")
            .Answers<ProviderDocument>().Refuses("bad_request", "id_taken", "revoked", "sender_taken");
        group.MapPost("/providers/{id}/suspend", async (string id, StateChange change, HttpContext http, ChangeRegistrationState states, AddressBook addresses, CancellationToken cancel) =>
            Answer(id, await states.SuspendAsync(Actor.Operator(http), id.ToLowerInvariant(), change.Reason ?? "", cancel), addresses))
            .Describe("Suspend a registration", "The cards stop acting at once; nobody but the operator lifts it.").Answers<ProviderDocument>().Refuses("reason_missing", "not_found", "wrong_state");
        group.MapPost("/providers/{id}/resume", async (string id, StateChange change, HttpContext http, ChangeRegistrationState states, AddressBook addresses, CancellationToken cancel) =>
            Answer(id, await states.ResumeAsync(Actor.Operator(http), id.ToLowerInvariant(), change.Reason ?? "", cancel), addresses))
            .Describe("Resume a registration", "It is in force again.").Answers<ProviderDocument>().Refuses("not_found", "wrong_state");
    }

    private static async Task<IResult> Show(string id, HttpContext http, RegistrationQueries registrations, AddressBook addresses, CancellationToken cancel) =>
        await registrations.FindAsync(Actor.Operator(http), id.ToLowerInvariant(), cancel) is { } view
            ? TypedResults.Ok(ProviderDocument.Of(view.Row, view.Running ?? view.Newest, addresses))
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
            ? Answer(id, await submit.SubmitAsync(Actor.Operator(http), organization!.Value, originator.ToString("D"), valid, readRevision: null, cancel), addresses)
            : TypedResults.ValidationProblem(errors, title: "The registration was not changed: some of its fields are not right.");
    }

    private static IResult Answer(string id, RegistrationResult result, AddressBook addresses) => result switch
    {
        RegistrationResult.Done(var row, var revision) => TypedResults.Ok(ProviderDocument.Of(row, revision, addresses)),
        RegistrationResult.NotFound => NotRegistered(id),
        RegistrationResult.Conflict("reason_missing", var why) => Problems.Of("reason_missing", why),
        RegistrationResult.Conflict(_, var why) => TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, title: "The registration was not changed.", detail: why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IResult NotRegistered(string id) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "No such provider.", detail: $"No provider '{id}' is registered.");

    internal sealed record StateChange(string? Reason);
}
