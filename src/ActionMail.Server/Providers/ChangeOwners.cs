using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers;

/// <summary>Who owns a registration: its submitter first, and then the colleagues that an owner or an administrator names.</summary>
internal sealed class ChangeOwners(RegistrationWriter registrations, AddressBook addresses)
{
    private const string NoColleague = "Owners are people of the registration's organization, by the addresses that they have here.";

    public Task<RegistrationResult> AddAsync(Actor actor, string id, string address, CancellationToken cancel) => ChangeAsync(actor, id, address, (change, found, person) =>
    {
        if (found.Owners.Contains(person.Id))
            return false;
        change.Db.ProviderOwners.Add(new() { OrganizationId = found.Row.OrganizationId, ProviderId = id, PersonId = person.Id, Since = change.Now });
        return true;
    }, "owner_added", cancel);

    /// <summary>The last one stays: a registration that nobody answers for would run on.</summary>
    public Task<RegistrationResult> RemoveAsync(Actor actor, string id, string address, CancellationToken cancel) => ChangeAsync(actor, id, address, (change, found, person) =>
        change.Db.ProviderOwners.Where(owner => owner.OrganizationId == found.Row.OrganizationId && owner.ProviderId == id && owner.PersonId == person.Id).ExecuteDelete() > 0,
        "owner_removed", cancel);

    private Task<RegistrationResult> ChangeAsync(
        Actor actor, string id, string address, Func<RegistrationChange, FoundRegistration, Person, bool> change, string kind, CancellationToken cancel) =>
        registrations.WriteAsync(within =>
        {
            if (within.Find(id) is not { Revision: { } revision } found)
                return new RegistrationResult.NotFound();
            if (RegistrationRules.May(actor, RegistrationAct.ShareOwnership, found.InQuestion) is not Permission.Granted and var denied)
                return RegistrationResults.Of(denied);
            if (!EmailAddress.TryParse(address, out var parsed) || addresses.Find(parsed) is not { } person || person.OrganizationId != found.Row.OrganizationId)
                return new RegistrationResult.Conflict("not_a_colleague", NoColleague);
            if (kind == "owner_removed" && found.Owners.Count == 1 && found.Owners.Contains(person.Id))
                return new RegistrationResult.Conflict("last_owner", "A registration has at least one owner. Name another one first.");
            return change(within, found, person)
                ? within.Record(found.Row, revision, notice: null, kind, actor, person.PrimaryAddress.ToString())
                : new RegistrationResult.Done(found.Row, revision);
        }, cancel);
}
