using System.Collections.Frozen;
using Microsoft.Data.Sqlite;

namespace ActionMail.Server.Persistence;

/// <summary>Tells a store that cannot be used now (locked by another program, unwritable, full, damaged) from a statement of ours that is wrong.</summary>
internal static class StoreFault
{
    // SQLite's primary result codes: BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB.
    private static readonly FrozenSet<int> Codes = [5, 6, 8, 10, 11, 13, 14, 26];

    public static bool IsIn(Exception error) => error switch
    {
        SqliteException sqlite => Codes.Contains(sqlite.SqliteErrorCode),
        { InnerException: { } inner } => IsIn(inner),
        _ => false,
    };
}
