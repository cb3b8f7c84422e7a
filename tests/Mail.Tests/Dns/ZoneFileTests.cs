using System.Net;
using System.Text;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Tests.Dns;

public class ZoneFileTests
{
    [Theory]
    [InlineData("an address", "a.test A 192.0.2.1", "a.test", DnsRecordType.A, "192.0.2.1")]
    [InlineData("types and names in any case", "A.Test aaaa 2001:DB8::1", "a.test", DnsRecordType.Aaaa, "2001:db8::1")]
    [InlineData("tabs and a comment", "\ta.test\tMX\t10 mx.test.  ; the mail", "a.test", DnsRecordType.Mx, "10 mx.test")]
    [InlineData("the null exchange as a dot", "a.test MX 0 .", "a.test", DnsRecordType.Mx, "0 ")]
    [InlineData("the null exchange as nothing", "a.test MX 0 \"\"", "a.test", DnsRecordType.Mx, "0 ")]
    [InlineData("strings joined", "a.test TXT \"v=spf1 \" \"-all\"", "a.test", DnsRecordType.Txt, "v=spf1 -all")]
    [InlineData("comment signs within quotes", "k.test TXT \"v=DKIM1; p=#\" # key", "k.test", DnsRecordType.Txt, "v=DKIM1; p=#")]
    [InlineData("escapes", "a.test TXT \"\\\"\\\\\\010\\n\\255\"", "a.test", DnsRecordType.Txt, "\"\\\n\n\u00FF")]
    [InlineData("escapes of JSON", "a.test TXT \"\\u0000\\u00e9\\/\"", "a.test", DnsRecordType.Txt, "\0\u00E9/")]
    [InlineData("a line end within quotes", "a.test TXT \"one\ntwo\" ; \"", "a.test", DnsRecordType.Txt, "one\ntwo")]
    [InlineData("strings without a blank between them", "a.test TXT \"one\"\"two\"", "a.test", DnsRecordType.Txt, "onetwo")]
    [InlineData("no string at all", "a.test TXT", "a.test", DnsRecordType.Txt, "")]
    [InlineData("the name of an address", "1.2.0.192.in-addr.arpa PTR a.test", "1.2.0.192.in-addr.arpa", DnsRecordType.Ptr, "a.test")]
    [InlineData("the type SPF as TXT", "a.test SPF \"v=spf1 -all\"", "a.test", DnsRecordType.Txt, "v=spf1 -all")]
    [InlineData("spaces in a name", "a  b.test A 192.0.2.1", "a  b.test", DnsRecordType.A, "192.0.2.1")]
    [InlineData("spaces in a name, escaped", "a\\032\\032b.test A 192.0.2.1", "a  b.test", DnsRecordType.A, "192.0.2.1")]
    public void A_line_is_a_record(string why, string line, string name, DnsRecordType type, string expected)
    {
        var found = Assert.IsType<DnsAnswer.Found>(Ask(line, name, type));

        Assert.True(expected == Text(Assert.Single(found.Records)), why);
    }

