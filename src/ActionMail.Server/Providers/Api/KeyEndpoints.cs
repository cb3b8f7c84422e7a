using System.ComponentModel;
using System.Diagnostics;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers.Keys;

namespace ActionMail.Server.Providers.Api;

/// <summary>A challenge to sign.</summary>
internal sealed record ChallengeDocument(
    [property: Description("What is random in it.")] string Nonce,
    [property: Description("What is signed: these bytes, without an end of line.")] string Text,
    DateTimeOffset ExpiresAt);

/// <summary>A key of a registration, and whether it is proven that whoever registers it has the private half.</summary>
internal sealed record ProvenKeyDocument(
    [property: Description("RFC 7638, SHA-256.")] string Thumbprint,
    [property: Description("RS256, PS256 or ES256.")] string Algorithm,
    [property: Description("Since when it is proven; null where it is not.")] DateTimeOffset? ProvenAt,
    [property: Description("What to sign to prove it; null where nobody has asked for it, or it is too old.")] ChallengeDocument? Challenge)
{
    public static ProvenKeyDocument Of(RegisteredKey key) => new(
        key.Key.Thumbprint, key.Key.Algorithm.ToString(), key.ProvenAt,
        key is { Challenge: { } challenge, ExpiresAt: { } until } ? new(challenge.Nonce, challenge.Text, until) : null);
}

/// <summary>The keys of a registration.</summary>
internal sealed record ProvenKeyList([property: Description("Of the revision that waits, or else is the newest, and of the one that runs.")] IReadOnlyList<ProvenKeyDocument> Keys);

/// <summary>An answer to a challenge.</summary>
internal sealed record KeyProofBody(
    [property: Description("A compact JWS whose payload is the challenge's text, or the signature over it in base64, made with the private key.")] string? Signature);

/// <summary>Proof that whoever registers a key has its private half. Security J-01.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this RouteGroupBuilder personal)
    {
        var api = personal.MapGroup("/providers/{id:guid}/keys").WithTags("Keys");
        api.MapGet("", ListAsync)
            .Describe("List the keys", "With the proof of each. For Test Users none is needed; a revision with any other scope is approved only when each of its keys is proven.")
            .Answers<ProvenKeyList>().Refuses("not_found");
        api.MapPost("/{thumbprint}/challenge", async (Guid id, string thumbprint, Person person, HttpContext http, ProveKey prove, CancellationToken cancel) =>
                Answer(await prove.ChallengeAsync(Actor.Of(person, http), id.ToString("D"), thumbprint, cancel)))
            .Describe("Ask for a key's challenge", "Good for half an hour and for one answer; the one before ends. A key that is proven has none, and needs none.")
            .Answers<ProvenKeyDocument>().Refuses("not_found", "key_unknown", "not_owner", "revoked");
        api.MapPost("/{thumbprint}/proof", async (Guid id, string thumbprint, KeyProofBody body, Person person, HttpContext http, ProveKey prove, CancellationToken cancel) =>
                Answer(await prove.ProveAsync(Actor.Of(person, http), id.ToString("D"), thumbprint, body.Signature ?? "", cancel)))
            .Describe("Prove a key", "By a signature over its challenge, with the key's own algorithm. What is refused leaves the challenge as it is.")
            .Answers<ProvenKeyDocument>().Refuses("key_proof_refused", "not_found", "key_unknown", "not_owner", "no_challenge", "revoked");
    }

    private static async Task<IResult> ListAsync(Guid id, Person person, HttpContext http, RegistrationQueries registrations, RegisteredKeys keys, CancellationToken cancel) =>
        await registrations.FindAsync(Actor.Of(person, http), id.ToString("D"), cancel) is { } view
            ? TypedResults.Ok(new ProvenKeyList([.. (await keys.OfAsync(view.Row, cancel, view.Contents)).Select(ProvenKeyDocument.Of)]))
            : RegistrationAnswers.NotFound();

    private static IResult Answer(KeyProofResult result) => result switch
    {
        KeyProofResult.Done(var key) => TypedResults.Ok(ProvenKeyDocument.Of(key)),
        KeyProofResult.NotFound => RegistrationAnswers.NotFound(),
        KeyProofResult.Refused(var code, var words) => Problems.Of(code, words),
        _ => throw new UnreachableException(),
    };
}
