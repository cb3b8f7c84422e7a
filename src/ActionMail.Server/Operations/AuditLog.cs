using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Operations;

/// <summary>The append-only record of what was decided and done. Each line's hash covers the line before, so a missing or changed line shows.</summary>
internal static class AuditLog
{
    /// <summary>Adds a line in the transaction that makes it true, behind the changes that it is about.</summary>
    public static void Append(ActionMailDb db, Guid organizationId, DateTimeOffset at, string kind, string subject, string actor, object facts)
    {
        db.SaveChanges();
        var sql = PreparedSql.On(db);
        var last = sql.First("SELECT sequence, hash FROM audit_events WHERE organization_id = @p0 ORDER BY sequence DESC LIMIT 1",
            row => new Link(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), organizationId) ?? new(0, []);
        var sequence = last.Sequence + 1;
        var json = JsonSerializer.Serialize(facts, JsonSerializerOptions.Web);
        sql.Execute("INSERT INTO audit_events (organization_id, sequence, at, kind, subject, actor, facts, hash) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7)",
            organizationId, sequence, at, kind, subject, actor, json, HashOf(last.Hash, sequence, at, kind, subject, actor, json));
    }

    /// <summary>Whether the lines, in order, are whole and unchanged; else the number of the first that is not.</summary>
    public static long? FirstBroken(IEnumerable<AuditRow> lines)
    {
        byte[] previous = [];
        var expected = 1L;
        foreach (var line in lines)
        {
            if (line.Sequence != expected++ || !line.Hash.AsSpan().SequenceEqual(HashOf(previous, line.Sequence, line.At, line.Kind, line.Subject, line.Actor, line.Facts)))
                return line.Sequence;
            previous = line.Hash;
        }
        return null;
    }

    private static byte[] HashOf(byte[] previous, long sequence, DateTimeOffset at, string kind, string subject, string actor, string facts)
    {
        // A JSON array keeps the fields apart: no two lines are hashed from the same bytes.
        var text = JsonSerializer.Serialize(new object[] { Convert.ToHexString(previous), sequence, at.ToUnixTimeMilliseconds(), kind, subject, actor, facts });
        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    private sealed record Link(long Sequence, byte[] Hash);
}
