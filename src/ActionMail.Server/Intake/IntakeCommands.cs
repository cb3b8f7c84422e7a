using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Intake;

/// <summary>The statements of a delivery.</summary>
internal readonly struct IntakeCommands(PreparedSql sql)
{
    public bool IsThere(Person owner, byte[] contentHash) => sql.Any(
        "SELECT 1 FROM messages WHERE organization_id = @p0 AND person_id = @p1 AND content_hash = @p2", owner.OrganizationId, owner.Id, contentHash);

    public Guid InsertMail(Guid organizationId, ReceivedMail mail)
    {
        var id = Guid.CreateVersion7(mail.ReceivedAt);
        sql.Execute(
            "INSERT INTO mails (organization_id, id, content, mail_from, client_address, helo, received_at, sender) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7)",
            organizationId, id, mail.Mail.Raw.ToArray(), mail.Envelope.MailFrom, mail.Envelope.ClientAddress.ToString(), mail.Envelope.Helo, mail.ReceivedAt,
            mail.Sender is { } sender ? StoredSender.Write(sender) : null);
        return id;
    }

    public void InsertMessage(MessageRow row) => sql.Execute("""
        INSERT INTO messages (organization_id, id, person_id, mail_id, content_hash, internet_message_id, from_address, from_name, subject, preview,
            received_at, card_state, reason, card_kind, carriage, card_version, provider_id, signing_key, is_self_test, is_sender_verified, checks)
        VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20)
        """,
        row.OrganizationId, row.Id, row.PersonId, row.MailId, row.ContentHash, row.InternetMessageId, row.FromAddress, row.FromName, row.Subject, row.Preview,
        row.ReceivedAt, row.CardState, row.Reason, row.CardKind, row.Carriage, row.CardVersion, row.ProviderId, row.SigningKey, row.IsSelfTest,
        row.IsSenderVerified, row.Checks);

    public void InsertCard(Guid organizationId, Guid messageId, string json, DateTimeOffset at) => sql.Execute(
        "INSERT INTO card_versions (organization_id, message_id, version, json, at) VALUES (@p0, @p1, 1, @p2, @p3)", organizationId, messageId, json, at);

    /// <summary>False when the same signed card was delivered to the person before.</summary>
    public bool UseSignedCard(Person owner, byte[] jwsHash, DateTimeOffset at) => sql.Execute("""
        INSERT INTO signed_card_uses (organization_id, person_id, jws_hash, at) VALUES (@p0, @p1, @p2, @p3)
        ON CONFLICT (organization_id, person_id, jws_hash) DO NOTHING
        """,
        owner.OrganizationId, owner.Id, jwsHash, at) > 0;
}
