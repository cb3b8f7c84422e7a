using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActionMail.Server.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Dashboard : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "authenticated_at",
                table: "sessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "app_id",
                table: "providers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "changed_at",
                table: "providers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "created_at",
                table: "providers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "is_global",
                table: "providers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "latest_revision",
                table: "providers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "name",
                table: "providers",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "pending_revision",
                table: "providers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "scope",
                table: "providers",
                type: "TEXT",
                nullable: false,
                defaultValue: "TestUsers");

            migrationBuilder.AddColumn<string>(
                name: "suspended_by",
                table: "providers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "token_profile",
                table: "providers",
                type: "TEXT",
                nullable: false,
                defaultValue: "Eat");

            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "providers",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "reason",
                table: "provider_revisions",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "submitter_id",
                table: "provider_revisions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "cards_off",
                table: "people",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "deactivated_at",
                table: "people",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_administrator",
                table: "people",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_reviewer",
                table: "people",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "sessions_ended_at",
                table: "people",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "cards_off",
                table: "organizations",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "requires_consent",
                table: "organizations",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<long>(
                name: "junk_at",
                table: "messages",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "access_tokens",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    token_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    issued_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_tokens", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "complaints",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    is_counted = table.Column<bool>(type: "INTEGER", nullable: false),
                    evidence = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_complaints", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "consents",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: false),
                    granted_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    granted_at = table.Column<long>(type: "INTEGER", nullable: false),
                    revoked_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    revoked_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consents", x => new { x.organization_id, x.provider_id });
                });

            migrationBuilder.CreateTable(
                name: "device_codes",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    device_code_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    user_code_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    asked_from = table.Column<string>(type: "TEXT", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    next_poll_at = table.Column<long>(type: "INTEGER", nullable: false),
                    pause_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    person_organization_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_device_codes", x => new { x.organization_id, x.device_code_hash });
                });

            migrationBuilder.CreateTable(
                name: "domain_proofs",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    domain = table.Column<string>(type: "TEXT", nullable: false),
                    token = table.Column<string>(type: "TEXT", nullable: false),
                    is_for_mail = table.Column<bool>(type: "INTEGER", nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    way = table.Column<string>(type: "TEXT", nullable: true),
                    proven_at = table.Column<long>(type: "INTEGER", nullable: true),
                    checked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lost_at = table.Column<long>(type: "INTEGER", nullable: true),
                    suspended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finding = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_domain_proofs", x => new { x.organization_id, x.domain });
                });

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    request_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_keys", x => new { x.organization_id, x.person_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    token_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    invited_by = table.Column<string>(type: "TEXT", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => new { x.organization_id, x.token_hash });
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    loaded_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nodes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    told_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notices", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "passkeys",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    credential_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    public_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    transports = table.Column<string>(type: "TEXT", nullable: false),
                    sign_count = table.Column<long>(type: "INTEGER", nullable: false),
                    is_user_verified = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_backup_eligible = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_backed_up = table.Column<bool>(type: "INTEGER", nullable: false),
                    attestation_object = table.Column<byte[]>(type: "BLOB", nullable: false),
                    client_data = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_passkeys", x => new { x.organization_id, x.credential_id });
                });

            migrationBuilder.CreateTable(
                name: "passwords",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    set_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_passwords", x => new { x.organization_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "person_logins",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    issuer = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    bound_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person_logins", x => new { x.organization_id, x.issuer, x.subject });
                });

            migrationBuilder.CreateTable(
                name: "provider_drafts",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    fields = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    saved_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_drafts", x => new { x.organization_id, x.provider_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "provider_hour_details",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: false),
                    hour = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_hour_details", x => new { x.organization_id, x.provider_id, x.hour, x.kind, x.name });
                });

            migrationBuilder.CreateTable(
                name: "provider_hours",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: false),
                    hour = table.Column<long>(type: "INTEGER", nullable: false),
                    mails = table.Column<int>(type: "INTEGER", nullable: false),
                    passed = table.Column<int>(type: "INTEGER", nullable: false),
                    aligned = table.Column<int>(type: "INTEGER", nullable: false),
                    other_senders = table.Column<int>(type: "INTEGER", nullable: false),
                    deliveries = table.Column<int>(type: "INTEGER", nullable: false),
                    active = table.Column<int>(type: "INTEGER", nullable: false),
                    opens = table.Column<int>(type: "INTEGER", nullable: false),
                    acted = table.Column<int>(type: "INTEGER", nullable: false),
                    done = table.Column<int>(type: "INTEGER", nullable: false),
                    refused = table.Column<int>(type: "INTEGER", nullable: false),
                    broken = table.Column<int>(type: "INTEGER", nullable: false),
                    not_sent = table.Column<int>(type: "INTEGER", nullable: false),
                    unanswered = table.Column<int>(type: "INTEGER", nullable: false),
                    complaints = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_hours", x => new { x.organization_id, x.provider_id, x.hour });
                });

            migrationBuilder.CreateTable(
                name: "provider_images",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    png = table.Column<byte[]>(type: "BLOB", nullable: false),
                    width = table.Column<int>(type: "INTEGER", nullable: false),
                    height = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_images", x => new { x.organization_id, x.provider_id, x.sha256 });
                });

            migrationBuilder.CreateTable(
                name: "provider_owners",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_owners", x => new { x.organization_id, x.provider_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "provider_senders",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    scope = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_provider_senders", x => new { x.organization_id, x.scope, x.address, x.provider_id });
                });

            migrationBuilder.CreateTable(
                name: "registry_versions",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_registry_versions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "stopped_senders",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stopped_senders", x => new { x.organization_id, x.person_id, x.provider_id });
                });

            migrationBuilder.CreateTable(
                name: "test_invitations",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    notice_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    invited_by = table.Column<string>(type: "TEXT", nullable: false),
                    invited_at = table.Column<long>(type: "INTEGER", nullable: false),
                    answered_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_test_invitations", x => new { x.organization_id, x.provider_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "verification_mails",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    provider_id = table.Column<string>(type: "TEXT", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    from_address = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    mail_from = table.Column<string>(type: "TEXT", nullable: false),
                    client_address = table.Column<string>(type: "TEXT", nullable: false),
                    helo = table.Column<string>(type: "TEXT", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    content_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    sender = table.Column<string>(type: "TEXT", nullable: true),
                    is_aligned = table.Column<bool>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    checks = table.Column<string>(type: "TEXT", nullable: false),
                    card = table.Column<string>(type: "TEXT", nullable: true),
                    findings = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_verification_mails", x => new { x.organization_id, x.id });
                });

            migrationBuilder.InsertData(
                table: "registry_versions",
                columns: new[] { "id", "version" },
                values: new object[] { 1, 1L });

            migrationBuilder.CreateIndex(
                name: "ix_providers_id",
                table: "providers",
                column: "id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_providers_is_global_changed_at",
                table: "providers",
                columns: new[] { "is_global", "changed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_providers_organization_id_changed_at",
                table: "providers",
                columns: new[] { "organization_id", "changed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_providers_version",
                table: "providers",
                column: "version");

            migrationBuilder.CreateIndex(
                name: "ix_messages_provider_id_received_at",
                table: "messages",
                columns: new[] { "provider_id", "received_at" },
                filter: "provider_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_organization_id_subject_sequence",
                table: "audit_events",
                columns: new[] { "organization_id", "subject", "sequence" });

            migrationBuilder.CreateIndex(
                name: "ix_access_tokens_organization_id_person_id",
                table: "access_tokens",
                columns: new[] { "organization_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_access_tokens_token_hash",
                table: "access_tokens",
                column: "token_hash");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_organization_id_provider_id_source_subject",
                table: "complaints",
                columns: new[] { "organization_id", "provider_id", "source", "subject" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_device_codes_expires_at",
                table: "device_codes",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_device_codes_organization_id_user_code_hash",
                table: "device_codes",
                columns: new[] { "organization_id", "user_code_hash" });

            migrationBuilder.CreateIndex(
                name: "ix_domain_proofs_domain",
                table: "domain_proofs",
                column: "domain");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_organization_id_person_id",
                table: "invitations",
                columns: new[] { "organization_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_token_hash",
                table: "invitations",
                column: "token_hash");

            migrationBuilder.CreateIndex(
                name: "ix_notices_at",
                table: "notices",
                column: "at",
                filter: "told_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_passkeys_credential_id",
                table: "passkeys",
                column: "credential_id");

            migrationBuilder.CreateIndex(
                name: "ix_passkeys_organization_id_person_id",
                table: "passkeys",
                columns: new[] { "organization_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_person_logins_organization_id_issuer_person_id",
                table: "person_logins",
                columns: new[] { "organization_id", "issuer", "person_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_provider_drafts_organization_id_person_id_created_at",
                table: "provider_drafts",
                columns: new[] { "organization_id", "person_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_provider_owners_organization_id_person_id",
                table: "provider_owners",
                columns: new[] { "organization_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_test_invitations_organization_id_person_id",
                table: "test_invitations",
                columns: new[] { "organization_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "ix_verification_mails_organization_id_provider_id_content_hash",
                table: "verification_mails",
                columns: new[] { "organization_id", "provider_id", "content_hash" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_tokens");

            migrationBuilder.DropTable(
                name: "complaints");

            migrationBuilder.DropTable(
                name: "consents");

            migrationBuilder.DropTable(
                name: "device_codes");

            migrationBuilder.DropTable(
                name: "domain_proofs");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "nodes");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "passkeys");

            migrationBuilder.DropTable(
                name: "passwords");

            migrationBuilder.DropTable(
                name: "person_logins");

            migrationBuilder.DropTable(
                name: "provider_drafts");

            migrationBuilder.DropTable(
                name: "provider_hour_details");

            migrationBuilder.DropTable(
                name: "provider_hours");

            migrationBuilder.DropTable(
                name: "provider_images");

            migrationBuilder.DropTable(
                name: "provider_owners");

            migrationBuilder.DropTable(
                name: "provider_senders");

            migrationBuilder.DropTable(
                name: "registry_versions");

            migrationBuilder.DropTable(
                name: "stopped_senders");

            migrationBuilder.DropTable(
                name: "test_invitations");

            migrationBuilder.DropTable(
                name: "verification_mails");

            migrationBuilder.DropIndex(
                name: "ix_providers_id",
                table: "providers");

            migrationBuilder.DropIndex(
                name: "ix_providers_is_global_changed_at",
                table: "providers");

            migrationBuilder.DropIndex(
                name: "ix_providers_organization_id_changed_at",
                table: "providers");

            migrationBuilder.DropIndex(
                name: "ix_providers_version",
                table: "providers");

            migrationBuilder.DropIndex(
                name: "ix_messages_provider_id_received_at",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_organization_id_subject_sequence",
                table: "audit_events");

            migrationBuilder.DropColumn(
                name: "authenticated_at",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "app_id",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "changed_at",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "created_at",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "is_global",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "latest_revision",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "name",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "pending_revision",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "scope",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "suspended_by",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "token_profile",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "version",
                table: "providers");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "provider_revisions");

            migrationBuilder.DropColumn(
                name: "submitter_id",
                table: "provider_revisions");

            migrationBuilder.DropColumn(
                name: "cards_off",
                table: "people");

            migrationBuilder.DropColumn(
                name: "deactivated_at",
                table: "people");

            migrationBuilder.DropColumn(
                name: "is_administrator",
                table: "people");

            migrationBuilder.DropColumn(
                name: "is_reviewer",
                table: "people");

            migrationBuilder.DropColumn(
                name: "sessions_ended_at",
                table: "people");

            migrationBuilder.DropColumn(
                name: "cards_off",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "requires_consent",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "junk_at",
                table: "messages");
        }
    }
}
