using System.Collections.Immutable;
using System.Text;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Dkim;

/// <summary>
/// A mail as its signatures see it: fields and body as they were received, read once. It is the same reading of the header that
/// <see cref="MailMessage"/> shows and matches, so that what is verified and what is shown cannot part.
/// </summary>
public sealed class SignedMail
{
    private readonly ReadOnlyMemory<byte> _body;
    private byte[]? _simpleHash;
    private byte[]? _relaxedHash;

    private SignedMail(HeaderBlock header, ReadOnlyMemory<byte> body)
    {
        Fields = [.. header.Fields];
        IsOverLimit = header.IsOverLimit;
        HeaderLength = header.Length;
        _body = body;
        Signatures = SignatureList.Of(this);
    }

    internal ImmutableArray<HeaderField> Fields { get; }

    internal bool IsOverLimit { get; }

    internal int HeaderLength { get; }

    internal ImmutableArray<SignatureReading> Signatures { get; }

    /// <summary>Reads the bytes as received; any bytes give a mail.</summary>
    public static SignedMail Read(ReadOnlyMemory<byte> raw)
    {
        var header = HeaderBlock.Read(raw, MessageLimits.Default, new Findings());
        return new(header, raw[header.Length..]);
    }

    /// <summary>Takes over the reading of a mail.</summary>
    public static SignedMail Of(MailMessage mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return new(mail.Header, mail.Raw[mail.Header.Length..]);
    }

    internal static bool IsNamed(HeaderField field, ReadOnlySpan<byte> name)
    {
        var written = field.WrittenName;
        return written.Length == name.Length && Ascii.EqualsIgnoreCase(written, name);
    }

    /// <summary>The hash of the body, kept where all of it is signed: several signatures ask for it.</summary>
    internal (byte[] Hash, bool IsLongEnough) BodyHash(Canonicalization form, long? limit)
    {
        if (limit is { } most)
        {
            var (hash, length) = CanonicalBody.Hash(_body.Span, form, most);
            return (hash, length >= most);
        }
        return form == Canonicalization.Simple
            ? (_simpleHash ??= CanonicalBody.Hash(_body.Span, form, null).Hash, true)
            : (_relaxedHash ??= CanonicalBody.Hash(_body.Span, form, null).Hash, true);
    }

    /// <summary>The hash and the length of the whole body in relaxed form, to sign it.</summary>
    internal (byte[] Hash, long Length) RelaxedBody() => CanonicalBody.Hash(_body.Span, Canonicalization.Relaxed, null);
}
