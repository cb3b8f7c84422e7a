using ActionMail.Mail.Dns;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts.Domains;
using ActionMail.Server.Accounts.Local;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts;

/// <summary>What only the operator does: lets an organization in, with a domain that the operator vouches for and its first administrator, and names the global reviewers.</summary>
internal sealed class OpenOrganization(StoreWriter writer, AddressBook addresses, IOptions<AccountOptions> accounts, TimeProvider time)
{
    private const string Operator = "operator";
    private const int LongestName = 100;

    public async Task<PeopleResult> OpenAsync(string name, string domain, string address, string personName, string from, CancellationToken cancel)
    {
        var (shown, shownPerson) = (name.Trim(), personName.Trim());
        if (!IsName(shown) || !IsName(shownPerson))
            return new PeopleResult.Refused("name_missing", $"Give the organization and its administrator names of 1 to {LongestName} characters.");
        if (!DomainName.TryParse(domain, out var owned) || owned.Labels.Count < 2)
            return new PeopleResult.Refused("domain_malformed", $"'{domain}' is no domain.");
        if (!EmailAddress.TryParse(address, out var read) || read.Domain != owned.ToString())
            return new PeopleResult.Refused("address_elsewhere", $"The administrator's address must be one in {owned}.");
        return await ChangeAsync(db =>
        {
            if (ClaimDomain.OwnersOf(db, owned.ToString()).Any())
                return new PeopleResult.Refused("domain_taken", $"{owned} belongs to an organization here already.");
            var organization = new OrganizationRow { Id = Guid.NewGuid(), Name = shown };
            db.Organizations.Add(organization);
            db.Domains.Add(new() { OrganizationId = organization.Id, Name = owned.ToString() });
            var person = PersonRows.Add(db, organization.Id, read, shownPerson, title: "");
            person.IsAdministrator = true;
            AuditLog.Append(db, organization.Id, time.GetUtcNow(), "organization_opened", owned.ToString(), Operator, new { name = shown, administrator = read.ToString(), from });
            return new PeopleResult.Done(person.Id, accounts.Value.Local.Enabled ? Invitations.Make(db, organization.Id, person.Id, Operator, time.GetUtcNow()) : null);
        }, cancel);
    }

    public Task<PeopleResult> SetReviewerAsync(EmailAddress address, bool isReviewer, string from, CancellationToken cancel) => ChangeAsync(db =>
    {
        if (addresses.Find(address) is not { } found || db.People.Find(found.OrganizationId, found.Id) is not { } person)
            return new PeopleResult.NotFound();
        if (person.IsReviewer != isReviewer)
        {
            person.IsReviewer = isReviewer;
            AuditLog.Append(db, person.OrganizationId, time.GetUtcNow(), "role_changed", address.ToString(), Operator, new { reviewer = isReviewer, from });
        }
        return new PeopleResult.Done(person.Id);
    }, cancel);

    private async Task<PeopleResult> ChangeAsync(Func<ActionMailDb, PeopleResult> change, CancellationToken cancel)
    {
        var result = await writer.WriteAsync(db =>
        {
            var done = change(db);
            if (done is PeopleResult.Done)
            {
                RegistryVersion.Next(db);
                db.SaveChanges();
            }
            return done;
        }, cancel);
        // What is committed must count, whether or not the caller still waits.
        if (result is PeopleResult.Done)
            await addresses.ReloadAsync(CancellationToken.None);
        return result;
    }

    private static bool IsName(string name) => name.Length is > 0 and <= LongestName && !name.Any(char.IsControl);
}
