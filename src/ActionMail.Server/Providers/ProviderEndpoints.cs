using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Signing;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers;

/// <summary>Registrations through the operator's API.</summary>
internal static class ProviderEndpoints
{
    private const string Operator = "operator";

    public static void MapProviders(this RouteGroupBuilder group)
    {
        group.MapGet("/providers", async (ProviderStore store, AddressBook addresses, CancellationToken cancel) =>
            TypedResults.Ok(new { providers = (await store.ListAsync(cancel)).Select(stored => View(stored, addresses)) }));
        group.MapGet("/providers/{id}", Show);
        group.MapPut("/providers/{id}", Apply);
        group.MapPost("/providers/{id}/suspend", (string id, StateChange change, ProviderStore store, AddressBook addresses, CancellationToken cancel) =>
            Move(id, ProviderState.Suspended, change, store, addresses, cancel));
        group.MapPost("/providers/{id}/resume", (string id, StateChange change, ProviderStore store, AddressBook addresses, CancellationToken cancel) =>
            Move(id, ProviderState.Approved, change, store, addresses, cancel));
    }

    private static async Task<IResult> Show(string id, ProviderStore store, AddressBook addresses, CancellationToken cancel)
    {
        var stored = (await store.ListAsync(cancel)).Find(provider => string.Equals(provider.Provider.Id, id, StringComparison.OrdinalIgnoreCase));
        return stored is null ? NotRegistered(id) : TypedResults.Ok(View(stored, addresses));
    }

    private static async Task<IResult> Apply(
        string id, ProviderFile file, ProviderStore store, AddressBook addresses, IOptions<ServerOptions> options, CancellationToken cancel)
    {
        var reading = ProviderFileRules.Read(file, options.Value.UrlPolicy);
        var errors = reading is ProviderFileReading.Invalid(var found) ? found : [];
        if (!Guid.TryParseExact(id, "D", out var originator))
            errors["id"] = ["The provider id is a GUID, as in 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913."];
        var organization = addresses.FindOrganization(file.Organization);
        if (organization is null)
            errors["organization"] = [$"No organization owns the domain '{file.Organization}'."];
        return reading is ProviderFileReading.Valid(var content) && errors.Count == 0
            ? Answer(id, await store.ApplyAsync(organization!.Value, originator.ToString("D"), content, Operator, cancel), addresses)
            : TypedResults.ValidationProblem(errors, title: "The registration was not changed: some of its fields are not right.");
    }

    private static async Task<IResult> Move(string id, ProviderState to, StateChange change, ProviderStore store, AddressBook addresses, CancellationToken cancel) =>
        Answer(id, await store.MoveAsync(id.ToLowerInvariant(), to, change.Reason ?? "", Operator, cancel), addresses);

    private static IResult Answer(string id, ProviderChange change, AddressBook addresses) => change switch
    {
        ProviderChange.Stored stored => TypedResults.Ok(View(stored, addresses)),
        ProviderChange.Unknown => NotRegistered(id),
        ProviderChange.Conflict(var why) => TypedResults.Problem(statusCode: StatusCodes.Status409Conflict, title: "The registration was not changed.", detail: why),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IResult NotRegistered(string id) =>
        TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "No such provider.", detail: $"No provider '{id}' is registered.");

    private static object View(ProviderChange.Stored stored, AddressBook addresses) => new
    {
        id = stored.Provider.Id,
        name = stored.Content.Name,
        organization = addresses.DomainOf(stored.Provider.OrganizationId),
        state = stored.Provider.State,
        stateReason = stored.Provider.StateReason,
        revision = stored.Provider.ActiveRevision,
        effectiveAt = stored.Provider.EffectiveAt,
        senders = stored.Content.Senders,
        targets = stored.Content.Targets,
        scope = stored.Content.Scope,
        testUsers = stored.Content.TestUsers,
        tokenProfile = stored.Content.TokenProfile,
        appId = stored.Content.AppId,
        appIdUri = stored.Content.AppIdUri,
        keys = stored.Content.Keys.Select(PublicKeyText.Stored).OfType<KeyReading.Read>().Select(read => new
        {
            thumbprint = read.Key.Thumbprint,
            kty = read.Key.KeyType,
            rsaKeyValue = read.Key.RsaKeyValue,
            jwk = read.Key.Jwk,
        }),
    };

    internal sealed record StateChange(string? Reason);
}
