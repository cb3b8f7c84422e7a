using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActionMail.Mail.Tests.Dkim;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Intake;

/// <summary>
/// The golden mail of the security catalogue: one unsigned card, sent by a domain of its own that signs, lists its host and publishes DMARC. A test changes one thing.
/// It is signed by the letter of RFC 6376, with nothing of the code under test.
/// </summary>
internal sealed record SenderLetter(string Card, string Domain)
{
    public static readonly RSA WeakKey = RSA.Create(1024);

    /// <summary>d=, s=, t= and h= of the signature, each in place of the usual tag of its name or added.</summary>
    public string[] Tags { get; init; } = [];

    public bool IsSigned { get; init; } = true;

    public RSA Key { get; init; } = NaiveSigner.Key;

    public string To { get; init; } = Service.Owner;

    /// <summary>Fields below From.</summary>
    public string MoreFields { get; init; } = "";

    public string MessageId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The sender before the @.</summary>
    public string Local { get; init; } = "actions";

    public string Subject { get; init; } = "Approval of a request";

    public string Sender => $"{Local}@{Domain}";

    public string KeyLine => $"s1._domainkey.{Domain} TXT \"{NaiveSigner.Record(Key)}\"";

    public string SpfLine => $"{Domain} TXT \"v=spf1 ip4:127.0.0.1 -all\"";

    public string DmarcLine => $"_dmarc.{Domain} TXT \"v=DMARC1; p=reject\"";

    /// <summary>All that the sender publishes.</summary>
    public string[] Zone => [KeyLine, SpfLine, DmarcLine];

    public string Text => $"""
        From: Contoso <{Sender}>
        To: {To}
        Subject: {Subject}
        Date: {TimeProvider.System.GetUtcNow().ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture)}
        Message-ID: <{MessageId}@{Domain}>
        {MoreFields}MIME-Version: 1.0
        Content-Type: text/html; charset=utf-8

        <html><head>{(Card.Length > 0 ? $"<script type=\"application/adaptivecard+json\">{Card}</script>" : "")}</head><body><p>Please  approve.</p></body></html>

        """;

    public string Signed()
    {
        if (!IsSigned)
            return Text.ReplaceLineEndings("\r\n");
        var tags = new List<KeyValuePair<string, string>>
        {
            new("v", "1"), new("a", "rsa-sha256"), new("c", "relaxed/relaxed"), new("d", Domain), new("s", "s1"),
            new("h", "from:to:subject:date:message-id:mime-version:content-type:from:to:subject:date"), new("bh", "*"),
        };
        foreach (var tag in Tags)
        {
            var (name, value) = (tag[..tag.IndexOf('=', StringComparison.Ordinal)], tag[(tag.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            tags.RemoveAll(each => each.Key == name);
            tags.Add(new(name, value));
        }
        return NaiveSigner.Sign(Text, tags, Key);
    }

    public byte[] Bytes() => Encoding.Latin1.GetBytes(Signed());
}
