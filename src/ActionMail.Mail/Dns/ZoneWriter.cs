using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ActionMail.Mail.Dns;

/// <summary>
/// Writes what was answered as the lines of a zone file, from which <see cref="ZoneFile"/> gives the same answers again: a verdict can be reached once more
/// without the DNS of its day (security D-08).
/// </summary>
public static class ZoneWriter
{
    /// <summary>The lines, in the order of asking.</summary>
    public static IEnumerable<string> Lines(DnsAnswers known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return known.Asked.SelectMany(question => Lines(question, known[question]!));
    }

    private static IEnumerable<string> Lines(DnsQuestion question, DnsAnswer answer)
    {
        var (name, type) = (question.Name, question.Type.ToString().ToUpperInvariant());
        return answer switch
        {
            DnsAnswer.Found(var records) => records.Select(record => $"{name} {type} {Data(record)}"),
            DnsAnswer.NoSuchName => [$"; {name} {type}: no such name"],
            // A name server makes the name exist, and is never asked for.
            DnsAnswer.NoRecords => [$"{name} NS {name} ; no {type}"],
            DnsAnswer.Unavailable(var why) => [$"{name} SERVFAIL ; {type}: {why}"],
            _ => throw new UnreachableException(),
        };
    }

    private static string Data(DnsRecord record) => record switch
    {
        DnsRecord.Address(var ip) => ip.ToString(),
        DnsRecord.Exchange(var preference, var host) => string.Create(CultureInfo.InvariantCulture, $"{preference} {(host == default ? "." : host)}"),
        DnsRecord.Text(var value) => Quoted(value),
        DnsRecord.Pointer(var host) => host.ToString(),
        _ => throw new UnreachableException(),
    };

    // RFC 1035 §5.1.
    private static string Quoted(string octets)
    {
        var text = new StringBuilder("\"");
        foreach (var octet in octets)
        {
            if (octet is '"' or '\\')
                text.Append('\\').Append(octet);
            else if (octet is >= ' ' and < '\x7f')
                text.Append(octet);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\{(int)octet:000}");
        }
        return text.Append('"').ToString();
    }
}
