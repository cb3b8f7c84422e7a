using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Signing;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers.Keys;

/// <summary>What became of a wish about a key's proof: exactly one of the cases below.</summary>
internal abstract record KeyProofResult
{
    private KeyProofResult() { }

    /// <summary>The key as it stands now: with a challenge to sign, or proven.</summary>
    public sealed record Done(RegisteredKey Key) : KeyProofResult;

    /// <summary>There is no such registration that is theirs to see.</summary>
    public sealed record NotFound : KeyProofResult;

    /// <summary>Words for the developer, and a code for programs.</summary>
    public sealed record Refused(string Code, string Words) : KeyProofResult;
}

/// <summary>
/// Proof of possession: (1) whoever may edit the registration asks for a challenge, which is bound to registration and key, random, and good for half an hour; (2) they sign
/// it with the private key, where that is; (3) the signature is judged, and the challenge is used up with the first that is right. Security J-01.
/// </summary>
internal sealed class ProveKey(RegistrationQueries registrations, StoreWriter writer, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private const int NonceBytes = 32;

    /// <summary>Makes a challenge, in the place of the one before. A key that is proven stays so, and needs none.</summary>
    public Task<KeyProofResult> ChallengeAsync(Actor actor, string id, string thumbprint, CancellationToken cancel) =>
        WithKeyAsync(actor, id, thumbprint, (db, provider, key) => Challenge(db, provider, key, time.GetUtcNow()), cancel);

    /// <summary>Judges an answer to the key's challenge.</summary>
    public Task<KeyProofResult> ProveAsync(Actor actor, string id, string thumbprint, string answer, CancellationToken cancel) =>
        WithKeyAsync(actor, id, thumbprint, (db, provider, key) => Judge(db, actor, provider, key, answer, time.GetUtcNow()), cancel);

    // 1
    private static KeyProofResult.Done Challenge(ActionMailDb db, ProviderRow provider, PublicKey key, DateTimeOffset now)
    {
        var row = RowOf(db, provider, key) ?? db.KeyProofs.Add(new() { OrganizationId = provider.OrganizationId, ProviderId = provider.Id, Thumbprint = key.Thumbprint }).Entity;
        if (row.ProvenAt is null)
            (row.Nonce, row.NonceExpiresAt) = (Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes)), now + Life);
        db.SaveChanges();
        return new(RegisteredKey.Of(provider.Id, key, row, now));
    }

    // 3: within the transaction that uses the challenge up, so that it serves once. A verification takes microseconds.
    private static KeyProofResult Judge(ActionMailDb db, Actor actor, ProviderRow provider, PublicKey key, string answer, DateTimeOffset now)
    {
        if (RowOf(db, provider, key) is not { Nonce: { } nonce, NonceExpiresAt: { } until } row || until <= now)
            return new KeyProofResult.Refused("no_challenge", "There is no challenge to answer: each is good for half an hour, and for one answer. Ask for a new one.");
        switch (new KeyChallenge(provider.Id, key.Thumbprint, nonce).Judge(answer, key))
        {
            case KeyProof.Refused(var why):
                return new KeyProofResult.Refused("key_proof_refused", $"This proves nothing: {why}.");
            case KeyProof.Proven:
                (row.Nonce, row.NonceExpiresAt, row.ProvenAt, row.ProvenBy) = (null, null, now, actor.Name);
                AuditLog.Append(db, provider.OrganizationId, now, "key_proven", provider.Id, actor.Name, new { key = key.Thumbprint, from = actor.From });
                return new KeyProofResult.Done(RegisteredKey.Of(provider.Id, key, row, now));
            default: throw new UnreachableException();
        }
    }

    private async Task<KeyProofResult> WithKeyAsync(
        Actor actor, string id, string thumbprint, Func<ActionMailDb, ProviderRow, PublicKey, KeyProofResult> work, CancellationToken cancel)
    {
        if (await registrations.FindAsync(actor, id, cancel) is not { } view)
            return new KeyProofResult.NotFound();
        if (RegistrationRules.May(actor, RegistrationAct.Edit, view.InQuestion) is Permission.Denied(var code, var words))
            return new KeyProofResult.Refused(code, words);
        if (view.Row.State == ProviderState.Revoked)
            return new KeyProofResult.Refused("revoked", "The registration is revoked. None of its keys counts any more.");
        var keys = view.Contents.SelectMany(content => RegisteredKeys.In(content)).Distinct().ToList();
        return keys.Find(each => string.Equals(each.Thumbprint, thumbprint, StringComparison.Ordinal)) is { } key
            ? await writer.WriteAsync(db => work(db, view.Row, key), cancel)
            : Unknown(keys);
    }

    private static KeyProofResult.Refused Unknown(List<PublicKey> keys) => new("key_unknown", keys.Count == 0
        ? "The registration has no keys."
        : $"The key is none of the registration's. It has: {string.Join(", ", keys.Select(key => key.Thumbprint))}.");

    private static KeyProofRow? RowOf(ActionMailDb db, ProviderRow provider, PublicKey key) => db.KeyProofs.Find(provider.OrganizationId, provider.Id, key.Thumbprint);
}
