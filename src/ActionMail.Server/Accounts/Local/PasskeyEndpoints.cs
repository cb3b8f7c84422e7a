using System.Text.Json;
using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Local;

/// <summary>
/// What the pages' script asks when a passkey is made or used. A passkey is made by who shows an invitation, or is signed in and has just proven who they are: a session
/// left open must not become a key for ever.
/// </summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        if (!routes.ServiceProvider.GetRequiredService<IOptions<AccountOptions>>().Value.Local.Enabled)
            return;
        var group = routes.MapGroup("/api/passkeys").FromOurPages().WithTags("Account");
        group.MapPost("/sign-in/options", async (HttpContext http, Passkeys passkeys) => TypedResults.Text(await passkeys.AskWhoAsync(http), "application/json"))
            .Describe("Ask for a passkey", "What the browser's navigator.credentials.get is given.").Answers<JsonElement>();
        group.MapPost("/sign-in", SignInAsync).Describe("Sign in with a passkey", "For the page's script.").Answers(StatusCodes.Status204NoContent, "The session has begun.");
        group.MapPost("/options", AskAsync).Describe("Begin a passkey", "What the browser's navigator.credentials.create is given.").Answers<JsonElement>().Refuses("reauthentication_required");
        group.MapPost("/", KeepAsync).Describe("Keep a passkey", "For the page's script.").Answers(StatusCodes.Status204NoContent, "It is kept.").Refuses("reauthentication_required");
    }

    private static async Task<IResult> SignInAsync(PasskeyAnswer answer, HttpContext http, Passkeys passkeys, Sessions sessions, TimeProvider time, CancellationToken cancel)
    {
        if (await passkeys.CheckAsync(http, answer.Credential ?? "", cancel) is not { } person)
            return Refused(StatusCodes.Status403Forbidden, "passkey_refused", "The passkey could not be verified. Try again, or sign in another way.");
        if (answer.Again && SignedInPerson.Of(http.User)?.Id != person.Id)
            return Refused(StatusCodes.Status403Forbidden, "another_person", SignInProblem.AnotherPerson.Words);
        await sessions.RenewAsync(http, new(person, SignInWay.Passkey, time.GetUtcNow(), RemoteAddress.Of(http)), cancel);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> AskAsync(PasskeyWish wish, HttpContext http, Passkeys passkeys, Invitations invitations, Sessions sessions, CancellationToken cancel) =>
        await OwnerAsync(wish.Invitation, http, invitations, sessions, cancel) is { } person
            ? TypedResults.Text(await passkeys.AskToMakeAsync(http, person), "application/json")
            : NotAllowed();

    private static async Task<IResult> KeepAsync(
        NewPasskey made, HttpContext http, Passkeys passkeys, Invitations invitations, Sessions sessions, TimeProvider time, CancellationToken cancel)
    {
        if (await OwnerAsync(made.Invitation, http, invitations, sessions, cancel) is not { } person)
            return NotAllowed();
        var fault = await passkeys.KeepAsync(http, person, made.Name ?? "", made.Credential ?? "",
            db => made.Invitation is not { } invitation || Invitations.Use(db, invitation, time.GetUtcNow()), cancel);
        if (fault is not null)
            return Refused(StatusCodes.Status400BadRequest, "passkey_refused", fault);
        if (made.Invitation is not null)
            await sessions.RenewAsync(http, new(person, SignInWay.Passkey, time.GetUtcNow(), RemoteAddress.Of(http)), cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Person?> OwnerAsync(string? invitation, HttpContext http, Invitations invitations, Sessions sessions, CancellationToken cancel) =>
        invitation is not null
            ? await invitations.FindAsync(invitation, cancel)
            : await sessions.IsFreshAsync(http.User, cancel) ? await Person.BindAsync(http) : null;

    private static IResult NotAllowed() =>
        Refused(StatusCodes.Status403Forbidden, "reauthentication_required", "Confirm first that it is you: the last time is more than ten minutes ago, or the link is used up.");

    private static IResult Refused(int status, string code, string title) =>
        TypedResults.Problem(statusCode: status, title: title, extensions: new Dictionary<string, object?> { ["code"] = code });

    internal sealed record PasskeyWish(string? Invitation);

    internal sealed record NewPasskey(string? Invitation, string? Name, string? Credential);

    internal sealed record PasskeyAnswer(string? Credential, bool Again = false);
}
