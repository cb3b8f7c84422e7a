using System.Collections.Concurrent;
using System.Security.Claims;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Accounts;

/// <summary>
/// Sessions are kept on the server: signing out ends one for good, whoever has a copy of its cookie. Idle 8 hours, at most 24 (security E-11).
/// </summary>
internal sealed class Sessions(StoreWriter writer, IDbContextFactory<ActionMailDb> contexts, AddressBook addresses, TimeProvider time)
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(8);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private const string SessionClaim = "sid";

    // Ended sessions of this process's lifetime are known at once; the store is asked for those that it has not seen.
    private readonly ConcurrentDictionary<Guid, SessionRow> _known = new();

    /// <summary>
    /// Starts a session; the principal is what the cookie holds. Proving again who one is starts another one: an id that somebody may have seen before is worth nothing after.
    /// </summary>
    public async Task<ClaimsPrincipal> StartAsync(SignIn signIn, CancellationToken cancel)
    {
        var person = signIn.Person;
        var session = new SessionRow
        {
            OrganizationId = person.OrganizationId,
            Id = Guid.NewGuid(),
            PersonId = person.Id,
            StartedAt = time.GetUtcNow(),
            AuthenticatedAt = signIn.ProvenAt,
        };
        await writer.WriteAsync(db =>
        {
            db.Sessions.Add(session);
            AuditLog.Append(db, person.OrganizationId, session.StartedAt, "signed_in", person.PrimaryAddress.ToString(), person.PrimaryAddress.ToString(),
                new { way = signIn.Way.ToString(), from = signIn.From });
            return db.SaveChanges();
        }, cancel);
        _known[session.Id] = session;
        var principal = SignedInPerson.Of(person).ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new(SessionClaim, session.Id.ToString("D")));
        return principal;
    }

    /// <summary>Starts a session in this browser, in the place of the one that it had.</summary>
    public async Task RenewAsync(HttpContext http, SignIn signIn, CancellationToken cancel)
    {
        await EndAsync(http.User, cancel);
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, await StartAsync(signIn, cancel));
    }

    public async Task EndAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        if (KeyOf(user) is { } key)
            await EndAsync(key, cancel);
    }

    /// <summary>Which session a browser has, for where its cookie does not come along; null where it has none.</summary>
    public static string? KeyOf(ClaimsPrincipal user) =>
        SignedInPerson.Of(user) is { } person && Guid.TryParse(user.FindFirstValue(SessionClaim), out var id) ? $"{person.OrganizationId:D}/{id:D}" : null;

    /// <summary>Ends a session by <see cref="KeyOf"/>.</summary>
    public async Task EndAsync(string key, CancellationToken cancel)
    {
        if (await FindAsync(key, cancel) is not { } session)
            return;
        session.EndedAt = time.GetUtcNow();
        await writer.WriteAsync(db =>
        {
            db.Sessions.Update(session);
            return db.SaveChanges();
        }, cancel);
    }

    /// <summary>Whether the cookie's session still runs and its person still exists.</summary>
    public async Task<bool> IsRunningAsync(ClaimsPrincipal user, CancellationToken cancel) =>
        await FindAsync(user, cancel) is { EndedAt: null } session
        && time.GetUtcNow() < session.StartedAt + Longest
        && addresses.Find(session.OrganizationId, session.PersonId) is { } person
        && !(session.StartedAt <= person.SessionsEndedAt);

    /// <summary>When the person at the keyboard last proved who they are; null where nobody knows, and for a program with a token.</summary>
    public async Task<DateTimeOffset?> AuthenticatedAtAsync(ClaimsPrincipal user, CancellationToken cancel) => (await FindAsync(user, cancel))?.AuthenticatedAt;

    /// <summary>Whether that was within the last ten minutes: what gives somebody more rights asks for it. Security J-11.</summary>
    public async Task<bool> IsFreshAsync(ClaimsPrincipal user, CancellationToken cancel) => time.GetUtcNow() < await AuthenticatedAtAsync(user, cancel) + Fresh;

    private async Task<SessionRow?> FindAsync(ClaimsPrincipal user, CancellationToken cancel) => KeyOf(user) is { } key ? await FindAsync(key, cancel) : null;

    private async Task<SessionRow?> FindAsync(string key, CancellationToken cancel)
    {
        var (organization, id) = (Guid.Parse(key.AsSpan(0, 36)), Guid.Parse(key.AsSpan(37)));
        if (_known.TryGetValue(id, out var known))
            return known;
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var stored = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(row => row.OrganizationId == organization && row.Id == id, cancel);
        return stored is null ? null : _known.GetOrAdd(id, stored);
    }
}
