using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;

namespace ActionMail.Server.Accounts;

/// <summary>What is set for an organization as a whole, beside the switches of cards and consent.</summary>
internal sealed class OrganizationSettings(StoreWriter writer, AddressBook addresses, TimeProvider time)
{
    private const int LongestName = 100;

    /// <summary>Null, or why not.</summary>
    public async Task<string?> RenameAsync(Person administrator, string name, string from, CancellationToken cancel)
    {
        var shown = name.Trim();
        if (shown.Length is 0 or > LongestName || shown.Any(char.IsControl))
            return $"Give a name of 1 to {LongestName} characters.";
        await ChangeAsync(administrator.OrganizationId, "organization_renamed", shown, administrator.PrimaryAddress.ToString(), new { from }, row => row.Name = shown, cancel);
        return null;
    }

    /// <summary>What unsigned cards need for this organization's people: more than the operator demands of everybody, or the same.</summary>
    public Task DemandAsync(Guid organizationId, SenderDemand demand, string subject, string by, string from, CancellationToken cancel) =>
        ChangeAsync(organizationId, "sender_demand_changed", subject, by, new { demand = demand.ToString().ToLowerInvariant(), from }, row => row.SenderDemand = demand, cancel);

    private async Task ChangeAsync(Guid organizationId, string kind, string subject, string by, object facts, Action<OrganizationRow> change, CancellationToken cancel)
    {
        await writer.WriteAsync(db =>
        {
            change(db.Organizations.Single(row => row.Id == organizationId));
            AuditLog.Append(db, organizationId, time.GetUtcNow(), kind, subject, by, facts);
            RegistryVersion.Next(db);
            return true;
        }, cancel);
        // What is committed must count, whether or not the caller still waits.
        await addresses.ReloadAsync(CancellationToken.None);
    }
}
