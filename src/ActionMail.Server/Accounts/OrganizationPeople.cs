using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts.Devices;
using ActionMail.Server.Accounts.Local;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts;

/// <summary>What became of an administrator's wish about a person.</summary>
internal abstract record PeopleResult
{
    private PeopleResult() { }

    /// <summary>Done; with the token of an invitation where there is one to hand over.</summary>
    public sealed record Done(Guid PersonId, string? InvitationToken = null) : PeopleResult;

    /// <summary>Words for the administrator, and a code for programs.</summary>
    public sealed record Refused(string Code, string Words) : PeopleResult;

    /// <summary>No such person in the administrator's own organization.</summary>
    public sealed record NotFound : PeopleResult;
}

/// <summary>Somebody of the organization, as its administrators see them.</summary>
internal sealed record MemberView(Guid Id, string Name, string Title, string Address, bool IsAdministrator, bool IsReviewer, DateTimeOffset? DeactivatedAt);

/// <summary>
/// The people of an organization, changed by its administrators: every change in one transaction with its line in the audit log, and in force on every node within a second.
/// Nobody locks themselves or the last administrator out.
/// </summary>
internal sealed class OrganizationPeople(
    StoreWriter writer, IDbContextFactory<ActionMailDb> contexts, AddressBook addresses, DomainProofs domains, IOptions<AccountOptions> accounts, TimeProvider time)
{
    /// <summary>How many people a page of the list shows.</summary>
    public const int PageSize = 100;

    private const int LongestName = 100;

    /// <summary>Everybody, those who were deactivated too, by name.</summary>
    public async Task<IReadOnlyList<MemberView>> ListAsync(Guid organizationId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var primary = (await db.Addresses.AsNoTracking().Where(row => row.OrganizationId == organizationId).ToListAsync(cancel))
            .GroupBy(row => row.PersonId).ToDictionary(group => group.Key, group => group.OrderByDescending(row => row.IsPrimary).First().Address);
        return [.. (await db.People.AsNoTracking().Where(row => row.OrganizationId == organizationId).OrderBy(row => row.DisplayName).ToListAsync(cancel))
            .Select(row => new MemberView(row.Id, row.DisplayName, row.Title, primary.GetValueOrDefault(row.Id, ""), row.IsAdministrator, row.IsReviewer, row.DeactivatedAt))];
    }

    /// <summary>A page, from 1, of those whose name or address has a text in it; and how many there are.</summary>
    public async Task<(IReadOnlyList<MemberView> Page, int Found)> FindAsync(Guid organizationId, string text, int number, CancellationToken cancel)
    {
        var found = (await ListAsync(organizationId, cancel))
            .Where(member => member.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || member.Address.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
        return ([.. found.Skip((number - 1) * PageSize).Take(PageSize)], found.Count);
    }

    /// <summary>Makes a person with an address in one of the organization's proven domains and, where accounts are kept here, an invitation for them.</summary>
    public async Task<PeopleResult> InviteAsync(Person administrator, string address, string name, string title, string from, CancellationToken cancel)
    {
        var (shownName, shownTitle) = (name.Trim(), title.Trim());
        if (!EmailAddress.TryParse(address.Trim(), out var read))
            return new PeopleResult.Refused("address_malformed", $"'{address.Trim()}' is not one e-mail address.");
        if (!domains.IsMailOf(administrator.OrganizationId, read.Domain))
            return new PeopleResult.Refused("address_elsewhere", $"{read.Domain} is not a proven mail domain of your organization.");
        if (shownName.Length is 0 or > LongestName || shownTitle.Length > LongestName || (shownName + shownTitle).Any(char.IsControl))
            return new PeopleResult.Refused("name_missing", $"Give a name of 1 to {LongestName} characters; the title may be as long, or empty.");
        return await ChangeAsync(db =>
        {
            if (db.Addresses.Any(row => row.OrganizationId == administrator.OrganizationId && row.Address == read.ToString()))
                return new PeopleResult.Refused("address_taken", $"Somebody here has the address {read} already.");
            var person = PersonRows.Add(db, administrator.OrganizationId, read, shownName, shownTitle);
            Audit(db, administrator, "person_invited", read.ToString(), new { name = shownName, from });
            return new PeopleResult.Done(person.Id, Invitation(db, administrator, person.Id));
        }, cancel);
    }

    /// <summary>A new link for somebody who has none any more, or has forgotten the password; the earlier ones end.</summary>
    public Task<PeopleResult> InviteAgainAsync(Person administrator, Guid personId, string from, CancellationToken cancel) =>
        ChangeAsync(db => WithPerson(db, administrator, personId, person =>
        {
            if (person.DeactivatedAt is not null)
                return new PeopleResult.Refused("deactivated", "Reactivate the person first.");
            if (Invitation(db, administrator, person.Id) is not { } token)
                return new PeopleResult.Refused("no_local_accounts", "Accounts are not kept here: the person signs in with your organization's own provider.");
            Audit(db, administrator, "person_invited", PersonRows.AddressOf(db, person), new { again = true, from });
            return new PeopleResult.Done(person.Id, token);
        }), cancel);

    public Task<PeopleResult> SetAdministratorAsync(Person administrator, Guid personId, bool isAdministrator, string from, CancellationToken cancel) =>
        ChangeAsync(db => WithPerson(db, administrator, personId, person =>
        {
            if (person.IsAdministrator == isAdministrator)
                return new PeopleResult.Done(person.Id);
            if (!isAdministrator && person.Id == administrator.Id)
                return new PeopleResult.Refused("own_role", "Another administrator can take the role from you; you cannot give it away yourself.");
            person.IsAdministrator = isAdministrator;
            Audit(db, administrator, "role_changed", PersonRows.AddressOf(db, person), new { administrator = isAdministrator, from });
            return new PeopleResult.Done(person.Id);
        }), cancel);

    /// <summary>From now on they are not here: no sign-in, no mail; their sessions, tokens and invitations end.</summary>
    public Task<PeopleResult> DeactivateAsync(Person administrator, Guid personId, string from, CancellationToken cancel) =>
        ChangeAsync(db => WithPerson(db, administrator, personId, person =>
        {
            if (person.Id == administrator.Id)
                return new PeopleResult.Refused("own_account", "You cannot deactivate yourself.");
            if (person.DeactivatedAt is not null)
                return new PeopleResult.Done(person.Id);
            var now = time.GetUtcNow();
            (person.DeactivatedAt, person.SessionsEndedAt) = (now, now);
            AccessTokens.RevokeAll(db, person.OrganizationId, person.Id, now);
            Invitations.EndAll(db, person.OrganizationId, person.Id, now);
            Audit(db, administrator, "person_deactivated", PersonRows.AddressOf(db, person), new { from });
            return new PeopleResult.Done(person.Id);
        }), cancel);

    public Task<PeopleResult> ReactivateAsync(Person administrator, Guid personId, string from, CancellationToken cancel) =>
        ChangeAsync(db => WithPerson(db, administrator, personId, person =>
        {
            if (person.DeactivatedAt is null)
                return new PeopleResult.Done(person.Id);
            person.DeactivatedAt = null;
            Audit(db, administrator, "person_reactivated", PersonRows.AddressOf(db, person), new { from });
            return new PeopleResult.Done(person.Id);
        }), cancel);

    private async Task<PeopleResult> ChangeAsync(Func<ActionMailDb, PeopleResult> change, CancellationToken cancel)
    {
        var result = await writer.WriteAsync(db =>
        {
            var done = change(db);
            if (done is PeopleResult.Done)
                RegistryVersion.Next(db);
            db.SaveChanges();
            return done;
        }, cancel);
        // What is committed must count, whether or not the caller still waits.
        if (result is PeopleResult.Done)
            await addresses.ReloadAsync(CancellationToken.None);
        return result;
    }

    private static PeopleResult WithPerson(ActionMailDb db, Person administrator, Guid personId, Func<PersonRow, PeopleResult> change) =>
        db.People.Find(administrator.OrganizationId, personId) is { } person ? change(person) : new PeopleResult.NotFound();

    private string? Invitation(ActionMailDb db, Person administrator, Guid personId) =>
        accounts.Value.Local.Enabled ? Invitations.Make(db, administrator.OrganizationId, personId, administrator.PrimaryAddress.ToString(), time.GetUtcNow()) : null;

    private void Audit(ActionMailDb db, Person administrator, string kind, string subject, object facts) =>
        AuditLog.Append(db, administrator.OrganizationId, time.GetUtcNow(), kind, subject, administrator.PrimaryAddress.ToString(), facts);
}
