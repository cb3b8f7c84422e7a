using System.Collections.Immutable;
using System.Diagnostics;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Dkim;

/// <summary>
/// Verifies the DKIM signatures of a mail: RFC 6376 as RFC 8301 and RFC 8463 changed it. It asks for the keys of at most five signatures, all at
/// once, and is done when it has the answers.
/// </summary>
public static class DkimEvaluation
{
    /// <summary>
    /// The next step: the keys to ask for, or a result for each signature, from the top of the header down. A mail without signatures has none.
    /// </summary>
    /// <param name="mail">The mail as received.</param>
    /// <param name="known">The answers so far.</param>
    /// <param name="now">By which times of signing and expiry are judged.</param>
    /// <param name="keys">Keys that were imported before.</param>
    public static DnsStep<ImmutableArray<DkimResult>> Next(SignedMail mail, DnsAnswers known, DateTimeOffset now, DkimKeyCache keys)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(keys);
        var unknown = mail.Signatures.OfType<SignatureReading.Read>()
            .Where(reading => SignatureCheck.Time(reading.Signature, now) is null)
            .Select(reading => KeyQuestion(reading.Signature))
            .Where(question => known[question] is null)
            .Distinct()
            .ToImmutableArray();
        return unknown.IsEmpty
            ? new DnsStep<ImmutableArray<DkimResult>>.Done([.. mail.Signatures.Select(reading => Judge(mail, reading, known, now, keys))])
            : new DnsStep<ImmutableArray<DkimResult>>.Ask(unknown);
    }

    internal static DnsQuestion KeyQuestion(SignatureField signature) => new(signature.KeyName, DnsRecordType.Txt);

    private static DkimResult Judge(SignedMail mail, SignatureReading reading, DnsAnswers known, DateTimeOffset now, DkimKeyCache keys) => reading switch
    {
        SignatureReading.Refused(var finding, var partly) => new(mail, partly, finding, null, null),
        SignatureReading.Read(var signature) when SignatureCheck.Time(signature, now) is { } finding => new(mail, signature, finding, null, null),
        SignatureReading.Read(var signature) => Verify(mail, signature, known[KeyQuestion(signature)]!, keys),
        _ => throw new UnreachableException(),
    };

    private static DkimResult Verify(SignedMail mail, SignatureField signature, DnsAnswer answer, DkimKeyCache keys) => SignatureCheck.Key(answer, signature, keys) switch
    {
        DkimKeyReading.Refused(var finding) => new(mail, signature, finding, null, answer),
        DkimKeyReading.Read(var key) => new(mail, signature, SignatureCheck.Content(mail, signature, key), key, answer),
        _ => throw new UnreachableException(),
    };
}
