using System.Security.Cryptography;
using System.Text;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers;

/// <summary>
/// What makes a submission one submission, however often its request arrives: a key of the sender's choice. The answer to the first is kept in the first's transaction and
/// given to the others, for a day. draft-ietf-httpapi-idempotency-key-header.
/// </summary>
/// <param name="Key">As the sender wrote it.</param>
/// <param name="RequestHash">SHA-256 of what was asked for: the same key for something else is refused.</param>
/// <param name="Answer">The body to keep.</param>
internal sealed record SubmissionKey(string Key, byte[] RequestHash, Func<RegistrationView, string> Answer)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public const int LongestKey = 255;

    public static byte[] HashOf(params ReadOnlySpan<string> request) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', request)));

    /// <summary>What came of an earlier request with the key, or null.</summary>
    public RegistrationResult? Earlier(ActionMailDb db, Person person, DateTimeOffset now)
    {
        var since = now - Lifetime;
        var kept = db.IdempotencyKeys.AsNoTracking()
            .SingleOrDefault(row => row.OrganizationId == person.OrganizationId && row.PersonId == person.Id && row.Key == Key && row.At > since);
        return kept is null ? null
            : kept.RequestHash.AsSpan().SequenceEqual(RequestHash) ? new RegistrationResult.Repeated(kept.Status, kept.Body)
            : new RegistrationResult.Conflict("idempotency_key_reused", "This Idempotency-Key came with another request before. Take a new one for each submission.");
    }

    /// <summary>Keeps the answer, in the transaction of what it is the answer to, and forgets those whose day is over.</summary>
    public void Keep(ActionMailDb db, Person person, RegistrationView view, DateTimeOffset now)
    {
        var since = now - Lifetime;
        db.IdempotencyKeys.Where(row => row.OrganizationId == person.OrganizationId && row.PersonId == person.Id && row.At <= since).ExecuteDelete();
        db.IdempotencyKeys.Add(new()
        {
            OrganizationId = person.OrganizationId,
            PersonId = person.Id,
            Key = Key,
            RequestHash = RequestHash,
            Status = StatusCodes.Status201Created,
            Body = Answer(view),
            At = now,
        });
        db.SaveChanges();
    }
}
