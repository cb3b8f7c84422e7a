using System.Collections.Immutable;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Dkim;

/// <summary>The DKIM signatures of a mail, and which of them are tried.</summary>
internal static class SignatureList
{
    /// <summary>Signatures that cost a look-up and a verification each. Security C-09.</summary>
    public const int MaxTried = 5;

    public static ImmutableArray<SignatureReading> Of(SignedMail mail)
    {
        var readings = ImmutableArray.CreateBuilder<SignatureReading>();
        for (var i = 0; i < mail.Fields.Length; i++)
        {
            if (SignedMail.IsNamed(mail.Fields[i], "DKIM-Signature"u8))
                readings.Add(Read(i, mail));
        }
        return readings.Count > MaxTried ? Limited(readings, AuthorDomain(mail)) : readings.DrainToImmutable();
    }

    private static SignatureReading Read(int index, SignedMail mail) => mail.IsOverLimit
        ? new SignatureReading.Refused(new(DkimFault.HeaderTooLarge, "the header is over the limits"), new(index, mail.Fields[index]))
        : SignatureParser.Parse(index, mail.Fields[index], SignatureKind.Dkim);

    // Those of the author's own domain first: five of a stranger's on top must not hide the one that counts.
    private static ImmutableArray<SignatureReading> Limited(IReadOnlyList<SignatureReading> readings, DomainName author)
    {
        var tried = readings.OfType<SignatureReading.Read>()
            .OrderBy(reading => IsRelated(reading.Signature.Domain, author) ? 0 : 1)
            .Take(MaxTried)
            .ToHashSet();
        return [.. readings.Select(reading => reading is SignatureReading.Read read && !tried.Contains(read) ? NotTried(read.Signature) : reading)];
    }

    private static SignatureReading.Refused NotTried(SignatureField signature) =>
        new(new(DkimFault.NotTried, $"not tried: the mail has more than {MaxTried} signatures"), signature);

    private static bool IsRelated(DomainName signer, DomainName author) =>
        author != default && (signer == author || signer.IsSubdomainOf(author) || author.IsSubdomainOf(signer));

    private static DomainName AuthorDomain(SignedMail mail)
    {
        foreach (var field in mail.Fields)
        {
            var value = field.Value;
            if (field.Name == FieldName.From && Mailbox.TryTake(ref value, out var author) && DomainName.TryParse(author.AddressText.Split('@')[^1], out var domain))
                return domain;
        }
        return default;
    }
}
