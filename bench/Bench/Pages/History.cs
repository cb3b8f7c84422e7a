using System.Security.Cryptography;
using System.Text;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Verdicts;
using ActionMail.Sdk;
using ActionMail.Server.Accounts;
using ActionMail.Server.Intake;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Bench.Pages;

/// <summary>How much has happened in a store: so many registrations, all owned by one developer, so many mails of theirs over thirty days, and so many people who came and left.</summary>
internal sealed record History(int Providers, int Messages, int People)
{
    /// <summary>Each tenth registration is for everybody, and each hundredth waits for a decision.</summary>
    private const int GlobalEvery = 10;
    private const int WaitingEvery = 100;

    /// <summary>The registration that a tenth of all mails are from.</summary>
    public const int Busiest = 1;

    /// <summary>The registration that was changed and approved again each day.</summary>
    public const int Changed = 2;
    private const int Changes = 30;

    private static readonly TimeSpan Span = TimeSpan.FromDays(30);

    public static string IdOf(int provider) => string.Create(CultureInfo.InvariantCulture, $"2b4f6a0c-0000-4000-8000-{provider:000000000000}");

    /// <summary>Puts it into the store, past the platform: what took a month there takes minutes here.</summary>
    public async Task WriteAsync(IDbContextFactory<ActionMailDb> contexts, Person developer, Person reader, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        await db.Database.OpenConnectionAsync(cancel);
        await InBatchesAsync(db, Providers, (sql, i) => Register(sql, i + 1, developer, now), cancel);
        await InBatchesAsync(db, Changes, (sql, i) => Change(sql, db, i + 2, developer, now), cancel);
        await InBatchesAsync(db, People, (sql, i) => Leave(sql, i + 1, developer.OrganizationId, now), cancel);
        await InBatchesAsync(db, Messages, (sql, i) => Deliver(sql, db, i, developer, reader, now), cancel);
        await db.Database.ExecuteSqlRawAsync("UPDATE registry_versions SET version = 2", cancel);
        // As a store is that has run for a month.
        await db.Database.ExecuteSqlRawAsync("ANALYZE", cancel);
    }

