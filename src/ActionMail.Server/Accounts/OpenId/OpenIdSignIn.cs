using System.Diagnostics;
using System.Security.Claims;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;

namespace ActionMail.Server.Accounts.OpenId;

/// <summary>Whom a provider's token means.</summary>
internal abstract record OpenIdResult
{
    private OpenIdResult() { }

    public sealed record Known(Person Person, DateTimeOffset? AuthenticatedAt) : OpenIdResult;

    public sealed record Refused(SignInProblem Problem) : OpenIdResult;
}

/// <summary>
/// From a verified token to a person of the provider's organization, and of no other:
/// 1. who was bound to issuer and subject before is that person, whatever the address says now;
/// 2. else the person with the address that the provider vouches for, in a domain that the organization has proven, is bound now, unless another subject was;
/// 3. else somebody new is made, where the operator allows it;
/// 4. the role is what the provider says, where it is asked.
/// </summary>
internal sealed class OpenIdSignIn(AddressBook addresses, DomainProofs domains, StoreWriter writer, TimeProvider time)
{
    public async Task<OpenIdResult> FindAsync(OpenIdProvider provider, ClaimsPrincipal token, CancellationToken cancel)
    {
        if (addresses.FindOrganization(provider.Organization) is not { } organization)
            return new OpenIdResult.Refused(SignInProblem.UnknownPerson);
        var claims = OpenIdClaims.Of(token, provider, domain => domains.IsMailOf(organization, domain));
        if (claims is { Issuer: "" } or { Subject: "" })
            return new OpenIdResult.Refused(SignInProblem.NotVerified);
        var match = await writer.WriteAsync(db => Match(db, provider, organization, claims), cancel);
        if (match is Matched.Somebody { HasChanged: true })
            await addresses.ReloadAsync(CancellationToken.None);
        return match switch
        {
            Matched.Refused(var problem) => new OpenIdResult.Refused(problem),
            Matched.Somebody(var id, _) when addresses.Find(organization, id) is { } person => new OpenIdResult.Known(person, claims.AuthenticatedAt),
            Matched.Somebody => new OpenIdResult.Refused(SignInProblem.Deactivated),
            _ => throw new UnreachableException(),
        };
    }

    private Matched Match(ActionMailDb db, OpenIdProvider provider, Guid organization, OpenIdClaims claims)
    {
        if (db.PersonLogins.Find(organization, claims.Issuer, claims.Subject) is { } bound)
            return db.People.Find(organization, bound.PersonId) is { DeactivatedAt: null } person
                ? Settle(db, person, claims, hasChanged: false)
                : new Matched.Refused(SignInProblem.Deactivated);
        if (claims.Address is not { } address)
            return new Matched.Refused(SignInProblem.NoAddress);
        var owner = db.Addresses.Find(organization, address.ToString());
        if (owner is null && !provider.ProvisionPeople)
            return new Matched.Refused(SignInProblem.UnknownPerson);
        var found = owner is null ? PersonRows.Add(db, organization, address, claims.Name, title: "") : db.People.Find(organization, owner.PersonId)!;
        if (found.DeactivatedAt is not null)
            return new Matched.Refused(SignInProblem.Deactivated);
        if (db.PersonLogins.Any(row => row.OrganizationId == organization && row.Issuer == claims.Issuer && row.PersonId == found.Id))
            return new Matched.Refused(SignInProblem.BoundElsewhere);
        if (owner is null)
            Audit(db, organization, "person_provisioned", address.ToString(), claims, new { provider.Name });
        db.PersonLogins.Add(new() { OrganizationId = organization, Issuer = claims.Issuer, Subject = claims.Subject, PersonId = found.Id, BoundAt = time.GetUtcNow() });
        Audit(db, organization, "login_bound", address.ToString(), claims, new { claims.Issuer, claims.Subject });
        return Settle(db, found, claims, hasChanged: true);
    }

    private Matched Settle(ActionMailDb db, PersonRow person, OpenIdClaims claims, bool hasChanged)
    {
        if (claims.IsAdministrator is { } isAdministrator && person.IsAdministrator != isAdministrator)
        {
            person.IsAdministrator = isAdministrator;
            Audit(db, person.OrganizationId, "role_changed", PersonRows.AddressOf(db, person), claims, new { administrator = isAdministrator });
            hasChanged = true;
        }
        if (hasChanged)
            RegistryVersion.Next(db);
        db.SaveChanges();
        return new Matched.Somebody(person.Id, hasChanged);
    }

    private void Audit(ActionMailDb db, Guid organization, string kind, string subject, OpenIdClaims claims, object facts) =>
        AuditLog.Append(db, organization, time.GetUtcNow(), kind, subject, claims.Issuer, facts);

    private abstract record Matched
    {
        private Matched() { }

        public sealed record Somebody(Guid Id, bool HasChanged) : Matched;

        public sealed record Refused(SignInProblem Problem) : Matched;
    }
}
