namespace ActionMail.Mail.Dkim;

/// <summary>
/// What a key may be used for. <paramref name="IsTesting"/> is flag <c>y</c>, <paramref name="ExcludesSubdomains"/> flag <c>s</c>;
/// the others say whether <c>h=</c> permits SHA-256 and <c>s=</c> mail. RFC 6376 §3.6.1.
/// </summary>
internal sealed record DkimKeyTerms(bool IsTesting, bool ExcludesSubdomains, bool TakesSha256, bool ServesMail)
{
    public static DkimKeyTerms Of(TagList tags) => new(
        IsTesting: tags.TryGet("t"u8, out var flags) && TagValue.Lists(flags.Span, "y"u8),
        ExcludesSubdomains: TagValue.Lists(flags.Span, "s"u8),
        TakesSha256: !tags.TryGet("h"u8, out var hashes) || TagValue.Lists(hashes.Span, "sha256"u8),
        ServesMail: !tags.TryGet("s"u8, out var services) || TagValue.Lists(services.Span, "*"u8) || TagValue.Lists(services.Span, "email"u8));

    /// <summary>Why the key must not be used for the signature, or null. RFC 6376 §6.1.2.</summary>
    public DkimFinding? Exclude(SignatureField signature)
    {
        if (!TakesSha256)
            return new(DkimFault.InapplicableKey, "inappropriate hash algorithm: h= of the key has no sha256");
        if (!ServesMail)
            return new(DkimFault.InapplicableKey, "inapplicable key: its s= has no email");
        if (ExcludesSubdomains && signature.Identity is not null && signature.IdentityDomain != signature.Domain)
            return new(DkimFault.InapplicableKey, "inapplicable key: its t=s excludes subdomains in i=");
        return null;
    }
}
