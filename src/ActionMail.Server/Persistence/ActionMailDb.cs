using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ActionMail.Server.Persistence;

/// <summary>
/// Everything that is stored. Every key begins with the organization, so that the tables can be spread by organization later; nothing here is
/// particular to one database.
/// </summary>
internal sealed class ActionMailDb(DbContextOptions<ActionMailDb> options) : DbContext(options)
{
    public DbSet<OrganizationRow> Organizations => Set<OrganizationRow>();
    public DbSet<DomainRow> Domains => Set<DomainRow>();
    public DbSet<PersonRow> People => Set<PersonRow>();
    public DbSet<AddressRow> Addresses => Set<AddressRow>();
    public DbSet<SessionRow> Sessions => Set<SessionRow>();
    public DbSet<DomainProofRow> DomainProofs => Set<DomainProofRow>();
    public DbSet<PersonLoginRow> PersonLogins => Set<PersonLoginRow>();
    public DbSet<PasswordRow> Passwords => Set<PasswordRow>();
    public DbSet<PasskeyRow> Passkeys => Set<PasskeyRow>();
    public DbSet<InvitationRow> Invitations => Set<InvitationRow>();
    public DbSet<AccessTokenRow> AccessTokens => Set<AccessTokenRow>();
    public DbSet<DeviceCodeRow> DeviceCodes => Set<DeviceCodeRow>();
    public DbSet<ProviderRow> Providers => Set<ProviderRow>();
    public DbSet<ProviderRevisionRow> ProviderRevisions => Set<ProviderRevisionRow>();
    public DbSet<ProviderOwnerRow> ProviderOwners => Set<ProviderOwnerRow>();
    public DbSet<ProviderDraftRow> ProviderDrafts => Set<ProviderDraftRow>();
    public DbSet<ProviderSenderRow> ProviderSenders => Set<ProviderSenderRow>();
    public DbSet<KeyProofRow> KeyProofs => Set<KeyProofRow>();
    public DbSet<ProviderImageRow> ProviderImages => Set<ProviderImageRow>();
    public DbSet<IdempotencyKeyRow> IdempotencyKeys => Set<IdempotencyKeyRow>();
    public DbSet<NoticeRow> Notices => Set<NoticeRow>();
    public DbSet<TestInvitationRow> TestInvitations => Set<TestInvitationRow>();
    public DbSet<RegistryVersionRow> RegistryVersions => Set<RegistryVersionRow>();
    public DbSet<NodeRow> Nodes => Set<NodeRow>();
    public DbSet<ConsentRow> Consents => Set<ConsentRow>();
    public DbSet<StoppedSenderRow> StoppedSenders => Set<StoppedSenderRow>();
    public DbSet<ProviderHourRow> ProviderHours => Set<ProviderHourRow>();
    public DbSet<ProviderHourDetailRow> ProviderHourDetails => Set<ProviderHourDetailRow>();
    public DbSet<ComplaintRow> Complaints => Set<ComplaintRow>();
    public DbSet<VerificationMailRow> VerificationMails => Set<VerificationMailRow>();
    public DbSet<MailRow> Mails => Set<MailRow>();
    public DbSet<MessageRow> Messages => Set<MessageRow>();
    public DbSet<CardVersionRow> CardVersions => Set<CardVersionRow>();
    public DbSet<SignedCardUseRow> SignedCardUses => Set<SignedCardUseRow>();
    public DbSet<AttemptRow> Attempts => Set<AttemptRow>();
    public DbSet<SentMailRow> SentMails => Set<SentMailRow>();
    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();
    public DbSet<AuditRow> AuditEvents => Set<AuditRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        // Milliseconds since 1970 sort and compare alike in every database.
        conventions.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        conventions.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<OrganizationRow>(organization =>
        {
            organization.HasKey(row => row.Id);
            organization.Property(row => row.SenderDemand).HasDefaultValue(SenderDemand.Standard);
            // The sentinel is what the default is: an organization that asks for no consent is written as such.
            organization.Property(row => row.RequiresConsent).HasDefaultValue(true).HasSentinel(true);
        });
        model.Entity<DomainRow>(domain =>
        {
            domain.HasKey(row => new { row.OrganizationId, row.Name });
            domain.HasIndex(row => row.Name);
        });
        model.Entity<PersonRow>(person =>
        {
            person.HasKey(row => new { row.OrganizationId, row.Id });
            person.Property(row => row.IsAdministrator).HasDefaultValue(false);
            person.Property(row => row.IsReviewer).HasDefaultValue(false);
        });
        model.Entity<AddressRow>().HasKey(row => new { row.OrganizationId, row.Address });
        model.Entity<SessionRow>().HasKey(row => new { row.OrganizationId, row.Id });
        SignInModel.Configure(model);
        model.Entity<ProviderRow>(provider =>
        {
            provider.HasKey(row => new { row.OrganizationId, row.Id });
            // A mail names an originator and no organization: an id is one registration's in the whole installation, for ever.
            provider.HasIndex(row => row.Id).IsUnique();
            provider.HasIndex(row => new { row.OrganizationId, row.ChangedAt });
            provider.HasIndex(row => new { row.IsGlobal, row.ChangedAt });
            provider.HasIndex(row => row.Version);
            provider.HasIndex(row => row.NameSkeleton);
            // For the rows of an earlier release, until RegistrationBackfill has read them.
            provider.Property(row => row.Scope).HasDefaultValue(ProviderScope.TestUsers);
            provider.Property(row => row.TokenProfile).HasDefaultValue(TokenProfile.Eat);
        });
        model.Entity<ProviderOwnerRow>(owner =>
        {
            owner.HasKey(row => new { row.OrganizationId, row.ProviderId, row.PersonId });
            owner.HasIndex(row => new { row.OrganizationId, row.PersonId });
        });
        model.Entity<ProviderDraftRow>(draft =>
        {
            draft.HasKey(row => new { row.OrganizationId, row.ProviderId, row.PersonId });
            draft.HasIndex(row => new { row.OrganizationId, row.PersonId, row.CreatedAt });
        });
        model.Entity<ProviderSenderRow>().HasKey(row => new { row.OrganizationId, row.Scope, row.Address, row.ProviderId });
        model.Entity<KeyProofRow>().HasKey(row => new { row.OrganizationId, row.ProviderId, row.Thumbprint });
        model.Entity<ProviderImageRow>().HasKey(row => new { row.OrganizationId, row.ProviderId, row.Sha256 });
        model.Entity<IdempotencyKeyRow>().HasKey(row => new { row.OrganizationId, row.PersonId, row.Key });
        model.Entity<NoticeRow>(notice =>
        {
            notice.HasKey(row => new { row.OrganizationId, row.Id });
            notice.HasIndex(row => row.At).HasFilter("told_at IS NULL");
            // A mail names its notice, and the reader of a list may be of another organization.
            notice.HasIndex(row => row.Id);
        });
        model.Entity<TestInvitationRow>(invitation =>
        {
            invitation.HasKey(row => new { row.OrganizationId, row.ProviderId, row.PersonId });
            invitation.HasIndex(row => new { row.OrganizationId, row.PersonId });
        });
        model.Entity<RegistryVersionRow>().HasData(new RegistryVersionRow { Id = 1, Version = 1 });
        model.Entity<NodeRow>().HasKey(row => row.Id);
        model.Entity<ProviderRevisionRow>().HasKey(row => new { row.OrganizationId, row.ProviderId, row.Number });
        model.Entity<ConsentRow>().HasKey(row => new { row.OrganizationId, row.ProviderId });
        model.Entity<StoppedSenderRow>().HasKey(row => new { row.OrganizationId, row.PersonId, row.ProviderId });
        model.Entity<ProviderHourRow>().HasKey(row => new { row.OrganizationId, row.ProviderId, row.Hour });
        model.Entity<ProviderHourDetailRow>().HasKey(row => new { row.OrganizationId, row.ProviderId, row.Hour, row.Kind, row.Name });
        model.Entity<ComplaintRow>(complaint =>
        {
            complaint.HasKey(row => new { row.OrganizationId, row.Id });
            // Once for each copy, and once for each report: a second press or a report sent twice changes nothing.
            complaint.HasIndex(row => new { row.OrganizationId, row.ProviderId, row.Source, row.Subject }).IsUnique();
        });
        model.Entity<VerificationMailRow>(mail =>
        {
            mail.HasKey(row => new { row.OrganizationId, row.Id });
            mail.HasIndex(row => new { row.OrganizationId, row.ProviderId, row.ContentHash }).IsUnique();
        });
        model.Entity<MailRow>().HasKey(row => new { row.OrganizationId, row.Id });
        model.Entity<MessageRow>(message =>
        {
            message.HasKey(row => new { row.OrganizationId, row.Id });
            // Duplicate delivery of the same bytes to the same mailbox is one message.
            message.HasIndex(row => new { row.OrganizationId, row.PersonId, row.ContentHash }).IsUnique();
            message.HasIndex(row => new { row.OrganizationId, row.PersonId, row.ReceivedAt });
            message.HasIndex(row => new { row.OrganizationId, row.InternetMessageId });
            // What a provider's developers are shown of the last messages; those without a card are not in it.
            message.HasIndex(row => new { row.ProviderId, row.ReceivedAt }).HasFilter("provider_id IS NOT NULL");
        });
        model.Entity<CardVersionRow>().HasKey(row => new { row.OrganizationId, row.MessageId, row.Version });
        model.Entity<SignedCardUseRow>().HasKey(row => new { row.OrganizationId, row.PersonId, row.JwsHash });
        model.Entity<AttemptRow>(attempt =>
        {
            attempt.HasKey(row => new { row.OrganizationId, row.Id });
            attempt.HasIndex(row => new { row.OrganizationId, row.MessageId, row.ClaimedAt });
            // One press of a button is one attempt, however often it is heard.
            attempt.HasIndex(row => new { row.OrganizationId, row.MessageId, row.PersonId, row.ClickId }).IsUnique();
            // At most once: one attempt runs, or a click waits with an unknown outcome, for an action of a card version; and what is done is done.
            attempt.HasIndex(row => new { row.OrganizationId, row.MessageId, row.CardVersion, row.ActionId }, "ix_attempts_open").IsUnique()
                .HasFilter("state IN ('Claimed', 'Sending') OR (state = 'Unknown' AND is_automatic = FALSE)");
            attempt.HasIndex(row => new { row.OrganizationId, row.MessageId, row.CardVersion, row.ActionId, row.InputsHash }, "ix_attempts_done").IsUnique()
                .HasFilter("state = 'Done' AND is_automatic = FALSE");
        });
        model.Entity<SentMailRow>(sent =>
        {
            sent.HasKey(row => new { row.OrganizationId, row.Id });
            sent.HasIndex(row => new { row.OrganizationId, row.PersonId, row.SentAt });
            sent.HasIndex(row => new { row.OrganizationId, row.MessageId });
        });
        model.Entity<DeliveryRow>(delivery =>
        {
            delivery.HasKey(row => new { row.OrganizationId, row.SentMailId, row.Recipient });
            delivery.HasIndex(row => new { row.State, row.NextAttemptAt });
        });
        model.Entity<AuditRow>(audit =>
        {
            audit.HasKey(row => new { row.OrganizationId, row.Sequence });
            audit.HasIndex(row => new { row.OrganizationId, row.Subject, row.Sequence });
        });
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
