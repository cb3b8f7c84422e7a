using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Consent;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Intake;

/// <summary>Decides about one recipient's copy of a mail, by what this installation and the recipient's organization demand.</summary>
internal sealed class CopyDecisions(
    AddressBook addresses, ProviderRegistry providers, Recipients recipients, IOptions<ServerOptions> server, IOptions<SenderOptions> senders, IOptions<CardLimits> limits)
{
    public DecidedCopy Decide(MessageFacts facts, CarriedCard carried, Person owner, DateTimeOffset arrivedAt, EmailAddress? submitter)
    {
        var policy = senders.Value.Policy.For(addresses.DemandOf(owner.OrganizationId));
        var sender = SenderVerdict.ForUnsignedCard(facts.Sender, policy);
        var decision = CardDecision.Decide(Question(facts, carried, recipients.Of(owner), arrivedAt) with { SenderPolicy = policy, AuthenticatedSubmitter = submitter });
        return new(
            owner,
            // A mail without a card has a sender too, and its reader may ask how far it is proven.
            decision.State == CardState.None ? decision with { Checks = [.. facts.Faults, .. facts.From is null ? [] : sender.Checks] } : decision,
            facts.Faults.IsEmpty && (sender.Reason is null || decision is { State: CardState.Active, IsSelfTest: false }));
    }

    /// <summary>What would be decided for a recipient whom the scope covers, if a registration ran that does not yet.</summary>
    public CardDecision Try(MessageFacts facts, CarriedCard carried, ProviderRegistration registration, EmailAddress recipient, DateTimeOffset arrivedAt) =>
        CardDecision.Decide(Question(facts, carried, new(registration.OrganizationId, [recipient], _ => true), arrivedAt) with
        {
            FindProvider = id => string.Equals(id, registration.Id, StringComparison.Ordinal) ? registration : null,
        });

    private CardQuestion Question(MessageFacts facts, CarriedCard carried, Recipient recipient, DateTimeOffset arrivedAt) => new(facts, carried, recipient, arrivedAt)
    {
        FindProvider = providers.Find,
        Limits = limits.Value,
        UrlPolicy = server.Value.UrlPolicy,
        SenderPolicy = senders.Value.Policy,
    };
}
