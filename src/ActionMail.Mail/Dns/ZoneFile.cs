using System.Text;

namespace ActionMail.Mail.Dns;

/// <summary>
/// Reads the DNS from a file, for tests and for the command line: one record a line as <c>name TYPE data</c>, with the types A, AAAA, MX, TXT, PTR,
/// CNAME, NS and SPF, and with <c>name TIMEOUT</c> and <c>name SERVFAIL</c> for faults. Text is in quotes, and several strings are joined. What is behind
/// <c>;</c> or <c>#</c> is a comment. Escapes are those of RFC 1035 §5.1.
/// </summary>
public static class ZoneFile
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the octets of a file; those of a text are kept as they are.</summary>
    public static ZoneReading Read(ReadOnlySpan<byte> file)
    {
        var zone = new Zone();
        var number = 0;
        ReadOnlySpan<char> text = Encoding.Latin1.GetString(file.StartsWith(ByteOrderMark) ? file[ByteOrderMark.Length..] : file);
        foreach (var range in text.Split('\n'))
        {
            number++;
            var line = text[range].Trim(" \t\r");
            if (line is [] or [';' or '#', ..])
                continue;
            if (ZoneLine.Read(line, out var problem) is not { } entry)
                return new ZoneReading.Refused(number, problem);
            if (!zone.TryAdd(entry))
                return new ZoneReading.Refused(number, "The name already has a CNAME and can have one only; remove a line.");
        }
        return new ZoneReading.Read(zone);
    }

    /// <summary>Reads a text as the file that it would be in UTF-8.</summary>
    public static ZoneReading Read(string text) => Read(Encoding.UTF8.GetBytes(text));
}