    private static async Task InBatchesAsync(ActionMailDb db, int count, Action<PreparedSql, int> write, CancellationToken cancel)
    {
        const int batch = 10_000;
        for (var first = 0; first < count; first += batch)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var sql = PreparedSql.On(db);
            for (var i = first; i < Math.Min(count, first + batch); i++)
                write(sql, i);
            await transaction.CommitAsync(cancel);
            Console.Error.Write($"\rhistory: {first + batch:#,0} of {count:#,0} ");
        }
        Console.Error.Write("\r");
    }

    private void Register(PreparedSql sql, int number, Person developer, DateTimeOffset now)
    {
        var scope = number % GlobalEvery == 0 ? ProviderScope.Global : ProviderScope.Organization;
        var content = new RegisteredContent(
            $"Service {number}", [$"service-{number}@contoso.test"], [$"https://s{number}.contoso.test"], [Key], scope, [], TokenProfile.Eat, AppId: null, AppIdUri: null);
        var (json, id, waits) = (content.ToJson(), IdOf(number), number % WaitingEvery == 0);
        sql.Execute("""
            INSERT INTO providers (organization_id, id, state, active_revision, pending_revision, latest_revision, state_reason, effective_at, name, scope, token_profile, is_global, created_at,
                changed_at, version)
            VALUES (@p0, @p1, @p2, @p3, @p4, 1, '', @p5, @p6, @p7, @p8, @p9, @p10, @p11, 2)
            """,
            developer.OrganizationId, id, waits ? ProviderState.Submitted : ProviderState.Approved, waits ? null : 1, waits ? 1 : null, waits ? null : now - Span, content.Name, scope,
            TokenProfile.Eat, scope == ProviderScope.Global, now - Span, now - (Span * ((double)number / (Providers + 1))));
        sql.Execute("""
            INSERT INTO provider_revisions (organization_id, provider_id, number, content, content_hash, state, submitted_by, submitter_id, submitted_at, reason)
            VALUES (@p0, @p1, 1, @p2, @p3, @p4, @p5, @p6, @p7, '')
            """,
            developer.OrganizationId, id, json, RegisteredContent.HashOf(json), waits ? ProviderState.Submitted : ProviderState.Approved, developer.PrimaryAddress.ToString(), developer.Id, now - Span);
        sql.Execute("INSERT INTO provider_owners (organization_id, provider_id, person_id, since) VALUES (@p0, @p1, @p2, @p3)", developer.OrganizationId, id, developer.Id, now - Span);
    }

    /// <summary>A change of a registration, approved at once, with both lines in the audit log.</summary>
    private static void Change(PreparedSql sql, ActionMailDb db, int revision, Person developer, DateTimeOffset now)
    {
        var (id, at) = (IdOf(Changed), now - (Span * ((double)(Changes + 2 - revision) / Changes)));
        var json = new RegisteredContent(
            $"Service {Changed}", [$"service-{Changed}@contoso.test"], [$"https://s{Changed}-{revision}.contoso.test"], [Key], ProviderScope.Organization, [], TokenProfile.Eat, AppId: null,
            AppIdUri: null).ToJson();
        sql.Execute("""
            INSERT INTO provider_revisions (organization_id, provider_id, number, content, content_hash, state, submitted_by, submitter_id, submitted_at, decided_by, decided_at, reason)
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, 'admin@contoso.test', @p8, '')
            """,
            developer.OrganizationId, id, revision, json, RegisteredContent.HashOf(json), ProviderState.Approved, developer.PrimaryAddress.ToString(), developer.Id, at);
        sql.Execute("UPDATE providers SET active_revision = @p2, latest_revision = @p2, changed_at = @p3 WHERE organization_id = @p0 AND id = @p1", developer.OrganizationId, id, revision, at);
        var facts = new { revision, contentHash = Convert.ToHexStringLower(RegisteredContent.HashOf(json)), reason = "", from = "127.0.0.1" };
        AuditLog.Append(db, developer.OrganizationId, at, "provider_submitted", id, developer.PrimaryAddress.ToString(), facts);
        AuditLog.Append(db, developer.OrganizationId, at, "provider_approved", id, "admin@contoso.test", facts);
    }

    /// <summary>Somebody who has left: the organization's page names them still, and nobody can be picked on the sign-in page who is not here.</summary>
    private static void Leave(PreparedSql sql, int number, Guid organizationId, DateTimeOffset now)
    {
        var person = new Guid(number, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 0);
        sql.Execute("INSERT INTO people (organization_id, id, display_name, title, is_administrator, is_reviewer, deactivated_at, cards_off) VALUES (@p0, @p1, @p2, 'Colleague', 0, 0, @p3, 0)",
            organizationId, person, $"Colleague {number}", now);
        sql.Execute("INSERT INTO addresses (organization_id, address, person_id, is_primary) VALUES (@p0, @p1, @p2, 1)", organizationId, $"colleague-{number}@contoso.test", person);
    }

    private void Deliver(PreparedSql sql, ActionMailDb db, int number, Person developer, Person reader, DateTimeOffset now)
    {
        var provider = number % 10 == 0 ? Busiest : (number % Providers) + 1;
        var at = now - (Span * ((double)(Messages - number) / Messages));
        var (mailId, messageId, id) = (Guid.CreateVersion7(at), Guid.CreateVersion7(at), IdOf(provider));
        var commands = new IntakeCommands(sql);
        sql.Execute("INSERT INTO mails (organization_id, id, content, mail_from, client_address, helo, received_at) VALUES (@p0, @p1, @p2, @p3, '127.0.0.1', '', @p4)",
            reader.OrganizationId, mailId, Mail, $"service-{provider}@contoso.test", at);
        commands.InsertMessage(new()
        {
            OrganizationId = reader.OrganizationId,
            Id = messageId,
            PersonId = reader.Id,
            MailId = mailId,
            ContentHash = SHA256.HashData(messageId.ToByteArray()),
            InternetMessageId = $"<{messageId}@contoso.test>",
            FromAddress = $"service-{provider}@contoso.test",
            FromName = $"Service {provider}",
            Subject = $"Request {number}",
            Preview = "Somebody would like you to approve this.",
            ReceivedAt = at,
            CardState = number % 20 == 0 ? CardState.Inert : CardState.Active,
            Reason = number % 20 == 0 ? Reason.DkimNone : null,
            CardKind = CardKind.AdaptiveCard,
            Carriage = CarriageForm.Script,
            CardVersion = number % 20 == 0 ? 0 : 1,
            ProviderId = id,
            IsSelfTest = false,
            IsSenderVerified = number % 20 != 0,
            Checks = "[]",
        });
        if (number % 20 != 0)
            commands.InsertCard(reader.OrganizationId, messageId, Card, at);
        else
            AuditLog.Append(db, reader.OrganizationId, at, Reason.DkimNone.Code(), messageId.ToString("D"), $"service-{provider}@contoso.test", new { evidence = "none" });
        Count(sql, developer.OrganizationId, id, new(at.Year, at.Month, at.Day, at.Hour, 0, 0, TimeSpan.Zero), isActive: number % 20 != 0);
    }

    private static void Count(PreparedSql sql, Guid organizationId, string id, DateTimeOffset hour, bool isActive)
    {
        sql.Execute("""
            INSERT INTO provider_hours (organization_id, provider_id, hour, mails, passed, aligned, other_senders, deliveries, active, opens, acted, done, refused, broken, not_sent, unanswered, complaints)
            VALUES (@p0, @p1, @p2, 1, 1, 1, 0, 1, @p3, @p3, @p3, @p3, 0, 0, 0, 0, 0)
            ON CONFLICT (organization_id, provider_id, hour) DO UPDATE SET mails = mails + 1, passed = passed + 1, aligned = aligned + 1, deliveries = deliveries + 1,
                active = active + excluded.active, opens = opens + excluded.opens, acted = acted + excluded.acted, done = done + excluded.done
            """,
            organizationId, id, hour, isActive ? 1 : 0);
        sql.Execute("""
            INSERT INTO provider_hour_details (organization_id, provider_id, hour, kind, name, count) VALUES (@p0, @p1, @p2, @p3, @p4, 1)
            ON CONFLICT (organization_id, provider_id, hour, kind, name) DO UPDATE SET count = count + 1
            """,
            organizationId, id, hour, isActive ? HourDetail.Latency : HourDetail.Reason, isActive ? "100" : "dkim_none");
    }

    private static readonly string Key = NewKey();
    private static readonly byte[] Mail = Encoding.ASCII.GetBytes("From: service@contoso.test\r\nSubject: A request\r\n\r\n" + new string('x', 500) + "\r\n");
    private const string Card = """{"type":"AdaptiveCard","version":"1.0","body":[{"type":"TextBlock","text":"A request"}],"actions":[]}""";

    private static string NewKey()
    {
        using var key = SigningKey.CreateRsa(2048);
        return ((Protocol.Signing.KeyReading.Read)Protocol.Signing.PublicKeyText.Read(key.PublicKeyToPem())).Key.Jwk;
    }
}
