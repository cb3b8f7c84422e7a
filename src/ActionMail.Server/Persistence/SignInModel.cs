using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Persistence;

/// <summary>
/// The tables of domains and of signing in. Who comes with a secret does not say of which organization they are, so what is found by the secret's hash has an index
/// of that alone; 256 random bits need no constraint to be unique.
/// </summary>
internal static class SignInModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<DomainProofRow>(proof =>
        {
            proof.HasKey(row => new { row.OrganizationId, row.Domain });
            proof.HasIndex(row => row.Domain);
        });
        model.Entity<PersonLoginRow>(login =>
        {
            login.HasKey(row => new { row.OrganizationId, row.Issuer, row.Subject });
            // One person is one subject of an issuer: who takes over a name does not take over the account.
            login.HasIndex(row => new { row.OrganizationId, row.Issuer, row.PersonId }).IsUnique();
        });
        model.Entity<PasswordRow>().HasKey(row => new { row.OrganizationId, row.PersonId });
        model.Entity<PasskeyRow>(passkey =>
        {
            passkey.HasKey(row => new { row.OrganizationId, row.CredentialId });
            passkey.HasIndex(row => new { row.OrganizationId, row.PersonId });
            passkey.HasIndex(row => row.CredentialId);
        });
        model.Entity<InvitationRow>(invitation =>
        {
            invitation.HasKey(row => new { row.OrganizationId, row.TokenHash });
            invitation.HasIndex(row => row.TokenHash);
            invitation.HasIndex(row => new { row.OrganizationId, row.PersonId });
        });
        model.Entity<AccessTokenRow>(token =>
        {
            token.HasKey(row => new { row.OrganizationId, row.Id });
            token.HasIndex(row => row.TokenHash);
            token.HasIndex(row => new { row.OrganizationId, row.PersonId });
        });
        model.Entity<DeviceCodeRow>(device =>
        {
            device.HasKey(row => new { row.OrganizationId, row.DeviceCodeHash });
            device.HasIndex(row => new { row.OrganizationId, row.UserCodeHash });
            device.HasIndex(row => row.ExpiresAt);
        });
    }
}
