using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Health;

namespace ActionMail.Server.Intake;

/// <summary>A mail that counts as a provider's own, and how surely it is from there.</summary>
internal sealed record CountedMail(ProviderRegistration Provider, MailAttribution Attribution)
{
    /// <summary>Null for a mail that counts for nobody: without a card of a registered provider, or not surely from it. A self-test is nobody's mail.</summary>
    public static CountedMail? Of(MessageFacts facts, IReadOnlyList<DecidedCopy> copies)
    {
        if (copies.FirstOrDefault(copy => copy.Decision is { Provider: not null, IsSelfTest: false })?.Decision.Provider is not { } provider || !facts.Faults.IsEmpty)
            return null;
        var isSigned = copies.Any(copy => copy.Decision.SigningKey is not null);
        return MailAttribution.Of(provider, facts.From, facts.Sender, isSigned) is { } attribution ? new(provider, attribution) : null;
    }

    /// <summary>Counts the copies that are new, in their transaction.</summary>
    public void Count(ActionMailDb db, IReadOnlyList<StoredCopy> stored, DateTimeOffset at)
    {
        if (stored.Count == 0)
            return;
        var counter = new HourCounter(db, Provider.OrganizationId, Provider.Id, at);
        counter.Add(new()
        {
            Mails = 1,
            Passed = One(Attribution.HasPass),
            Aligned = One(Attribution.IsAligned),
            OtherSenders = One(!Attribution.IsRegisteredSender),
            Deliveries = stored.Count,
            Active = stored.Count(copy => copy.State == CardState.Active),
        });
        foreach (var inert in stored.Where(copy => copy.Reason is not null).GroupBy(copy => copy.Reason!.Value))
            counter.Add(HourDetail.Reason, inert.Key.Code(), inert.Count());
    }

    private static int One(bool holds) => holds ? 1 : 0;
}
