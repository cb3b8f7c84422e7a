using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ActionMail.Mail.Dkim;

/// <summary>What a signature is to say.</summary>
public sealed record DkimSigning
{
    /// <summary>The signing domain, <c>d=</c>.</summary>
    public required string Domain { get; init; }

    /// <summary>The selector, <c>s=</c>.</summary>
    public required string Selector { get; init; }

    /// <summary>The time of signing, <c>t=</c>.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>The names to sign, in this order; empty for each field that RFC 6376 §5.4.1 advises, and From, To, Subject and Date once more, so that none can be added.</summary>
    public ImmutableArray<string> SignedNames { get; init; } = [];

    /// <summary>Whether to write <c>l=</c>, which leaves the end of the body to anybody. Default false.</summary>
    public bool WithBodyLength { get; init; }
}

/// <summary>What signing came to.</summary>
public abstract record DkimSigningResult
{
    private DkimSigningResult() { }

    /// <summary>The DKIM-Signature field with its line end, to stand before the bytes that were given.</summary>
    public sealed record Signed(ReadOnlyMemory<byte> Field) : DkimSigningResult;

    /// <summary>No verifier would take such a signature; <paramref name="Why"/> says what of it.</summary>
    public sealed record Refused(string Why) : DkimSigningResult;
}

/// <summary>Signs a mail as it is, relaxed/relaxed. RFC 6376 §5.</summary>
public static class DkimSigner
{
    private const int LineLength = 72;

    private static readonly string[] SealedNames = ["From", "To", "Subject", "Date"];

    private static readonly string[] AdvisedNames =
    [
        .. SealedNames, "Reply-To", "Cc", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
        "Resent-Date", "Resent-From", "Resent-To", "Resent-Cc", "List-Id", "List-Help", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Subscribe", "List-Post", "List-Owner", "List-Archive",
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
                new DkimSigningResult.Signed(Encoding.Latin1.GetBytes(unsigned + Folded(Convert.ToBase64String(key.Sign(SignatureCheck.HeaderHash(draft, signature)))) + "\r\n")),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string Unsigned(SignedMail mail, DkimSigning how, DkimSigningKey key)
    {
        var (bodyHash, bodyLength) = mail.RelaxedBody();
        var names = how.SignedNames.IsDefaultOrEmpty ? NamesFor(mail) : how.SignedNames;
        var length = how.WithBodyLength ? string.Create(CultureInfo.InvariantCulture, $" l={bodyLength};") : "";
        return $"DKIM-Signature: v=1; a={key.Algorithm}; c=relaxed/relaxed; d={how.Domain}; s={how.Selector};"
            + string.Create(CultureInfo.InvariantCulture, $"\r\n\tt={how.SignedAt.ToUnixTimeSeconds()};{length} h={string.Join("\r\n\t :", names.Chunk(5).Select(five => string.Join(':', five)))};")
            + $"\r\n\tbh={Convert.ToBase64String(bodyHash)};\r\n\tb=";
    }

    // What is read back is what was asked for: a semicolon in a domain would have been another tag.
    private static bool Says(SignatureField signature, DkimSigning how) =>
        signature.Domain.ToString().Equals(how.Domain, StringComparison.OrdinalIgnoreCase)
        && signature.Selector == how.Selector
        && signature.BodyLength.HasValue == how.WithBodyLength;

    private static IReadOnlyList<string> NamesFor(SignedMail mail) =>
    [
        .. AdvisedNames.SelectMany(name => mail.Fields.Where(field => SignedMail.IsNamed(field, Encoding.ASCII.GetBytes(name))).Select(_ => name)),
        .. SealedNames,
    ];

    private static string Folded(string text) => string.Join("\r\n\t ", text.Chunk(LineLength).Select(line => new string(line)));
}
