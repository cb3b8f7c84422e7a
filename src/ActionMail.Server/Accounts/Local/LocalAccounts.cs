using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts.Devices;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Local;

/// <summary>Passwords that are known here. Who does not exist is refused in the same words and in the same time as who is wrong. Security E-12.</summary>
internal sealed class LocalAccounts
{
    private readonly AddressBook _addresses;
    private readonly IDbContextFactory<ActionMailDb> _contexts;
    private readonly StoreWriter _writer;
    private readonly IPasswordHasher<LocalAccount> _hasher;
    private readonly SignInThrottle _throttle;
    private readonly KnownDevice _devices;
    private readonly LocalOptions _options;
    private readonly TimeProvider _time;
    private readonly string _nobodysHash;

    public LocalAccounts(
        AddressBook addresses, IDbContextFactory<ActionMailDb> contexts, StoreWriter writer, IPasswordHasher<LocalAccount> hasher, SignInThrottle throttle, KnownDevice devices,
        IOptions<AccountOptions> options, TimeProvider time)
    {
        (_addresses, _contexts, _writer, _hasher, _throttle, _devices, _options, _time) = (addresses, contexts, writer, hasher, throttle, devices, options.Value.Local, time);
        _nobodysHash = hasher.HashPassword(null!, SecretToken.New());
    }

    /// <summary>The person, or null: the address or the password is wrong, or there were too many attempts.</summary>
    public async Task<Person?> CheckAsync(HttpContext http, string address, string password, CancellationToken cancel)
    {
        var person = EmailAddress.TryParse(address.Trim(), out var read) ? _addresses.Find(read) : null;
        var subject = _devices.SubjectOf(http, read.ToString());
        var mayTry = _throttle.TryTake(subject, _options.MaxFailures, _options.Pause);
        var hash = await HashOfAsync(person, cancel);
        // Asked of nobody's password too, and when it may not count: the time it takes tells nothing.
        var verified = _hasher.VerifyHashedPassword(null!, mayTry && hash is not null ? hash : _nobodysHash, password.Length <= PasswordRules.Longest ? password : "");
        if (!mayTry || hash is null || person is null || verified == PasswordVerificationResult.Failed)
            return null;
        _throttle.Clear(subject);
        _devices.Remember(http, read.ToString());
        return person;
    }

    /// <summary>Sets a password by an invitation, which is used up; null where that is no longer possible. Every other session of the person ends.</summary>
    public Task<Person?> AcceptAsync(string invitation, Person person, string password, string from, CancellationToken cancel) =>
        SetAsync(person, password, from, db => Invitations.Use(db, invitation, _time.GetUtcNow()), cancel);

    /// <summary>Sets another password. Every other session of the person ends, every access token, and every invitation.</summary>
    public Task<Person?> ChangeAsync(Person person, string password, string from, CancellationToken cancel) => SetAsync(person, password, from, _ => true, cancel);

    public async Task<bool> HasPasswordAsync(Person person, CancellationToken cancel) => await HashOfAsync(person, cancel) is not null;

    private async Task<Person?> SetAsync(Person person, string password, string from, Func<ActionMailDb, bool> allow, CancellationToken cancel)
    {
        var (hash, now) = (_hasher.HashPassword(null!, password), _time.GetUtcNow());
        var isSet = await _writer.WriteAsync(db =>
        {
            if (!allow(db) || db.People.Find(person.OrganizationId, person.Id) is not { DeactivatedAt: null } row)
                return false;
            if (db.Passwords.Find(person.OrganizationId, person.Id) is { } before)
                (before.Hash, before.SetAt) = (hash, now);
            else
                db.Passwords.Add(new() { OrganizationId = person.OrganizationId, PersonId = person.Id, Hash = hash, SetAt = now });
            row.SessionsEndedAt = now;
            // Whoever had got in with the old one may have made themselves a token.
            AccessTokens.RevokeAll(db, person.OrganizationId, person.Id, now);
            // And a link that lies in a mailbox would set yet another one.
            Invitations.EndAll(db, person.OrganizationId, person.Id, now);
            Providers.RegistryVersion.Next(db);
            AuditLog.Append(db, person.OrganizationId, now, "password_set", person.PrimaryAddress.ToString(), person.PrimaryAddress.ToString(), new { from });
            db.SaveChanges();
            return true;
        }, cancel);
        if (!isSet)
            return null;
        await _addresses.ReloadAsync(CancellationToken.None);
        return _addresses.Find(person.OrganizationId, person.Id);
    }

    private async Task<string?> HashOfAsync(Person? person, CancellationToken cancel)
    {
        // The question is put for nobody too.
        var (organization, id) = (person?.OrganizationId ?? Guid.Empty, person?.Id ?? Guid.Empty);
        await using var db = await _contexts.CreateDbContextAsync(cancel);
        return await db.Passwords.AsNoTracking().Where(row => row.OrganizationId == organization && row.PersonId == id).Select(row => row.Hash).SingleOrDefaultAsync(cancel);
    }
}
