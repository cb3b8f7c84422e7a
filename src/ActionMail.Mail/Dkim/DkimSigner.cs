using System.Globalization;
using System.Text;

namespace ActionMail.Mail.Dkim;

/// <summary>Signs a mail as it is, relaxed/relaxed. RFC 6376 §5.</summary>
public static class DkimSigner
{
    private const int LineLength = 72;

    private static readonly string[] SealedNames = ["From", "To", "Subject", "Date"];

    private static readonly string[] AdvisedNames =
    [
        .. SealedNames, "Reply-To", "Cc", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
        "Resent-Date", "Resent-From", "Resent-To", "Resent-Cc",
        "List-Id", "List-Help", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Subscribe", "List-Post", "List-Owner", "List-Archive",
    ];

    /// <summary>
    /// Signs the bytes of a mail. The signature is read back as a verifier reads it before it is made, so what comes is never malformed. The lines
    /// of the mail must end in CRLF, as on the wire: this is not checked.
    /// </summary>
    public static DkimSigningResult Sign(ReadOnlyMemory<byte> mail, DkimSigning how, DkimSigningKey key)
    {
        ArgumentNullException.ThrowIfNull(how);
        ArgumentNullException.ThrowIfNull(key);
        var unsigned = Unsigned(SignedMail.Read(mail), how, key);
        var draft = SignedMail.Read((byte[])[.. Encoding.Latin1.GetBytes(unsigned + "AAAA\r\n"), .. mail.Span]);
        return SignatureParser.Parse(0, draft.Fields[0], SignatureKind.Dkim) switch
        {
            SignatureReading.Refused(var finding, _) => new DkimSigningResult.Refused(finding.Detail),
            SignatureReading.Read(var signature) when !Says(signature, how) => new DkimSigningResult.Refused("the domain, the selector or a name has a character that none has"),
            SignatureReading.Read when draft.IsOverLimit => new DkimSigningResult.Refused("the header is over the limits"),
            SignatureReading.Read(var signature) =>
                new DkimSigningResult.Signed(Encoding.Latin1.GetBytes(unsigned + Folded(key.Sign(SignatureCheck.HeaderHash(draft, signature))) + "\r\n")),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The field up to the value of <c>b=</c>.</summary>
    private static string Unsigned(SignedMail mail, DkimSigning how, DkimSigningKey key)
    {
        var (bodyHash, bodyLength) = mail.RelaxedBody();
        var names = how.SignedNames.IsDefaultOrEmpty ? NamesFor(mail) : how.SignedNames;
        var length = how.WithBodyLength ? string.Create(CultureInfo.InvariantCulture, $" l={bodyLength};") : "";
        var time = how.SignedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"DKIM-Signature: v=1; a={key.Algorithm}; c=relaxed/relaxed; d={how.Domain}; s={how.Selector};\r\n"
            + $"\tt={time};{length} h={string.Join("\r\n\t :", names.Chunk(5).Select(five => string.Join(':', five)))};\r\n"
            + $"\tbh={Convert.ToBase64String(bodyHash)};\r\n\tb=";
    }

    // What is read back is what was asked for: a semicolon in a domain would have been another tag.
    private static bool Says(SignatureField signature, DkimSigning how) =>
        signature.Domain.ToString().Equals(how.Domain, StringComparison.OrdinalIgnoreCase)
        && signature.Selector == how.Selector
        && signature.BodyLength.HasValue == how.WithBodyLength;

    private static IReadOnlyList<string> NamesFor(SignedMail mail) =>
    [
        .. AdvisedNames.SelectMany(name => Enumerable.Repeat(name, mail.Fields.Count(field => SignedMail.IsNamed(field, Encoding.ASCII.GetBytes(name))))),
        .. SealedNames,
    ];

    private static string Folded(byte[] signature) =>
        string.Join("\r\n\t ", Convert.ToBase64String(signature).Chunk(LineLength).Select(line => new string(line)));
}
