using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers.Consent;

/// <summary>
/// What an administrator switches for everybody in the organization, and each person for themselves. In force when the task ends: for the next mail, the next look at a
/// card and the next click. Protocol §5, "The switches".
/// </summary>
internal sealed class CardSwitches(StoreWriter writer, Recipients recipients, TimeProvider time)
{
    /// <summary>Actionable messages on or off for the administrator's organization.</summary>
    public Task TurnOrganizationAsync(Person administrator, bool on, CancellationToken cancel) => ChangeAsync(administrator, OnOff("organization_cards", on), "", db =>
    {
        var organization = db.Organizations.Single(row => row.Id == administrator.OrganizationId);
        var changes = organization.CardsOff == on;
        organization.CardsOff = !on;
        return changes;
    }, cancel);

    /// <summary>Whether Global providers need an administrator's consent for the people of this organization.</summary>
    public Task RequireConsentAsync(Person administrator, bool required, CancellationToken cancel) =>
        ChangeAsync(administrator, required ? "consent_required" : "consent_not_required", "", db =>
    {
        var organization = db.Organizations.Single(row => row.Id == administrator.OrganizationId);
        var changes = organization.RequiresConsent != required;
        organization.RequiresConsent = required;
        return changes;
    }, cancel);

    /// <summary>Cards on or off for one person, by that person.</summary>
    public Task TurnAsync(Person person, bool on, CancellationToken cancel) => ChangeAsync(person, OnOff("own_cards", on), person.PrimaryAddress.ToString(), db =>
    {
        var row = db.People.Single(row => row.OrganizationId == person.OrganizationId && row.Id == person.Id);
        var changes = row.CardsOff == on;
        row.CardsOff = !on;
        return changes;
    }, cancel);

    /// <summary>This provider's cards act no more for this person.</summary>
    public Task StopAsync(Person person, string providerId, CancellationToken cancel) => ChangeAsync(person, "sender_stopped", providerId, db =>
    {
        if (Find(db, person, providerId) is not null)
            return false;
        db.StoppedSenders.Add(new() { OrganizationId = person.OrganizationId, PersonId = person.Id, ProviderId = providerId, At = time.GetUtcNow() });
        return true;
    }, cancel);

    /// <summary>Takes it back.</summary>
    public Task AllowAsync(Person person, string providerId, CancellationToken cancel) => ChangeAsync(person, "sender_allowed", providerId, db =>
    {
        if (Find(db, person, providerId) is not { } stopped)
            return false;
        db.StoppedSenders.Remove(stopped);
        return true;
    }, cancel);

    private async Task ChangeAsync(Person by, string kind, string subject, Func<ActionMailDb, bool> change, CancellationToken cancel)
    {
        await writer.WriteAsync(db =>
        {
            if (!change(db))
                return false;
            RegistryVersion.Next(db);
            AuditLog.Append(db, by.OrganizationId, time.GetUtcNow(), kind, subject, by.PrimaryAddress.ToString(), new { });
            return true;
        }, cancel);
        // What is committed must count, whether or not the caller still waits.
        await recipients.ReloadAsync(CancellationToken.None);
    }

    private static string OnOff(string what, bool on) => what + (on ? "_on" : "_off");

    private static StoppedSenderRow? Find(ActionMailDb db, Person person, string providerId) =>
        db.StoppedSenders.SingleOrDefault(row => row.OrganizationId == person.OrganizationId && row.PersonId == person.Id && row.ProviderId == providerId);
}
