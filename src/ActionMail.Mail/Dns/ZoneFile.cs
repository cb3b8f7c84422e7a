using System.Text;

namespace ActionMail.Mail.Dns;

/// <summary>
/// Reads the DNS from a file, for tests and for the command line: one record a line as <c>name TYPE data</c>, with the types A, AAAA, MX, TXT, PTR,
/// CNAME, NS and SPF, and with <c>name TIMEOUT</c> and <c>name SERVFAIL</c> for faults. Text is in quotes, and several strings are joined. What is behind
/// <c>;</c> or <c>#</c> is a comment. Escapes are those of RFC 1035 §5.1 and of JSON.
/// </summary>
public static class ZoneFile
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the octets of a file; those of a text are kept as they are.</summary>
    public static ZoneReading Read(ReadOnlySpan<byte> file)
    {
        var zone = new Zone();
        ReadOnlySpan<char> rest = Encoding.Latin1.GetString(file.StartsWith(ByteOrderMark) ? file[ByteOrderMark.Length..] : file);
        for (var number = 1; rest.Length > 0;)
        {
            var record = rest[..ZoneText.EndOfRecord(rest)];
            if (ProblemOf(record.Trim(" \t\r"), zone) is { } problem)
                return new ZoneReading.Refused(number, problem);
            number += record.Count('\n') + 1;
            rest = rest[Math.Min(record.Length + 1, rest.Length)..];
        }
        return new ZoneReading.Read(zone);
    }

    /// <summary>Reads a text as the file that it would be in UTF-8.</summary>
    public static ZoneReading Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static string? ProblemOf(ReadOnlySpan<char> record, Zone zone)
    {
        if (record is [] or [';' or '#', ..])
            return null;
        if (ZoneLine.Read(record, out var problem) is not { } entry)
            return problem;
        return zone.TryAdd(entry) ? null : "The name already has a CNAME and can have one only; remove a line.";
    }
}
