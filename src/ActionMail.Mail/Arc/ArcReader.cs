using ActionMail.Mail.Dkim;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Arc;

/// <summary>Collects the ARC sets of a header and checks their structure. RFC 8617 §5.2, steps 1 and 3.</summary>
internal static class ArcReader
{
    /// <summary>RFC 8617 §4.2.1: a chain has at most so many sets.</summary>
    private const int MaxSets = 50;

    public static ArcReading Read(SignedMail mail)
    {
        var results = new Dictionary<int, HeaderField>();
        var messages = new Dictionary<int, SignatureField>();
        var seals = new Dictionary<int, SignatureField>();
        for (var i = 0; i < mail.Fields.Length; i++)
        {
            var field = mail.Fields[i];
            var wrong =
                SignedMail.IsNamed(field, "ARC-Authentication-Results"u8) ? AddResults(field, results)
                : SignedMail.IsNamed(field, "ARC-Message-Signature"u8) ? Add(SignatureParser.Parse(i, field, SignatureKind.ArcMessage), "ARC-Message-Signature", messages)
                : SignedMail.IsNamed(field, "ARC-Seal"u8) ? Add(SignatureParser.Parse(i, field, SignatureKind.ArcSeal), "ARC-Seal", seals)
                : null;
            if (wrong is not null)
                return new ArcReading.Broken(wrong);
        }
        if (results.Count + messages.Count + seals.Count == 0)
            return new ArcReading.Absent();
        return mail.IsOverLimit ? new ArcReading.Broken("the header is over the limits") : Assemble(results, messages, seals);
    }

    private static string? AddResults(HeaderField field, Dictionary<int, HeaderField> results)
    {
        if (!ArcInstance.TryRead(field.Content, out var instance, out _))
            return "an ARC-Authentication-Results field that does not begin with its instance";
        return results.TryAdd(instance, field) ? null : $"two ARC-Authentication-Results fields with i={instance}";
    }

    private static string? Add(SignatureReading reading, string name, Dictionary<int, SignatureField> signatures) => reading switch
    {
        SignatureReading.Read(var signature) => signatures.TryAdd(signature.Instance, signature) ? null : $"two {name} fields with i={signature.Instance}",
        SignatureReading.Refused(var finding, _) => $"{name}: {finding.Detail}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static ArcReading Assemble(
        Dictionary<int, HeaderField> results, Dictionary<int, SignatureField> messages, Dictionary<int, SignatureField> seals)
    {
        var sets = new List<ArcFields>();
        var count = Math.Max(results.Count, Math.Max(messages.Count, seals.Count));
        if (count > MaxSets)
            return new ArcReading.Broken($"{count} sets: at most {MaxSets} make a chain");
        for (var instance = 1; instance <= count; instance++)
        {
            if (!results.TryGetValue(instance, out var result) || !messages.TryGetValue(instance, out var message) || !seals.TryGetValue(instance, out var seal))
                return new ArcReading.Broken($"set {instance} is not whole");
            sets.Add(new(result, message, seal));
        }
        return WrongWord(sets) is { } why ? new ArcReading.Broken(why) : new ArcReading.Chain(sets);
    }

    // §5.2 steps 2 and 3: the oldest seal says none, each later one pass; fail ends every chain.
    private static string? WrongWord(IEnumerable<ArcFields> sets)
    {
        foreach (var set in sets)
        {
            if (set.Seal.ChainWord != (set.Instance == 1 ? ArcChainWord.None : ArcChainWord.Pass))
                return $"the seal of set {set.Instance} says cv={set.Seal.ChainWord.ToString().ToLowerInvariant()}";
        }
        return null;
    }
}
