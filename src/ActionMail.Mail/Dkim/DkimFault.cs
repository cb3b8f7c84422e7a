using System.Collections.Frozen;

namespace ActionMail.Mail.Dkim;

/// <summary>What keeps a signature from counting. Which result each one gives is a table in <see cref="DkimFaults"/>.</summary>
public enum DkimFault
{
    /// <summary>The header is larger than what is read of it, so that which fields were signed is not known.</summary>
    HeaderTooLarge,

    /// <summary>There are more signatures than are tried (security C-09).</summary>
    NotTried,

    /// <summary>The field is no list of tags, or lacks one, or has one of a wrong form. RFC 6376 §6.1.1.</summary>
    MalformedSignature,

    /// <summary>Another algorithm than rsa-sha256 and ed25519-sha256; rsa-sha1 is one. RFC 8301 §3.1.</summary>
    UnusableAlgorithm,

    /// <summary>From is not among the signed fields. RFC 6376 §5.4.</summary>
    FromNotSigned,

    /// <summary>The identity <c>i=</c> is not in the signing domain. RFC 6376 §6.1.1.</summary>
    IdentityOutsideDomain,

    /// <summary>Its time <c>x=</c> is over. RFC 6376 §3.5.</summary>
    Expired,

    /// <summary>It says to have been made later than now. RFC 6376 §3.5 (<c>t=</c>).</summary>
    FromTheFuture,

    /// <summary>The DNS could not say whether there is a key: try later.</summary>
    KeyUnavailable,

    /// <summary>There is no key record under the name. RFC 6376 §6.1.2.</summary>
    NoKey,

    /// <summary>There are several key records under the name, and which one counts is undefined. RFC 6376 §3.6.2.2.</summary>
    SeveralKeys,

    /// <summary>The key record cannot be read.</summary>
    MalformedKey,

    /// <summary>The key was withdrawn: its <c>p=</c> is empty. RFC 6376 §3.6.1.</summary>
    RevokedKey,

    /// <summary>The key is not for this: another algorithm, hash, service, or a subdomain that its flag <c>s</c> excludes; or too long.</summary>
    InapplicableKey,

    /// <summary>The body is not the one that was signed. RFC 6376 §6.1.3.</summary>
    BodyChanged,

    /// <summary>The signature is not that of the key over these fields. RFC 6376 §6.1.3.</summary>
    SignatureMismatch,

    /// <summary>It verifies with an RSA key under 1024 bits, which never counts. RFC 8301 §3.2.</summary>
    WeakKey,

    /// <summary>It verifies, and its <c>l=</c> leaves the end of the body to anybody. Deviates from RFC 6376 §3.5; security C-04.</summary>
    PartialBody,

    /// <summary>It verifies, and its key is in testing: to be treated as unsigned. RFC 6376 §3.6.1 (<c>t=y</c>).</summary>
    TestingKey,
}

/// <summary>A fault with what was seen.</summary>
internal sealed record DkimFinding(DkimFault Fault, string Detail);

/// <summary>What each fault means to who reads the result.</summary>
internal static class DkimFaults
{
    // RFC 8601 §2.7.1. What cannot be checked is permerror, what was checked and does not hold is fail, what holds and is not accepted is policy.
    private static readonly FrozenDictionary<DkimFault, DkimResultWord> Words = new Dictionary<DkimFault, DkimResultWord>
    {
        [DkimFault.HeaderTooLarge] = DkimResultWord.Neutral,
        [DkimFault.NotTried] = DkimResultWord.Neutral,
        [DkimFault.MalformedSignature] = DkimResultWord.PermError,
        [DkimFault.UnusableAlgorithm] = DkimResultWord.PermError,
        [DkimFault.FromNotSigned] = DkimResultWord.PermError,
        [DkimFault.IdentityOutsideDomain] = DkimResultWord.PermError,
        [DkimFault.Expired] = DkimResultWord.Fail,
        [DkimFault.FromTheFuture] = DkimResultWord.Fail,
        [DkimFault.KeyUnavailable] = DkimResultWord.TempError,
        [DkimFault.NoKey] = DkimResultWord.PermError,
        [DkimFault.SeveralKeys] = DkimResultWord.PermError,
        [DkimFault.MalformedKey] = DkimResultWord.PermError,
        [DkimFault.RevokedKey] = DkimResultWord.PermError,
        [DkimFault.InapplicableKey] = DkimResultWord.PermError,
        [DkimFault.BodyChanged] = DkimResultWord.Fail,
        [DkimFault.SignatureMismatch] = DkimResultWord.Fail,
        [DkimFault.WeakKey] = DkimResultWord.Policy,
        [DkimFault.PartialBody] = DkimResultWord.Policy,
        [DkimFault.TestingKey] = DkimResultWord.Neutral,
    }.ToFrozenDictionary();

    public static DkimResultWord WordOf(DkimFault fault) => Words[fault];
}
