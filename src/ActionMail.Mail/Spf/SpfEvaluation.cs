using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Spf;

/// <summary>Sender Policy Framework: whether a client may send in the name of a domain. RFC 7208.</summary>
public static class SpfEvaluation
{
    /// <summary>
    /// One step: the result, or the questions whose answers it takes. It starts anew from the answers each time, so that the same answers have the same result.
    /// </summary>
    public static DnsStep<SpfResult> Next(SpfQuery query, DnsAnswers known)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(known);
        var sender = SpfSender.Of(query);
        var lookups = new SpfLookups(known);
        var result = sender.Domain == default
            ? new SpfResult(SpfOutcome.None, sender.Identity, default) { Problem = "there is no domain to ask" }
            : Judge(sender, lookups);
        return result is null ? new DnsStep<SpfResult>.Ask(lookups.Missing) : new DnsStep<SpfResult>.Done(result with { Asked = lookups.Asked });
    }

    private static SpfResult? Judge(SpfSender sender, SpfLookups lookups)
    {
        var check = new SpfCheck(sender, lookups);
        if (check.Judge(sender.Domain) is not { } verdict)
            return null;
        var result = new SpfResult(verdict.Outcome, sender.Identity, sender.Domain)
        {
            Mechanism = verdict.Mechanism,
            Record = verdict.Record?.Text,
            Problem = verdict.Problem,
        };
        if (verdict is not { Outcome: SpfOutcome.Fail, Record.Explanation: { } text })
            return result;
        if (SpfExplanation.Find(text, verdict.Domain, lookups, check.Macros) is not { } explanation)
            return null;
        return result with { Explanation = explanation is "" ? null : explanation };
    }
}
