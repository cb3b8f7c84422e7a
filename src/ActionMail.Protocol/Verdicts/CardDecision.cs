using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Signing;

namespace ActionMail.Protocol.Verdicts;

/// <summary>One question: may the card in this mail act for this recipient?</summary>
public sealed record CardQuestion(MessageFacts Message, CarriedCard Carried, Recipient Recipient, DateTimeOffset ArrivedAt)
{
    /// <summary>The registration with an originator id in lower case, or null.</summary>
    public required Func<string, ProviderRegistration?> FindProvider { get; init; }

    /// <summary>How large a card may be.</summary>
    public CardLimits Limits { get; init; } = CardLimits.Default;

    /// <summary>Which URLs may be called at all.</summary>
    public UrlPolicy UrlPolicy { get; init; } = UrlPolicy.HttpsOnly;

    /// <summary>What is demanded of the sender of an unsigned card. Protocol §2.</summary>
    public SenderPolicy SenderPolicy { get; init; } = SenderPolicy.Standard;

    /// <summary>
    /// The address that authenticated when it submitted the mail, or null. Where it is From and the only recipient the card shows as a self-test. Protocol §2.
    /// </summary>
    public EmailAddress? AuthenticatedSubmitter { get; init; }
}

/// <summary>
/// The decision about a message's card: its state, the one reason when it is not active, and every check in order with its evidence.
/// The whole of protocol §2 to §5 as it stands when a mail arrives, as a pure function.
/// </summary>
public sealed record CardDecision(CardState State, Reason? Reason, ImmutableArray<Check> Checks)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    /// <summary>The card, when it could be read and its sender is who the mail says.</summary>
    public Card? Card { get; init; }

    /// <summary>The provider that the card names, when it is registered.</summary>
    public ProviderRegistration? Provider { get; init; }

    /// <summary>The key that the card was signed with; null when it was not signed or the signature does not hold.</summary>
    public PublicKey? SigningKey { get; init; }

    /// <summary>The card's language, or null without a card.</summary>
    public CardKind? Kind { get; init; }

    /// <summary>Where it was found, or null without a card.</summary>
    public CarriageForm? Carriage { get; init; }

    /// <summary>Whether the card shows only because the recipient sent it to themselves.</summary>
    public bool IsSelfTest { get; init; }

    /// <summary>Decides. The checks go on after a failure where they still can, so that a sender mends everything at once.</summary>
    public static CardDecision Decide(CardQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var decision = question.Carried switch
        {
            CarriedCard.None => new CardDecision(CardState.None, null, []),
            CarriedCard.Ambiguous(var why) => Inert([.. question.Message.Faults, Fail(Verdicts.Reason.CardAmbiguous, why)]),
            CarriedCard.Unreadable(var why) => Inert([.. question.Message.Faults, Fail(Verdicts.Reason.CardMalformed, why)]),
            CarriedCard.Unsigned card => DecideUnsigned(card, question) with { Kind = card.Kind, Carriage = card.Form },
            CarriedCard.Signed card => DecideSigned(card, question) with { Kind = card.Kind, Carriage = card.Form },
            _ => throw new UnreachableException(),
        };
        return decision;
    }

    private static CardDecision DecideSigned(CarriedCard.Signed carried, CardQuestion question)
    {
        if (question.Message.From is not { } from || !question.Message.Faults.IsEmpty)
            return Inert(question.Message.Faults);
        var sender = SenderVerdict.ForSignedCard(question.Message.Sender, question.SenderPolicy);
        ImmutableArray<Check> before = [FromCheck(from), .. sender.Checks];
        var context = new SignedCardContext(from, question.Recipient, question.ArrivedAt, question.FindProvider);
        var decision = SignedCardVerification.Verify(carried.Jws, carried.Kind, context, question.Limits) switch
        {
            SignedCardResult.Failed failed => Inert([.. before, .. failed.Checks]) with { Provider = failed.Claimed },
            SignedCardResult.Verified verified when carried.UnsignedCopy is { } copy && !IsSameCard(copy, verified.CardJson, question.Limits) =>
                Inert([.. before, .. verified.Checks, Fail(Verdicts.Reason.CardAmbiguous, "the mail carries an unsigned card that differs from the signed one")]),
            SignedCardResult.Verified verified =>
                DecideCard(verified.CardJson, verified.Provider, from, [.. before, .. verified.Checks], question) with { SigningKey = verified.Key },
            _ => throw new UnreachableException(),
        };
        return sender.Reason is { } reason ? decision with { State = CardState.Inert, Reason = reason, Card = null } : decision;
    }

    private static CardDecision DecideUnsigned(CarriedCard.Unsigned carried, CardQuestion question)
    {
        if (question.Message.From is not { } from || !question.Message.Faults.IsEmpty)
            return Inert(question.Message.Faults);
        var sender = SenderVerdict.ForUnsignedCard(question.Message.Sender, question.SenderPolicy);
        var reading = Card.Read(carried.Json, question.Limits);
        if (reading is not CardReading.Read(var card))
            return Inert([FromCheck(from), .. sender.Checks, CardCheck(reading)], sender.Reason);
        var provider = card.Originator is { } originator ? question.FindProvider(originator.ToLowerInvariant()) : null;
        ImmutableArray<Check> rest =
        [
            DateCheck(question),
            CardCheck(reading),
            .. provider is null ? WithoutProvider(card, question) : Rules(provider, card, from, question),
            AddressedCheck(question),
        ];
        var isOwn = IsSelfTestOf(question, from);
        var off = isOwn ? FirstFailure([RecipientRules.Switches(question.Recipient, null)]) : null;
        var reason = off ?? sender.Reason ?? FirstFailure(rest);
        var isSelfTest = isOwn && off is null;
        var isActive = isSelfTest || reason is null;
        return new(isActive ? CardState.Active : CardState.Inert, isActive ? null : reason, [FromCheck(from), .. sender.Checks, .. rest])
        {
            Card = isActive || sender.Reason is null ? card : null,
            Provider = provider,
            IsSelfTest = isSelfTest,
        };
    }

    private static CardDecision DecideCard(string json, ProviderRegistration provider, EmailAddress from, ImmutableArray<Check> before, CardQuestion question)
    {
        var reading = Card.Read(json, question.Limits);
        if (reading is not CardReading.Read(var card))
            return Inert([.. before, CardCheck(reading)]) with { Provider = provider };
        ImmutableArray<Check> checks =
        [
            .. before,
            CardCheck(reading),
            OriginatorCheck(card, provider),
            .. Rules(provider, card, from, question),
            AddressedCheck(question),
        ];
        var reason = FirstFailure(checks);
        return new(reason is null ? CardState.Active : CardState.Inert, reason, checks) { Card = card, Provider = provider };
    }

    private static IEnumerable<Check> Rules(ProviderRegistration provider, Card card, EmailAddress from, CardQuestion question) =>
    [
        ProviderRules.Sender(provider, from),
        ProviderRules.State(provider),
        RecipientRules.Switches(question.Recipient, provider.Id),
        ProviderRules.Scope(provider, question.Recipient),
        ProviderRules.Targets(provider, card, question.UrlPolicy),
    ];

    private static IEnumerable<Check> WithoutProvider(Card card, CardQuestion question) =>
    [
        Fail(Verdicts.Reason.OriginatorUnknown, $"no provider '{card.Originator}' is registered"),
        RecipientRules.Switches(question.Recipient, null),
    ];

    // Security C-06: what was signed once may be sent again later by anybody. A signed card has its own iat.
    private static Check DateCheck(CardQuestion question) => question.Message.Date switch
    {
        null => Fail(Verdicts.Reason.Stale, "the mail has no Date that can be read"),
        { } date when question.ArrivedAt - date > MaxAge => Fail(Verdicts.Reason.Stale, $"the mail is dated {date:O}, more than {MaxAge.Days} days before it arrived"),
        { } date => Pass(Verdicts.Reason.Stale, $"the mail is dated {date:O}"),
    };

    // Protocol §3: the card's own originator, when present, equals the claim.
    private static Check OriginatorCheck(Card card, ProviderRegistration provider) =>
        card.Originator is not { } originator || string.Equals(originator, provider.Id, StringComparison.OrdinalIgnoreCase)
            ? Pass(Verdicts.Reason.OriginatorSenderMismatch, "the card names the provider that signed it")
            : Fail(Verdicts.Reason.OriginatorSenderMismatch, $"the card names the originator '{originator}', the signature is by {provider.Id}");

    private static Check AddressedCheck(CardQuestion question) =>
        question.Recipient.HasAny(question.Message.VisibleRecipients)
            ? Pass(Verdicts.Reason.RecipientNotAddressed, "the recipient is named in To or Cc")
            : Fail(Verdicts.Reason.RecipientNotAddressed, "the recipient is named neither in To nor in Cc");

    // No bypass for self-sent mail: only one who proved to be the sender, and is the one recipient, sees the card without the checks. Security D-04.
    private static bool IsSelfTestOf(CardQuestion question, EmailAddress from) =>
        question.AuthenticatedSubmitter == from
        && question.Recipient.Addresses.Contains(from)
        && question.Message.VisibleRecipients.All(address => address == from)
        && !question.Message.VisibleRecipients.IsEmpty;

    private static bool IsSameCard(string unsigned, string signed, CardLimits limits) =>
        StrictJson.Read(unsigned, limits.MaxJsonDepth) is JsonReading.Read(var left)
        && StrictJson.Read(signed, limits.MaxJsonDepth) is JsonReading.Read(var right)
        && JsonElement.DeepEquals(left, right);

    private static Check CardCheck(CardReading reading) => reading switch
    {
        CardReading.Read => Pass(Verdicts.Reason.CardMalformed, "the card reads as an Adaptive Card"),
        CardReading.Malformed(var pointer, var message) => Fail(Verdicts.Reason.CardMalformed, pointer.Length == 0 ? message : $"{pointer}: {message}"),
        CardReading.TooLarge(var message) => Fail(Verdicts.Reason.CardTooLarge, message),
        CardReading.Unsupported(var message) => Fail(Verdicts.Reason.CardUnsupported, message),
        _ => throw new UnreachableException(),
    };

    private static Check FromCheck(EmailAddress from) => Pass(Verdicts.Reason.FromMalformed, $"one From with one address, {from}");

    private static CardDecision Inert(ImmutableArray<Check> checks, Reason? reason = null) => new(CardState.Inert, reason ?? FirstFailure(checks), checks);

    private static Reason? FirstFailure(IEnumerable<Check> checks) => checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Fail)?.Code;

    private static Check Pass(Reason code, string evidence) => new(code, CheckOutcome.Pass, evidence);

    private static Check Fail(Reason code, string evidence) => new(code, CheckOutcome.Fail, evidence);
}
