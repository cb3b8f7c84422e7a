using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ActionMail.Server.Intake;

/// <summary>
/// The statements of a delivery, prepared once per connection: with the change tracker in between they would cost more than the mail's parsing. Plain SQL
/// that every database of ours understands.
/// </summary>
internal sealed class IntakeCommands
{
    private readonly DbConnection _connection;
    private readonly PreparedStatement _isThere;
    private readonly PreparedStatement _insertMail;
    private readonly PreparedStatement _insertMessage;
    private readonly PreparedStatement _insertCard;
    private readonly PreparedStatement _useSignedCard;

    private IntakeCommands(DbConnection connection)
    {
        _connection = connection;
        _isThere = new(connection, "SELECT 1 FROM messages WHERE organization_id = @p0 AND person_id = @p1 AND content_hash = @p2");
        _insertMail = new(connection,
            "INSERT INTO mails (organization_id, id, content, mail_from, client_address, helo, received_at) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6)");
        _insertMessage = new(connection, """
            INSERT INTO messages (organization_id, id, person_id, mail_id, content_hash, internet_message_id, from_address, from_name, subject, preview,
                received_at, card_state, reason, card_kind, carriage, card_version, provider_id, signing_key, is_self_test, checks)
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19)
            """);
        _insertCard = new(connection, "INSERT INTO card_versions (organization_id, message_id, version, json, at) VALUES (@p0, @p1, 1, @p2, @p3)");
        _useSignedCard = new(connection, """
            INSERT INTO signed_card_uses (organization_id, person_id, jws_hash, at) VALUES (@p0, @p1, @p2, @p3)
            ON CONFLICT (organization_id, person_id, jws_hash) DO NOTHING
            """);
    }

    public static IntakeCommands On(ActionMailDb db, ConditionalWeakTable<DbConnection, IntakeCommands> prepared)
    {
        var connection = db.Database.GetDbConnection();
        var commands = prepared.GetValue(connection, key => Prepare(key, prepared));
        commands.Join(db.Database.CurrentTransaction!.GetDbTransaction());
        return commands;
    }

    // A connection that is opened again may be another to the database; the old one's statements would then run outside of our transaction.
    // What is prepared belongs to the open connection: opened again, it may be another one underneath.
    private static IntakeCommands Prepare(DbConnection connection, ConditionalWeakTable<DbConnection, IntakeCommands> prepared)
    {
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == ConnectionState.Closed)
                prepared.Remove(connection);
        };
        return new(connection);
    }

    public bool IsThere(Person owner, byte[] contentHash) => _isThere.Scalar(owner.OrganizationId, owner.Id, contentHash) is not null;

    public Guid InsertMail(Guid organizationId, ReceivedMail mail)
    {
        var id = Guid.NewGuid();
        _insertMail.Execute(organizationId, id, mail.Mail.Raw.ToArray(), mail.Envelope.MailFrom, mail.Envelope.ClientAddress.ToString(), mail.Envelope.Helo,
            mail.ReceivedAt.ToUnixTimeMilliseconds());
        return id;
    }

    public void InsertMessage(MessageRow row) => _insertMessage.Execute(
        row.OrganizationId, row.Id, row.PersonId, row.MailId, row.ContentHash, row.InternetMessageId, row.FromAddress, row.FromName, row.Subject, row.Preview,
        row.ReceivedAt.ToUnixTimeMilliseconds(), row.CardState.ToString(), row.Reason?.ToString(), row.CardKind?.ToString(), row.Carriage?.ToString(), row.CardVersion,
        row.ProviderId, row.SigningKey, row.IsSelfTest, row.Checks);

    public void InsertCard(Guid organizationId, Guid messageId, string json, DateTimeOffset at) =>
        _insertCard.Execute(organizationId, messageId, json, at.ToUnixTimeMilliseconds());

    /// <summary>False when the same signed card was delivered to the person before.</summary>
    public bool UseSignedCard(Person owner, byte[] jwsHash, DateTimeOffset at) =>
        _useSignedCard.Execute(owner.OrganizationId, owner.Id, jwsHash, at.ToUnixTimeMilliseconds()) > 0;

    private void Join(DbTransaction transaction)
    {
        foreach (var statement in (ReadOnlySpan<PreparedStatement>)[_isThere, _insertMail, _insertMessage, _insertCard, _useSignedCard])
            statement.Join(_connection, transaction);
    }

    private sealed class PreparedStatement
    {
        private readonly DbCommand _command;

        public PreparedStatement(DbConnection connection, string sql)
        {
            _command = connection.CreateCommand();
            _command.CommandText = sql;
        }

        public void Join(DbConnection connection, DbTransaction transaction)
        {
            _command.Connection = connection;
            _command.Transaction = transaction;
        }

        public int Execute(params ReadOnlySpan<object?> values) => With(values).ExecuteNonQuery();

        public object? Scalar(params ReadOnlySpan<object?> values) => With(values).ExecuteScalar();

        private DbCommand With(ReadOnlySpan<object?> values)
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (_command.Parameters.Count == i)
                {
                    var added = _command.CreateParameter();
                    added.ParameterName = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@p{i}");
                    _command.Parameters.Add(added);
                }
                _command.Parameters[i].Value = values[i] ?? DBNull.Value;
            }
            return _command;
        }
    }
}
