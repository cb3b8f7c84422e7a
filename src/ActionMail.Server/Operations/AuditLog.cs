using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Operations;

/// <summary>The append-only record of what was decided and done. Each line's hash covers the line before, so a missing or changed line shows.</summary>
internal static class AuditLog
{
    /// <summary>Adds a line in the transaction that makes it true. Saves, so that the next line finds it.</summary>
    public static void Append(ActionMailDb db, Guid organizationId, DateTimeOffset at, string kind, string subject, string actor, object facts)
    {
        var last = db.AuditEvents.Where(row => row.OrganizationId == organizationId).OrderByDescending(row => row.Sequence)
            .Select(row => new { row.Sequence, row.Hash }).FirstOrDefault();
        var sequence = (last?.Sequence ?? 0) + 1;
        var json = JsonSerializer.Serialize(facts, JsonSerializerOptions.Web);
        db.AuditEvents.Add(new()
        {
            OrganizationId = organizationId,
            Sequence = sequence,
            At = at,
            Kind = kind,
            Subject = subject,
            Actor = actor,
            Facts = json,
            Hash = HashOf(last?.Hash ?? [], sequence, at, kind, subject, actor, json),
        });
        db.SaveChanges();
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
}
