using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ActionMail.Server.Persistence;

/// <summary>
/// The statements that every mail and every click needs, in plain SQL that each database of ours understands, prepared once for as long as their connection stays open:
/// with the query translator and the change tracker in between they would cost more than all the rest. Parameters are @p0, @p1, … in order.
/// </summary>
internal sealed class PreparedSql
{
    private static readonly ConditionalWeakTable<DbConnection, PreparedSql> OfConnections = [];

    private readonly DbConnection _connection;
    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);
    private DbTransaction? _transaction;

    private PreparedSql(DbConnection connection) => _connection = connection;

    /// <summary>On the context's connection, in its transaction.</summary>
    public static PreparedSql On(ActionMailDb db)
    {
        var sql = OfConnections.GetValue(db.Database.GetDbConnection(), Prepare);
        sql._transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return sql;
    }

    /// <summary>How many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>The first row, or null.</summary>
    public T? First<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values) where T : class
    {
        using var reader = Command(sql, values).ExecuteReader();
        return reader.Read() ? read(reader) : null;
    }

    /// <summary>Whether there is any row.</summary>
    public bool Any(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteScalar() is not null;

    // What is prepared belongs to the open connection: opened again, it may be another one underneath.
    private static PreparedSql Prepare(DbConnection connection)
    {
        connection.StateChange += static (sender, change) =>
        {
            if (change.CurrentState == ConnectionState.Closed)
                OfConnections.Remove((DbConnection)sender);
        };
        return new(connection);
    }

    private DbCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
            _commands[sql] = command = Prepare(sql, values.Length);
        command.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = Stored(values[i]);
        return command;
    }

    private DbCommand Prepare(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            command.Parameters.Add(parameter);
        }
        return command;
    }

    // As the model's conventions store them.
    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        Enum word => word.ToString(),
        _ => value,
    };
}
