using System.Collections.Immutable;
using System.Text;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Dkim;

/// <summary>Which fields of a header a signature covers. RFC 6376 §5.4.2.</summary>
internal static class SignedFields
{
    /// <summary>
    /// The fields in the order of signing: each name in <c>h=</c> takes the lowest field of that name that was not taken yet, and a name without
    /// one takes nothing: it seals that there is none. The signature's own field is never among them.
    /// </summary>
    public static List<HeaderField> Of(SignedMail mail, SignatureField signature)
    {
        var taken = new bool[mail.Fields.Length];
        var fields = new List<HeaderField>(signature.SignedNames.Count);
        Take(mail, signature, taken, fields);
        return fields;
    }

    /// <summary>The names, in lower case, of which at least one field is not covered.</summary>
    public static ImmutableArray<string> NotCovered(SignedMail mail, SignatureField signature)
    {
        var taken = new bool[mail.Fields.Length];
        Take(mail, signature, taken, []);
        return [.. mail.Fields.Where((_, i) => !taken[i]).Select(field => Encoding.Latin1.GetString(field.WrittenName).ToLowerInvariant()).Distinct()];
    }

    private static void Take(SignedMail mail, SignatureField signature, bool[] taken, List<HeaderField> fields)
    {
        taken[signature.Index] = true;
        foreach (var name in signature.SignedNames)
        {
            var at = LowestFree(mail, name.Span, taken);
            if (at < 0)
                continue;
            taken[at] = true;
            fields.Add(mail.Fields[at]);
        }
    }

    private static int LowestFree(SignedMail mail, ReadOnlySpan<byte> name, bool[] taken)
    {
        var at = mail.Fields.Length - 1;
        while (at >= 0 && (taken[at] || !SignedMail.IsNamed(mail.Fields[at], name)))
            at--;
        return at;
    }
}
