using System.Text;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using static ActionMail.Protocol.Tests.Fixtures;

namespace ActionMail.Protocol.Tests.Actions;

/// <summary>Security D-05, F-06 to F-08, H-01: what held on arrival is asked again, and an answer cannot widen its power.</summary>
public sealed class ActionRulesTests
{
    private static readonly ClickContext Golden = new(Card(GoldenCard), 1, 1, Sender, Noon, Owner(Alice)) { Provider = P1, SigningKey = Key(K1).Thumbprint };

    [Fact]
    public void The_golden_click_is_allowed() => Assert.Equal(Alice, Assert.IsType<ClickVerdict.Allowed>(ActionRules.Judge(Golden, Noon)).ActorAddress);

    public static TheoryData<string, ClickRefusal> Refusals() => new()
    {
        { "old version", ClickRefusal.CardChanged },
        { "31 days later", ClickRefusal.CardExpired },
        { "cards off for the organization", ClickRefusal.CardsOffOrganization },
        { "cards off for alice", ClickRefusal.CardsOffRecipient },
        { "alice stopped the provider", ClickRefusal.SenderStopped },
        { "provider gone", ClickRefusal.ProviderSuspended },
        { "provider suspended", ClickRefusal.ProviderSuspended },
        { "key removed", ClickRefusal.ProviderKeyRevoked },
        { "sender removed", ClickRefusal.OriginatorSenderMismatch },
        { "scope shrunk", ClickRefusal.ScopeDenied },
        { "target removed", ClickRefusal.TargetDenied },
        { "another organization", ClickRefusal.ScopeDenied },
        { "expects bob", ClickRefusal.NotExpectedActor },
        { "expects a look-alike", ClickRefusal.NotExpectedActor },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Each_change_since_is_refused(string what, ClickRefusal refusal)
    {
        var now = what == "31 days later" ? Noon.AddDays(31) : Noon;
        var click = what switch
        {
            "old version" => Golden with { CardVersion = 2 },
            "cards off for the organization" => Golden with { Actor = Owner(Alice) with { OrganizationHasCardsOff = true } },
            "cards off for alice" => Golden with { Actor = Owner(Alice) with { HasCardsOff = true } },
            "alice stopped the provider" => Golden with { Actor = Owner(Alice) with { HasStopped = id => id == O1 } },
            "provider gone" => Golden with { Provider = null },
            "provider suspended" => Golden with { Provider = P1 with { State = ProviderState.Suspended } },
            "key removed" => Golden with { Provider = P1 with { Keys = [Key(K2)] } },
            "sender removed" => Golden with { Provider = P1 with { Senders = [] } },
            "scope shrunk" => Golden with { Provider = P1 with { Scope = ProviderScope.TestUsers, TestUsers = [Bob] } },
            "target removed" => Golden with { Provider = P1 with { Targets = [Target("https://other.contoso.test")] } },
            "another organization" => Golden with { Actor = new(T2, [Alice], _ => false) },
            "expects bob" => Golden with { Card = Expecting("bob@t1.test") },
            "expects a look-alike" => Golden with { Card = Expecting("аlice@t1.test") },
            _ => Golden,
        };

        Assert.Equal(refusal, Assert.IsType<ClickVerdict.Refused>(ActionRules.Judge(click, now)).Refusal);
    }

    [Fact]
    public void Who_stopped_another_provider_may_click() =>
        Assert.IsType<ClickVerdict.Allowed>(ActionRules.Judge(Golden with { Actor = Owner(Alice) with { HasStopped = id => id == O2 } }, Noon));

    [Fact]
    public void A_self_test_obeys_the_switches_too()
    {
        var selfTest = Golden with { IsSelfTest = true, Provider = null };

        Assert.IsType<ClickVerdict.Allowed>(ActionRules.Judge(selfTest, Noon));
        var off = ActionRules.Judge(selfTest with { Actor = Owner(Alice) with { HasCardsOff = true } }, Noon);
        Assert.Equal(ClickRefusal.CardsOffRecipient, Assert.IsType<ClickVerdict.Refused>(off).Refusal);
    }

    [Fact]
    public void Expected_actors_choose_among_the_actors_own_addresses()
    {
        var alias = EmailAddress.Parse("a.smith@t1.test");
        var click = Golden with { Actor = Owner(Alice, alias), Card = Expecting("bob@t1.test\",\"A.Smith@T1.test") };

        Assert.Equal(alias, Assert.IsType<ClickVerdict.Allowed>(ActionRules.Judge(click, Noon)).ActorAddress);
    }

    [Theory]
    [InlineData("another provider's target", "https://api.contoso.test/approve", "https://hook.attacker.test/")]
    [InlineData("an unregistered host", "https://api.contoso.test/approve", "https://evil.test/")]
    [InlineData("another originator", O1, O2)]
    [InlineData("actors without the recipient", "\"version\"", "\"expectedActors\":[\"bob@t1.test\"],\"version\"")]
    [InlineData("no JSON", "{\"type\"", "<html>")]
    public void An_answers_card_passes_the_same_rules(string what, string from, string to)
    {
        Assert.IsType<ReplacementReading.Accepted>(Judge(GoldenCard));
        Assert.True(Judge(GoldenCard.Replace(from, to, StringComparison.Ordinal)) is ReplacementReading.Denied, what);
    }

    private static ReplacementReading Judge(string json) =>
        ReplacementCard.Judge(Encoding.UTF8.GetBytes(json), P1, Owner(Alice), UrlPolicy.HttpsOnly, CardLimits.Default);

    private static Card Expecting(string actors) => Card(GoldenCard.Replace("\"version\"", $"\"expectedActors\":[\"{actors}\"],\"version\"", StringComparison.Ordinal));
}
