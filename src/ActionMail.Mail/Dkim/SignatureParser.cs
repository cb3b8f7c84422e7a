using System.Text;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Dkim;

/// <summary>Reads a signature field by the table of its tags.</summary>
internal static class SignatureParser
{
    public static SignatureReading Parse(int index, HeaderField field, SignatureKind kind)
    {
        // RFC 6376 §3.5 has simple where c= is missing. RFC 8617 says nothing else, yet ARC's suite and those who seal take relaxed.
        var form = kind == SignatureKind.Dkim ? Canonicalization.Simple : Canonicalization.Relaxed;
        var signature = new SignatureField(index, field) { HeaderForm = form, BodyForm = form };
        if (!TagList.TryParse(field.Content, out var tags))
            return new SignatureReading.Refused(new(DkimFault.MalformedSignature, "the field is not a list of tags"), signature);
        foreach (var rule in SignatureTags.Rules)
        {
            if ((rule.In & kind) != 0 && rule.Judge(tags, kind, signature) is { } finding)
                return new SignatureReading.Refused(finding, signature);
        }
        signature.SignaturePlace = tags.PlaceOf("b"u8);
        if (kind == SignatureKind.Dkim && WrongWhole(signature) is { } wrong)
            return new SignatureReading.Refused(wrong, signature);
        return new SignatureReading.Read(signature);
    }

    // RFC 6376 §6.1.1: what one tag alone does not show.
    private static DkimFinding? WrongWhole(SignatureField signature)
    {
        if (!signature.SignedNames.Any(name => Ascii.EqualsIgnoreCase(name.Span, "from"u8)))
            return new(DkimFault.FromNotSigned, "From field not signed");
        if (signature.Identity is not null && signature.IdentityDomain != signature.Domain && !signature.IdentityDomain.IsSubdomainOf(signature.Domain))
            return new(DkimFault.IdentityOutsideDomain, $"domain mismatch: i={signature.Identity} is not in d={signature.Domain}");
        return null;
    }
}
