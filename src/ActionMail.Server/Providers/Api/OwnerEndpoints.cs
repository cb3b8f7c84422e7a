using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;

namespace ActionMail.Server.Providers.Api;

/// <summary>Who owns a registration.</summary>
internal static class OwnerEndpoints
{
    public static void MapOwners(this RouteGroupBuilder personal)
    {
        var api = personal.MapGroup("/providers/{id:guid}/owners").WithTags("Owners");
        api.MapPut("/{address}", async (Guid id, string address, Person person, HttpContext http, ChangeOwners owners, RegistrationAnswers answers, CancellationToken cancel) =>
                await answers.ChangedAsync(await owners.AddAsync(Actor.Of(person, http), id.ToString("D"), address, cancel), Actor.Of(person, http), http, cancel))
            .Describe("Add an owner", "A colleague, by an address of theirs. Who owns it already stays an owner.")
            .Answers<RegistrationDocument>().Refuses("not_a_colleague", "not_found", "not_owner");
        api.MapDelete("/{address}", async (Guid id, string address, Person person, HttpContext http, ChangeOwners owners, RegistrationAnswers answers, CancellationToken cancel) =>
                await answers.ChangedAsync(await owners.RemoveAsync(Actor.Of(person, http), id.ToString("D"), address, cancel), Actor.Of(person, http), http, cancel))
            .Describe("Remove an owner", "The last one stays. Whoever takes themselves out has no registration to be shown any more, and gets 204.")
            .Answers<RegistrationDocument>().Answers(StatusCodes.Status204NoContent, "It is done, and the registration is not yours to see any more.")
            .Refuses("not_a_colleague", "not_found", "not_owner", "last_owner");
    }
}
