using System.Collections.Immutable;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Signing;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Keys;

/// <summary>A key of a registration, and whether it is proven that whoever registers it has the private half.</summary>
/// <param name="Key">The key.</param>
/// <param name="ProvenAt">Since when it is proven; null where it is not.</param>
/// <param name="Challenge">What is to be signed to prove it; null where nobody has asked for it, or it is too old.</param>
/// <param name="ExpiresAt">Until when the challenge can be answered.</param>
internal sealed record RegisteredKey(PublicKey Key, DateTimeOffset? ProvenAt, KeyChallenge? Challenge, DateTimeOffset? ExpiresAt)
{
    public bool IsProven => ProvenAt is not null;

    /// <summary>How the challenge is signed without our tools; "" where there is none. RFC 7518 §3.5: the salt of PS256 is as long as the hash.</summary>
    public string OpenSsl => Challenge is { } challenge
        ? $"printf %s '{challenge.Text}' | openssl dgst -sha256{(Key.Algorithm == JwsAlgorithm.PS256 ? " -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32" : "")} -sign private.pem | openssl base64 -A"
        : "";

    public static RegisteredKey Of(string providerId, PublicKey key, KeyProofRow? row, DateTimeOffset now) => row is { Nonce: { } nonce, NonceExpiresAt: { } until } && until > now
        ? new(key, row.ProvenAt, new(providerId, key.Thumbprint, nonce), until)
        : new(key, row?.ProvenAt, null, null);
}

/// <summary>
/// The keys of registrations. A public key is anybody's to copy, so one for more than test users runs only when its private half was shown to be there, and when nobody else's
/// registration has it. Security J-01.
/// </summary>
internal sealed class RegisteredKeys(ProviderRegistry registry, IDbContextFactory<ActionMailDb> contexts, TimeProvider time)
{
    public static ImmutableArray<PublicKey> In(RegisteredContent content) => [.. content.Keys.Select(PublicKeyText.Stored).OfType<KeyReading.Read>().Select(read => read.Key)];

    /// <summary>The keys of some contents of one registration, each once.</summary>
    public async Task<ImmutableArray<RegisteredKey>> OfAsync(ProviderRow provider, CancellationToken cancel, params IEnumerable<RegisteredContent> contents)
    {
        var keys = contents.SelectMany(content => In(content)).Distinct().ToList();
        if (keys.Count == 0)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await Rows(db.KeyProofs.AsNoTracking(), provider).ToDictionaryAsync(row => row.Thumbprint, StringComparer.Ordinal, cancel);
        var now = time.GetUtcNow();
        return [.. keys.Select(key => RegisteredKey.Of(provider.Id, key, rows.GetValueOrDefault(key.Thumbprint), now))];
    }

    /// <summary>Why the keys of a content keep it from running, within the transaction that would let it; null where they do not.</summary>
    public RegistrationResult.Conflict? RefusalOf(ActionMailDb db, ProviderRow provider, RegisteredContent content)
    {
        if (content.Scope == ProviderScope.TestUsers || content.Keys.IsEmpty)
            return null;
        var proven = Rows(db.KeyProofs.AsNoTracking(), provider).Where(row => row.ProvenAt != null).Select(row => row.Thumbprint).ToList();
        var justTaken = TakenSince(db, registry.Running.Version, provider);
        foreach (var thumbprint in In(content).Select(key => key.Thumbprint))
        {
            if (!proven.Contains(thumbprint, StringComparer.Ordinal))
                return new("key_unproven", $"It is not proven that the submitter has the private half of the key {thumbprint}. The submitter finds how to prove it on the provider's page.");
            // It was nobody's when it was submitted; since then another registration may have come into force with it.
            if (registry.HolderOf(thumbprint, provider.Id, provider.OrganizationId) != KeyHolder.Nobody || justTaken.Contains(thumbprint, StringComparer.Ordinal))
                return new("key_taken", $"The key {thumbprint} is another provider's since this was submitted. The submitter has to take it out, and to give a key of their own.");
        }
        return null;
    }

    // What came into force since the registry was read: in this very commit, or on another node.
    private static List<string> TakenSince(ActionMailDb db, long version, ProviderRow provider) =>
    [
        .. db.Providers.AsNoTracking()
            .Where(other => other.Version > version && other.OrganizationId != provider.OrganizationId && other.Scope != ProviderScope.TestUsers && other.ActiveRevision != null)
            .Join(db.ProviderRevisions, other => new { other.OrganizationId, other.Id, Number = other.ActiveRevision!.Value },
                revision => new { revision.OrganizationId, Id = revision.ProviderId, revision.Number }, (_, revision) => revision.Content)
            .AsEnumerable().SelectMany(content => In(RegisteredContent.FromJson(content))).Select(key => key.Thumbprint),
    ];

    private static IQueryable<KeyProofRow> Rows(IQueryable<KeyProofRow> rows, ProviderRow provider) =>
        rows.Where(row => row.OrganizationId == provider.OrganizationId && row.ProviderId == provider.Id);
}
