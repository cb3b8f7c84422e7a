using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers;

/// <summary>Who owns a registration beside the submitter: colleagues are let in and out again, and somebody always stays. dashboard.md "Who uses it".</summary>
internal sealed class ChangeOwners(RegistrationWriter registrations, AddressBook addresses)
{
    public Task<RegistrationResult> AddAsync(Actor actor, string id, string address, CancellationToken cancel) => registrations.WriteAsync(change =>
    {
        if (Refusal(change, actor, id, address, out var found, out var colleague) is { } refusal)
            return refusal;
        if (found.Owners.Contains(colleague.Id))
            return new RegistrationResult.Done(found.Row, found.Revision!);
        change.Db.ProviderOwners.Add(new() { OrganizationId = found.Row.OrganizationId, ProviderId = id, PersonId = colleague.Id, Since = change.Now });
        NoticeKind? notice = colleague.Id == actor.Person?.Id ? null : NoticeKind.OwnerAdded;
        return change.Record(found.Row, found.Revision!, notice, "provider_owner_added", actor, colleague.PrimaryAddress.ToString());
    }, cancel);

    public Task<RegistrationResult> RemoveAsync(Actor actor, string id, string address, CancellationToken cancel) => registrations.WriteAsync(change =>
    {
        if (Refusal(change, actor, id, address, out var found, out var colleague) is { } refusal)
            return refusal;
        if (!found.Owners.Contains(colleague.Id))
            return new RegistrationResult.Done(found.Row, found.Revision!);
        if (found.Owners.Count == 1)
            return new RegistrationResult.Conflict("last_owner", $"{colleague.DisplayName} is the only owner. Add another one first.");
        change.Db.ProviderOwners.Where(owner => owner.OrganizationId == found.Row.OrganizationId && owner.ProviderId == id && owner.PersonId == colleague.Id).ExecuteDelete();
        return change.Record(found.Row, found.Revision!, notice: null, "provider_owner_removed", actor, colleague.PrimaryAddress.ToString());
    }, cancel);

    private RegistrationResult? Refusal(RegistrationChange change, Actor actor, string id, string address, out FoundRegistration found, out Person colleague)
    {
        found = change.Find(id)!;
        colleague = EmailAddress.TryParse(address.Trim(), out var parsed) ? addresses.Find(parsed)! : null!;
        if (found is null)
            return new RegistrationResult.NotFound();
        if (RegistrationRules.May(actor, RegistrationAct.ChangeOwners, found.InQuestion) is not Permission.Granted and var denied)
            return RegistrationResults.Of(denied);
        // Somebody of another organization is answered as somebody who does not exist. Security M-05.
        return colleague is null || colleague.OrganizationId != found.Row.OrganizationId
            ? new RegistrationResult.Conflict("not_a_colleague", "Give the address of a colleague: owners are people of the registration's own organization.")
            : null;
    }
}
