using System.Collections.Immutable;
using System.Text;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Dkim;

/// <summary>The results of RFC 8601 §2.7.1.</summary>
public enum DkimResultWord
{
    /// <summary>There is no signature.</summary>
    None,

    /// <summary>The signature verifies and is acceptable.</summary>
    Pass,

    /// <summary>The signature was checked and does not hold.</summary>
    Fail,

    /// <summary>The signature verifies, and something about it is not acceptable here.</summary>
    Policy,

    /// <summary>The signature says nothing either way.</summary>
    Neutral,

    /// <summary>The DNS could not say; a later try may.</summary>
    TempError,

    /// <summary>The signature cannot be checked, and never will be.</summary>
    PermError,
}

/// <summary>What came of one signature, with the evidence.</summary>
public sealed class DkimResult
{
    private readonly SignedMail _mail;
    private readonly SignatureField _signature;
    private readonly DkimFinding? _finding;
    private readonly DkimKey? _key;
    private readonly DnsAnswer? _answer;

    internal DkimResult(SignedMail mail, SignatureField signature, DkimFinding? finding, DkimKey? key, DnsAnswer? answer) =>
        (_mail, _signature, _finding, _key, _answer) = (mail, signature, finding, key, answer);

    /// <summary>The result in the words of RFC 8601; never none.</summary>
    public DkimResultWord Result => _finding is null ? DkimResultWord.Pass : DkimFaults.WordOf(_finding.Fault);

    /// <summary>What keeps it from counting; null for a pass.</summary>
    public DkimFault? Fault => _finding?.Fault;

    /// <summary>The fault in words; for a pass with an RSA key under 2048 bits, that; otherwise null.</summary>
    public string? Reason => _finding?.Detail ?? ShortKey;

    /// <summary>The signing domain <c>d=</c>; empty where the field does not say it.</summary>
    public string Domain => _signature.Domain.ToString();

    /// <summary>The selector <c>s=</c>; empty where the field does not say it.</summary>
    public string Selector => _signature.Selector;

    /// <summary>The algorithm <c>a=</c> as written; empty where there is none.</summary>
    public string Algorithm => _signature.AlgorithmText;

    /// <summary>The bits of the key, or null where no key was read.</summary>
    public int? KeyBits => _key?.Bits;

    /// <summary>Whom the signer signs for, <c>i=</c>; by default <c>@</c> and the domain.</summary>
    public string Identity => _signature.Identity ?? $"@{Domain}";

    /// <summary>The names in <c>h=</c> in lower case, in the order of signing; a name that is there more often than its field seals that there are no more.</summary>
    public ImmutableArray<string> SignedNames => [.. _signature.SignedNames.Select(name => Encoding.ASCII.GetString(name.Span).ToLowerInvariant())];

    /// <summary>The names, in lower case, of the mail's fields of which not every one is covered.</summary>
    public ImmutableArray<string> UncoveredNames => SignedFields.NotCovered(_mail, _signature);

    /// <summary>Whether the whole body is signed: false where there is an <c>l=</c>, whatever its number.</summary>
    public bool CoversWholeBody => _signature.BodyLength is null;

    /// <summary>The time of signing <c>t=</c>, or null where the field says none.</summary>
    public DateTimeOffset? SignedAt => TimeOf(_signature.SignedAt);

    /// <summary>When the signature expires, <c>x=</c>, or null where it never does.</summary>
    public DateTimeOffset? ExpiresAt => TimeOf(_signature.ExpiresAt);

    /// <summary>Where the key is published; empty where the field does not say it.</summary>
    public string KeyName => _signature.KeyName.ToString();

    /// <summary>What is published there, each record on a line; null where nothing was asked or found.</summary>
    public string? KeyRecord => _answer is DnsAnswer.Found(var records) ? string.Join('\n', records.OfType<DnsRecord.Text>().Select(text => text.Value)) : null;

    /// <summary>The beginning of <c>b=</c>, by which RFC 8601 §2.7.1 (<c>header.b</c>) tells signatures of one domain apart.</summary>
    public string SignatureStart => _signature.Signature.Length < 6 ? "" : Convert.ToBase64String(_signature.Signature.AsSpan(0, 6));

    private string? ShortKey => _key is { IsRsa: true, Bits: < DkimKey.AdvisedRsaBits }
        ? $"an RSA key of {_key.Bits} bits: {DkimKey.AdvisedRsaBits} are advised"
        : null;

    // The largest number of 12 digits is beyond the year 9999.
    private static DateTimeOffset? TimeOf(long? seconds) =>
        seconds is { } number ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(number, DateTimeOffset.MaxValue.ToUnixTimeSeconds())) : null;
}
