using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;
using static ActionMail.Protocol.Tests.Fixtures;

namespace ActionMail.Protocol.Tests.Verdicts;

/// <summary>The order of the rules around a good signature: message, provider, scope, recipient. Security D-01, D-03, D-04, C-06.</summary>
public sealed class CardDecisionTests
{
    private static readonly CardQuestion Golden = Question(Signed(Sign(Claims())));

    public static TheoryData<string, Reason> Inert() => new()
    {
        { "two From fields", Reason.FromMultiple },
        { "suspended", Reason.ProviderSuspended },
        { "test scope without alice", Reason.ScopeDenied },
        { "global scope without consent", Reason.ScopeDenied },
        { "recipient of another organization", Reason.ScopeDenied },
        { "cards off for the organization", Reason.CardsOffOrganization },
        { "cards off for alice", Reason.CardsOffRecipient },
        { "alice stopped the provider", Reason.SenderStopped },
        { "Bcc", Reason.RecipientNotAddressed },
        { "sender not registered", Reason.OriginatorSenderMismatch },
        { "two cards", Reason.CardAmbiguous },
        { "unreadable", Reason.CardMalformed },
        { "unsigned", Reason.SenderUnverified },
        { "an unsigned card that differs", Reason.CardAmbiguous },
    };

    [Theory]
    [MemberData(nameof(Inert))]
    public void Each_rule_makes_the_golden_card_inert_with_its_reason(string what, Reason reason)
    {
        var question = what switch
        {
            "two From fields" => Golden with { Message = Golden.Message with { From = null, Faults = [new(Reason.FromMultiple, CheckOutcome.Fail, "2 From fields")] } },
            "suspended" => Golden with { FindProvider = _ => P1 with { State = ProviderState.Suspended } },
            "test scope without alice" => Golden with { FindProvider = _ => P1 with { Scope = ProviderScope.TestUsers, TestUsers = [Bob] } },
            "global scope without consent" => Golden with { FindProvider = _ => P1 with { Scope = ProviderScope.Global } },
            "recipient of another organization" => Golden with { Recipient = new(T2, [Alice], _ => false) },
            "cards off for the organization" => Golden with { Recipient = Owner(Alice) with { OrganizationHasCardsOff = true, HasCardsOff = true } },
            "cards off for alice" => Golden with { Recipient = Owner(Alice) with { HasCardsOff = true, HasStopped = _ => true } },
            "alice stopped the provider" => Golden with { Recipient = Owner(Alice) with { HasStopped = id => id == O1 } },
            "Bcc" => Golden with { Message = Golden.Message with { VisibleRecipients = [Bob] } },
            "sender not registered" => Golden with { FindProvider = _ => P1 with { Senders = [Bob] } },
            "two cards" => Golden with { Carried = new CarriedCard.Ambiguous("two scripts") },
            "unreadable" => Golden with { Carried = new CarriedCard.Unreadable("charset") },
            "unsigned" => Golden with { Carried = Unsigned },
            "an unsigned card that differs" => Golden with { Carried = Signed(Sign(Claims())) with { UnsignedCopy = GoldenCard.Replace("Please", "Do not", StringComparison.Ordinal) } },
            _ => Golden,
        };

        Assert.Equal(CardState.Active, CardDecision.Decide(Golden).State);
        var decision = CardDecision.Decide(question);
        Assert.Equal((CardState.Inert, (Reason?)reason), (decision.State, decision.Reason));
    }

    [Fact]
    public void A_mail_without_a_card_has_no_reason() =>
        Assert.Equal((CardState.None, null), (CardDecision.Decide(Golden with { Carried = new CarriedCard.None() }).State, CardDecision.Decide(Golden with { Carried = new CarriedCard.None() }).Reason));

    [Fact]
    public void A_signed_card_wins_over_an_unsigned_copy_of_the_same() =>
        Assert.Equal(CardState.Active, CardDecision.Decide(Golden with { Carried = Signed(Sign(Claims())) with { UnsignedCopy = "  " + GoldenCard } }).State);

    [Theory]
    [InlineData(ProviderScope.Global)]
    [InlineData(ProviderScope.TestUsers)]
    public void Other_scopes_cover_whom_they_name(ProviderScope scope) =>
        Assert.Equal(CardState.Active, CardDecision.Decide(Golden with
        {
            FindProvider = _ => P1 with { Scope = scope, TestUsers = [Alice] },
            Recipient = new(T1, [Alice], id => id == O1),
        }).State);

    [Fact]
    public void The_originator_is_found_whatever_the_case_of_its_letters()
    {
        var provider = Provider("abcdef00-1111-4111-8111-111111111111", "Letters", "actions@contoso.test", "https://api.contoso.test", K1);
        var claims = Claims(GoldenCard.Replace(O1, "ABCDEF00-1111-4111-8111-111111111111", StringComparison.Ordinal));
        claims["originator"] = "ABCDEF00-1111-4111-8111-111111111111";

        Assert.Equal(CardState.Active, CardDecision.Decide(Question(Signed(Sign(claims))) with { FindProvider = id => id == provider.Id ? provider : null }).State);
    }

    [Theory]
    [InlineData("the only recipient", true, "alice@t1.test", "alice@t1.test")]
    [InlineData("not submitted by alice", false, null, "alice@t1.test")]
    [InlineData("submitted by bob", false, "bob@t1.test", "alice@t1.test")]
    [InlineData("somebody else is in To", false, "alice@t1.test", "alice@t1.test,bob@t1.test")]
    public void A_card_to_oneself_is_a_self_test_only_for_its_submitter(string why, bool selfTest, string? submitter, string to)
    {
        var decision = CardDecision.Decide(new(
            new() { From = Alice, VisibleRecipients = [.. to.Split(',').Select(EmailAddress.Parse)] }, Unsigned, Owner(Alice), Noon)
        {
            FindProvider = Find,
            AuthenticatedSubmitter = submitter is null ? null : EmailAddress.Parse(submitter),
        });

        Assert.True(selfTest == decision.IsSelfTest, why);
        Assert.Equal(selfTest ? CardState.Active : CardState.Inert, decision.State);
        // The page lists each check that would fail for anybody else.
        Assert.Contains(decision.Checks, check => check is { Code: Reason.SenderUnverified, Outcome: CheckOutcome.Fail });
    }

    private static CarriedCard.Unsigned Unsigned => new(CardKind.AdaptiveCard, CarriageForm.Script, GoldenCard);

    [Fact]
    public void Every_reason_has_an_entry_and_a_code_of_its_own()
    {
        var codes = Enum.GetValues<Reason>().Select(reason => reason.Code()).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code => Assert.True(ReasonCatalog.TryParse(code, out var reason) && reason.Code() == code));
        Assert.All(Enum.GetValues<Reason>(), reason => Assert.Equal(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()), reason.Code()));
    }
}
