using System.Net;
using ActionMail.Sdk;
using ActionMail.Server.Persistence;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Providers.Api;

/// <summary>Proof of possession over the API: nothing with a key that nobody has shown to have runs for more than test users. Security J-01.</summary>
[Collection(PersonalApi.Name)]
public sealed class KeyApiTests(ApiPlatform platform)
{
    private readonly PersonalClient _developer = platform.Developer;
    private readonly PersonalClient _administrator = platform.Administrator;

    [Fact]
    public async Task A_key_is_proven_by_a_signature_over_its_challenge_and_then_its_revision_is_approved()
    {
        using var key = SigningKey.CreateRsa(2048);
        var made = await _developer.SubmittedAsync(With(key));
        var refused = await _administrator.PostAsync($"/api/providers/{made.Id}/revisions/1/approve", made.Approval());
        Assert.Equal((HttpStatusCode.Conflict, "key_unproven"), (refused.Status, refused.Code));
        Assert.Contains(key.PublicKey.Thumbprint, refused.Detail, StringComparison.Ordinal);
        Assert.Contains("key_unproven", (await _developer.GetAsync($"/api/providers/{made.Id}/diagnosis")).Text, StringComparison.Ordinal);

        var challenge = await _developer.PostAsync(Path(made, key, "challenge"), null);
        Assert.StartsWith($"actionmail-key-proof {made.Id} {key.PublicKey.Thumbprint} ", challenge["challenge"].GetProperty("text").GetString(), StringComparison.Ordinal);
        var proven = await _developer.PostAsync(Path(made, key, "proof"), new { signature = key.ProvePossession(made.Id, NonceOf(challenge)) });

        Assert.Equal(HttpStatusCode.OK, proven.Status);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, proven["provenAt"].ValueKind);
        Assert.Equal(HttpStatusCode.OK, (await _administrator.PostAsync($"/api/providers/{made.Id}/revisions/1/approve", made.Approval())).Status);
        Assert.Contains("key_proven", (await _developer.GetAsync($"/api/providers/{made.Id}/history")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the golden answer", null)]
    [InlineData("another key's signature", "key_proof_refused")]
    [InlineData("an answer to the challenge before", "key_proof_refused")]
    [InlineData("an answer to another registration's challenge", "key_proof_refused")]
    [InlineData("nothing", "key_proof_refused")]
    [InlineData("no challenge was asked for", "no_challenge")]
    [InlineData("the challenge is too old", "no_challenge")]
    [InlineData("the same answer once more", "no_challenge")]
    [InlineData("a key that is none of the registration's", "key_unknown")]
    public async Task A_proof_is_judged(string what, string? code)
    {
        using var key = SigningKey.CreateEc();
        using var another = SigningKey.CreateEc();
        var made = await _developer.SubmittedAsync(With(key));
        var nonce = what == "no challenge was asked for" ? new string('n', 40) : NonceOf(await _developer.PostAsync(Path(made, key, "challenge"), null));
        if (what == "an answer to the challenge before")
            await _developer.PostAsync(Path(made, key, "challenge"), null);
        if (what == "the challenge is too old")
            await AgeAsync(made.Id);
        var answer = what switch
        {
            "another key's signature" => another.ProvePossession(made.Id, nonce),
            "an answer to another registration's challenge" => key.ProvePossession(Guid.NewGuid().ToString("D"), nonce),
            "nothing" => null,
            _ => key.ProvePossession(made.Id, nonce),
        };
        if (what == "the same answer once more")
            Assert.Equal(HttpStatusCode.OK, (await _developer.PostAsync(Path(made, key, "proof"), new { signature = answer })).Status);

        var judged = await _developer.PostAsync(Path(made, what == "a key that is none of the registration's" ? another : key, "proof"), new { signature = answer });

        Assert.Equal(code, judged.Code);
        var isProven = (await _developer.GetAsync($"/api/providers/{made.Id}/keys"))["keys"][0].GetProperty("provenAt").ValueKind != System.Text.Json.JsonValueKind.Null;
        Assert.Equal(code is null || what == "the same answer once more", isProven);
    }

    [Fact]
    public async Task A_key_that_is_none_of_the_registrations_is_answered_with_those_that_are()
    {
        using var key = SigningKey.CreateEc();
        using var another = SigningKey.CreateEc();
        var made = await _developer.SubmittedAsync(With(key));

        var unknown = await _developer.PostAsync(Path(made, another, "challenge"), null);
        var hidden = await platform.Neighbour.PostAsync(Path(made, another, "challenge"), null);

        Assert.Equal((HttpStatusCode.NotFound, "key_unknown"), (unknown.Status, unknown.Code));
        Assert.Contains(key.PublicKey.Thumbprint, unknown.Detail, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (hidden.Status, hidden.Code));
    }

    [Fact]
    public async Task An_administrator_reads_the_keys_and_does_not_prove_them()
    {
        using var key = SigningKey.CreateEc();
        var made = await _developer.SubmittedAsync(With(key));

        Assert.Equal("not_owner", (await _administrator.PostAsync(Path(made, key, "challenge"), null)).Code);
        Assert.Equal(HttpStatusCode.OK, (await _administrator.GetAsync($"/api/providers/{made.Id}/keys")).Status);
    }

    [Fact]
    public async Task A_registration_for_test_users_runs_at_once_without_a_proof()
    {
        using var key = SigningKey.CreateEc();

        var made = await _developer.SubmittedAsync(Submissions.For("testUsers").With("keys", new[] { key.PublicKeyToPem() }));

        Assert.Equal("approved", made["state"].GetString());
    }

    // Two have the same key and show it; the first who is approved has it. Whoever copies a public key for their own test users keeps nobody out.
    [Theory]
    [InlineData("organization", "key_taken")]
    [InlineData("testUsers", null)]
    public async Task A_key_that_came_into_force_elsewhere_meanwhile_is_not_approved(string theirScope, string? code)
    {
        using var key = SigningKey.CreateEc();
        var made = await _developer.SubmittedAsync(With(key));
        await ProveAsync(_developer, made, key);
        var theirs = await platform.Neighbour.PostAsync("/api/providers", Submissions.For(theirScope).With("senders", new[] { $"s{Guid.NewGuid():N}@fabrikam.test" })
            .With("targets", new[] { "https://fabrikam.test" }).With("testUsers", theirScope == "testUsers" ? new[] { Submissions.Neighbour } : null).With("keys", new[] { key.PublicKeyToPem() }));
        Assert.Equal(HttpStatusCode.Created, theirs.Status);
        if (theirScope == "organization")
        {
            await ProveAsync(platform.Neighbour, theirs, key);
            Assert.Equal(HttpStatusCode.OK, (await platform.NeighboursAdministrator.PostAsync($"/api/providers/{theirs.Id}/revisions/1/approve", theirs.Approval())).Status);
        }

        var decided = await _administrator.PostAsync($"/api/providers/{made.Id}/revisions/1/approve", made.Approval());

        Assert.Equal((code is null ? HttpStatusCode.OK : HttpStatusCode.Conflict, code), (decided.Status, decided.Code));
    }

    // Both are decided at the same moment, within one commit or next to each other.
    [Fact]
    public async Task Of_two_approvals_at_once_with_one_key_one_comes_into_force()
    {
        using var key = SigningKey.CreateEc();
        var made = await _developer.SubmittedAsync(With(key));
        await ProveAsync(_developer, made, key);
        var theirs = await platform.Neighbour.PostAsync("/api/providers", Submissions.For().With("senders", new[] { $"s{Guid.NewGuid():N}@fabrikam.test" })
            .With("targets", new[] { "https://fabrikam.test" }).With("keys", new[] { key.PublicKeyToPem() }));
        await ProveAsync(platform.Neighbour, theirs, key);

        var decided = await Task.WhenAll(
            _administrator.PostAsync($"/api/providers/{made.Id}/revisions/1/approve", made.Approval()),
            platform.NeighboursAdministrator.PostAsync($"/api/providers/{theirs.Id}/revisions/1/approve", theirs.Approval()));

        Assert.Equal([null, "key_taken"], decided.Select(answer => answer.Code).Order(StringComparer.Ordinal));
    }

    private static async Task ProveAsync(PersonalClient developer, ApiAnswer registration, SigningKey key)
    {
        var nonce = NonceOf(await developer.PostAsync(Path(registration, key, "challenge"), null));
        Assert.Equal(HttpStatusCode.OK, (await developer.PostAsync(Path(registration, key, "proof"), new { signature = key.ProvePossession(registration.Id, nonce) })).Status);
    }

    private static Dictionary<string, object?> With(SigningKey key) => Submissions.For().With("keys", new[] { key.PublicKeyToPem() });

    private static string Path(ApiAnswer registration, SigningKey key, string part) => $"/api/providers/{registration.Id}/keys/{key.PublicKey.Thumbprint}/{part}";

    private static string NonceOf(ApiAnswer challenge) => challenge["challenge"].GetProperty("nonce").GetString()!;

    // The clock of this platform is the world's.
    private Task<int> AgeAsync(string id) => platform.Running.Services.GetRequiredService<StoreWriter>().WriteAsync(
        db => db.KeyProofs.Where(row => row.ProviderId == id).ExecuteUpdate(row => row.SetProperty(proof => proof.NonceExpiresAt, proof => TimeProvider.System.GetUtcNow())), CancellationToken.None);
}
