using System.Globalization;
using ActionMail.Server.Inbox;
using ActionMail.Server.Outbound;
using ActionMail.Server.Persistence;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Accounts.Domains;

/// <summary>What the administrators of an organization are told of its proofs. Security J-05.</summary>
internal sealed class ProofLetters(SendNotice notices, AddressBook addresses, IOptions<AccountOptions> accounts)
{
    public Task TellLostAsync(DomainProofRow proof, CancellationToken cancel) => TellAsync(proof, $"The proof of {proof.Domain} is gone",
        $"""
        ActionMail looked again whether {proof.Domain} is your organization's, and did not find the proof any more.

        {proof.Finding}

        Put it back until {TimeOf(proof.LostAt + accounts.Value.Domains.Grace)}, or the registrations that rest on it are suspended: their cards stop acting.
        The page of your organization shows what to publish: {notices.Link("/organization")}
        """, cancel);

    public Task TellSuspendedAsync(DomainProofRow proof, IReadOnlyList<string> suspended, CancellationToken cancel) => TellAsync(
        proof, string.Create(CultureInfo.InvariantCulture, $"{(suspended.Count == 1 ? "1 registration is" : $"{suspended.Count} registrations are")} suspended: {proof.Domain} is not proven"),
        $"""
        The proof of {proof.Domain} has been gone since {TimeOf(proof.LostAt)}. What rested on it is suspended: {string.Join(", ", suspended)}.

        Publish the proof again ({notices.Link("/organization")}), then resume the registrations.
        """, cancel);

    private static string TimeOf(DateTimeOffset? at) => at is { } time ? TimeView.Words(time) : "";

    private async Task TellAsync(DomainProofRow proof, string subject, string text, CancellationToken cancel)
    {
        foreach (var administrator in addresses.AdministratorsOf(proof.OrganizationId))
            await notices.SendAsync(proof.OrganizationId, administrator.PrimaryAddress, subject, text, cancel);
    }
}