    [Theory]
    [InlineData("no type", "a.test 192.0.2.1")]
    [InlineData("an unknown type", "a.test HINFO \"x\"")]
    [InlineData("a time to live", "a.test 300 A 192.0.2.1")]
    [InlineData("a class", "a.test IN A 192.0.2.1")]
    [InlineData("an empty label", "a..test A 192.0.2.1")]
    [InlineData("a label of 64", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test A 192.0.2.1")]
    [InlineData("a short address", "a.test A 192.0.2")]
    [InlineData("an octal address", "a.test A 192.0.2.01")]
    [InlineData("an address of the other family", "a.test AAAA 192.0.2.1")]
    [InlineData("an address with a zone", "a.test AAAA fe80::1%eth0")]
    [InlineData("a preference beyond 16 bits", "a.test MX 65536 mx.test")]
    [InlineData("no preference", "a.test MX mx.test")]
    [InlineData("an open quote", "a.test TXT \"v=spf1 -all")]
    [InlineData("an escape beyond an octet", "a.test TXT \"\\u0100\"")]
    [InlineData("an escape at the end", "a.test TXT \"v=spf1 -all\\")]
    [InlineData("an octet beyond 255", "a.test TXT \"\\256\"")]
    [InlineData("an escape that is none", "a.test TXT \"\\q\"")]
    [InlineData("a fault with data", "a.test TIMEOUT 5")]
    [InlineData("a second alias", "a.test CNAME b.test\na.test CNAME c.test")]
    public void A_line_that_is_none_is_named_with_what_to_write(string why, string line)
    {
        var refused = Assert.IsType<ZoneReading.Refused>(ZoneFile.Read("; a zone\r\n\r\nok.test A 192.0.2.1\r\n" + line));

        Assert.True(refused.Line == 4 + line.Count('\n'), why);
        Assert.Matches("write|leave out|remove|Leave out", refused.Why);
    }

    [Fact]
    public void Lines_are_counted_past_comments_and_line_ends_within_quotes()
    {
        const string file = "; \"a quote in a comment\na.test TXT \"one\r\ntwo\"\r\n# another \"\n\nb.test\n";

        Assert.Equal(6, Assert.IsType<ZoneReading.Refused>(ZoneFile.Read(file)).Line);
    }

    [Fact]
    public void A_type_without_a_record_and_a_name_without_any_are_told_apart()
    {
        const string zone = "deep.below.test A 192.0.2.1";

        Assert.IsType<DnsAnswer.NoRecords>(Ask(zone, "deep.below.test", DnsRecordType.Txt));
        Assert.IsType<DnsAnswer.NoRecords>(Ask(zone, "below.test", DnsRecordType.Txt));
        Assert.IsType<DnsAnswer.NoSuchName>(Ask(zone, "above.test", DnsRecordType.Txt));
        Assert.IsType<DnsAnswer.NoSuchName>(Ask(zone, "x.deep.below.test", DnsRecordType.A));
    }

    [Theory]
    [InlineData("TIMEOUT", "timeout")]
    [InlineData("SERVFAIL", "SERVFAIL")]
    public void A_fault_is_the_answer_for_every_type_without_a_record(string fault, string why)
    {
        var zone = $"a.test {fault}\na.test A 192.0.2.1";

        Assert.IsType<DnsAnswer.Found>(Ask(zone, "a.test", DnsRecordType.A));
        Assert.Equal(why, Assert.IsType<DnsAnswer.Unavailable>(Ask(zone, "a.test", DnsRecordType.Txt)).Why);
    }

    [Theory]
    [InlineData("a TXT entry counts instead", "a.test SPF \"v=spf1 +all\"\na.test TXT \"v=spf1 -all\"", "v=spf1 -all")]
    [InlineData("two of the type are two", "a.test SPF \"1\"\na.test SPF \"2\"", "1|2")]
    [InlineData("NONE is an entry without a record", "a.test SPF \"v=spf1 +all\"\na.test TXT NONE", null)]
    public void The_type_SPF_is_published_as_TXT_unless_there_is_a_TXT_entry(string why, string zone, string? expected)
    {
        var answer = Ask(zone, "a.test", DnsRecordType.Txt);

        Assert.True(expected == (answer is DnsAnswer.Found found ? string.Join('|', found.Records.Select(Text)) : null), why);
    }

    [Fact]
    public void Aliases_are_followed_to_where_they_lead()
    {
        const string zone = """
            a.test CNAME b.test
            b.test CNAME c.test
            c.test A 192.0.2.1
            lost.test CNAME nowhere.test
            round.test CNAME trip.test
            trip.test CNAME round.test
            """;

        Assert.IsType<DnsAnswer.Found>(Ask(zone, "a.test", DnsRecordType.A));
        Assert.IsType<DnsAnswer.NoRecords>(Ask(zone, "a.test", DnsRecordType.Txt));
        Assert.IsType<DnsAnswer.NoSuchName>(Ask(zone, "lost.test", DnsRecordType.A));
        Assert.IsType<DnsAnswer.Unavailable>(Ask(zone, "round.test", DnsRecordType.A));
    }

    [Fact]
    public void The_octets_of_a_file_are_the_octets_of_its_texts()
    {
        byte[] file = [0xEF, 0xBB, 0xBF, .. "a.test TXT \""u8, 0xE9, 0xC3, 0xA9, .. "\"\n"u8];

        var found = Assert.IsType<DnsAnswer.Found>(Zone(ZoneFile.Read(file)).Answer(Question("a.test", DnsRecordType.Txt)));

        Assert.Equal([0xE9, 0xC3, 0xA9], Encoding.Latin1.GetBytes(Text(found.Records[0])));
    }

    internal static Zone Zone(ZoneReading reading) => Assert.IsType<ZoneReading.Read>(reading).Zone;

    private static DnsAnswer Ask(string zone, string name, DnsRecordType type) => Zone(ZoneFile.Read(zone)).Answer(Question(name, type));

    private static DnsQuestion Question(string name, DnsRecordType type)
    {
        Assert.True(DomainName.TryParseExpanded(name, out var parsed));
        return new(parsed, type);
    }

    private static string Text(DnsRecord record) => record switch
    {
        DnsRecord.Address(IPAddress ip) => ip.ToString(),
        DnsRecord.Exchange(var preference, var host) => $"{preference} {host}",
        DnsRecord.Text(var text) => text,
        DnsRecord.Pointer(var host) => host.ToString(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
