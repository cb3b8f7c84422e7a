using System.Security.Cryptography;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Tests.Dkim;

/// <summary>A signed mail that passes, and ways to make another one that differs in one place.</summary>
internal sealed record GoldenMail
{
    public const string Unsigned = """
        From: Contoso <actions@contoso.test>
        To: alice@t1.test
        Subject: Approval
         of a  request
        Date: Thu, 01 Jan 2026 12:00:00 +0000
        Message-ID: <1@contoso.test>
        MIME-Version: 1.0
        Content-Type: text/plain

        Dear Alice,

        please  approve 	this.
         Yours,  Contoso

        """;

    private static readonly KeyValuePair<string, string>[] Tags =
    [
        new("v", "1"), new("a", "rsa-sha256"), new("c", "relaxed/relaxed"), new("d", "contoso.test"), new("s", "sel"), new("t", "1767268800"),
        new("h", "from:to:subject:date:message-id:mime-version:content-type:from:to:subject:date"), new("bh", "*"),
    ];

    public string Text { get; init; } = Unsigned;

    public IReadOnlyList<KeyValuePair<string, string>> SignatureTags { get; init; } = Tags;

    public RSA Key { get; init; } = NaiveSigner.Key;

    /// <summary>What is published instead of the key's own record; null for that record, "" for no record at all.</summary>
    public string? Record { get; init; }

    public Zone Zone => Record switch
    {
        null => Verifying.Zone(Verifying.Txt("sel._domainkey.contoso.test", NaiveSigner.Record(Key))),
        "" => Verifying.Zone("contoso.test A 192.0.2.1"),
        _ => Verifying.Zone(Record.Split('\n')),
    };

    /// <summary>With tags as <c>name=value</c>, each in place of the one of its name or added; <c>-name</c> leaves one out.</summary>
    public GoldenMail With(params IEnumerable<string> changes)
    {
        var tags = SignatureTags.ToList();
        foreach (var change in changes)
        {
            var name = change.Split('=')[0].TrimStart('-');
            var at = tags.FindIndex(tag => tag.Key == name);
            if (change[0] == '-')
                tags.RemoveAt(at);
            else if (at >= 0)
                tags[at] = new(name, change[(name.Length + 1)..]);
            else
                tags.Add(new(name, change[(name.Length + 1)..]));
        }
        return this with { SignatureTags = tags };
    }

    public string Signed() => NaiveSigner.Sign(Text, SignatureTags, Key);

    public byte[] Bytes() => Verifying.Wire(Signed());
}
