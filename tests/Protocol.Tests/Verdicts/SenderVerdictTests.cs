using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Verdicts;
using ActionMail.Tests;
using CsCheck;
using static ActionMail.Protocol.Tests.Fixtures;

namespace ActionMail.Protocol.Tests.Verdicts;

/// <summary>Who is proven to have sent a mail, and what each failure is called. Protocol §2; security C-01 to C-08, C-12, C-15, C-22.</summary>
public sealed class SenderVerdictTests
{
    private static readonly DkimFact Signature = new(MechanismResult.Pass, SignatureFault.None, "contoso.test", "s1", IsAligned: true)
    {
        Algorithm = "rsa-sha256",
        RsaBits = 2048,
        SignedFields = ["from", "to", "subject", "date", "mime-version"],
    };

    private static readonly SpfFact Listed = new(MechanismResult.Pass, "contoso.test", IsAligned: true) { Evidence = "v=spf1 ip4:192.0.2.1 -all" };
    private static readonly DmarcFact Passed = new(MechanismResult.Pass, "reject", "contoso.test") { Evidence = "v=DMARC1; p=reject" };
    private static readonly DmarcFact Failed = Passed with { Result = MechanismResult.Fail };
    private static readonly DmarcFact Unpublished = new(MechanismResult.None);
    private static readonly SenderFacts Golden = new() { Dkim = [Signature], Spf = Listed, Dmarc = Passed, Questions = ["s1._domainkey.contoso.test TXT", "_dmarc.contoso.test TXT"] };
    private static readonly SenderFacts SignedAlone = Golden with { Spf = Listed with { Result = MechanismResult.SoftFail } };
    private static readonly SenderFacts ListedAlone = Golden with { Dkim = [] };
    private static readonly SenderFacts Nothing = SignedAlone with { Dkim = [], Dmarc = Failed };

    private static readonly ArcFact Vouched = new(MechanismResult.Pass, ["relay.t1.test"], [new("dkim", MechanismResult.Pass, "contoso.test", IsAligned: true)]);
    private static readonly SenderPolicy Trusting = SenderPolicy.Standard with { TrustedSealers = ["relay.t1.test"] };

    public static TheoryData<string, SenderFacts, Reason?, Reason?> Facts() => new()
    {
        { "everything", Golden, null, null },
        { "DKIM alone", SignedAlone, null, Reason.SpfNone },
        { "DKIM alone, without DMARC", SignedAlone with { Dmarc = Unpublished }, null, Reason.SpfNone },
        { "DKIM, and nobody knows the connecting address", SignedAlone with { Spf = null }, null, Reason.SpfNone },
        { "DKIM by the second signature", SignedAlone with { Dkim = [Signature with { Result = MechanismResult.Fail, Fault = SignatureFault.NotVerified }, Signature] }, null, Reason.SpfNone },
        { "SPF alone (C-12)", ListedAlone, null, Reason.SpfOnly },
        { "SPF alone, without DMARC", ListedAlone with { Dmarc = Unpublished }, Reason.SpfOnly, Reason.SpfOnly },
        { "SPF alone, with a DMARC record that cannot be applied", ListedAlone with { Dmarc = new(MechanismResult.PermError) }, Reason.SpfOnly, Reason.SpfOnly },
        { "SPF alone, beside a stranger's signature", ListedAlone with { Dkim = [Signature with { Domain = "esp.test", IsAligned = false }] }, null, Reason.SpfOnly },
        { "DKIM and SPF without DMARC", Golden with { Dmarc = Unpublished }, null, null },
        { "SPF for another domain", ListedAlone with { Spf = Listed with { Domain = "attacker.test", IsAligned = false }, Dmarc = Failed }, Reason.DkimNone, Reason.DkimNone },
        { "no signature (B-06)", Nothing, Reason.DkimNone, Reason.DkimNone },
        { "a broken signature (C-16)", With(Signature with { Result = MechanismResult.Fail, Fault = SignatureFault.NotVerified }), Reason.DkimFail, Reason.DkimFail },
        { "a stranger's signature", With(Signature with { Domain = "attacker.test", IsAligned = false }), Reason.DkimUnaligned, Reason.DkimUnaligned },
        { "a stranger's broken signature", With(Signature with { Domain = "attacker.test", IsAligned = false, Result = MechanismResult.Fail }), Reason.DkimFail, Reason.DkimFail },
        { "its own broken, a list's good", With(Signature with { Result = MechanismResult.Fail }, Signature with { Domain = "list.test", IsAligned = false }), Reason.DkimFail, Reason.DkimFail },
        { "l= (C-04)", With(Signature with { Result = MechanismResult.Policy, Fault = SignatureFault.PartialBody }), Reason.DkimPartialBody, Reason.DkimPartialBody },
        { "Subject not signed (C-05)", With(Signature with { SignedFields = ["from", "to", "date"] }), Reason.DkimHeaderUnsigned, Reason.DkimHeaderUnsigned },
        { "To not signed", With(Signature with { SignedFields = ["from", "subject", "date"] }), Reason.DkimHeaderUnsigned, Reason.DkimHeaderUnsigned },
        { "Date not signed", With(Signature with { SignedFields = ["from", "subject", "to"] }), Reason.DkimHeaderUnsigned, Reason.DkimHeaderUnsigned },
        { "Cc not signed", With(Signature) with { HasCc = true }, Reason.DkimHeaderUnsigned, Reason.DkimHeaderUnsigned },
        { "Cc signed", SignedAlone with { HasCc = true, Dkim = [Signature with { SignedFields = [.. Signature.SignedFields, "cc"] }] }, null, Reason.SpfNone },
        { "x= is over (C-07)", With(Signature with { Result = MechanismResult.Fail, Fault = SignatureFault.Expired }), Reason.DkimExpired, Reason.DkimExpired },
        { "t= is to come (C-07)", With(Signature with { Result = MechanismResult.Fail, Fault = SignatureFault.Future }), Reason.DkimFuture, Reason.DkimFuture },
        { "a key of 768 bits (C-08)", With(Signature with { Result = MechanismResult.Policy, Fault = SignatureFault.WeakKey, RsaBits = 768 }), Reason.DkimWeakKey, Reason.DkimWeakKey },
        { "a key of 1024 bits", Golden with { Dkim = [Signature with { RsaBits = 1024 }] }, null, Reason.DkimWeakKey },
        { "a key of 2047 bits", Golden with { Dkim = [Signature with { RsaBits = 2047 }] }, null, Reason.DkimWeakKey },
        { "an Ed25519 key", Golden with { Dkim = [Signature with { Algorithm = "ed25519-sha256", RsaBits = null }] }, null, null },
        { "a key in testing", With(Signature with { Result = MechanismResult.Neutral, Fault = SignatureFault.Testing }), Reason.DkimNone, Reason.DkimNone },
        { "the nearest of several failures", With(Signature with { Result = MechanismResult.Fail }, Signature with { SignedFields = ["from"] }, Signature with { Result = MechanismResult.Fail, Fault = SignatureFault.Expired }), Reason.DkimHeaderUnsigned, Reason.DkimHeaderUnsigned },
        { "DMARC fails whatever else passed", Golden with { Dmarc = Failed }, Reason.DmarcFail, Reason.DmarcFail },
        { "DMARC fails under p=none", Golden with { Dmarc = Failed with { Policy = "none" } }, Reason.DmarcFail, Reason.DmarcFail },
        { "DMARC cannot be asked for (C-03)", Golden with { Dmarc = new(MechanismResult.TempError) { Evidence = "SERVFAIL" } }, Reason.SenderUnverified, Reason.SenderUnverified },
        { "the key cannot be asked for (C-03)", With(Signature with { Result = MechanismResult.TempError, Fault = SignatureFault.NotVerified }), Reason.SenderUnverified, Reason.SenderUnverified },
        { "SPF cannot be asked for (C-03)", Nothing with { Spf = Listed with { Result = MechanismResult.TempError } }, Reason.SenderUnverified, Reason.SenderUnverified },
        { "SPF cannot be asked for, and DKIM is enough", SignedAlone with { Spf = Listed with { Result = MechanismResult.TempError } }, null, Reason.SenderUnverified },
        { "a stranger vouches (C-15)", Nothing with { Arc = Vouched with { Sealers = ["attacker.test"] } }, Reason.ArcUntrusted, Reason.ArcUntrusted },
        { "a stranger vouches for nothing of ours", Nothing with { Arc = Vouched with { Sealers = ["attacker.test"], Claims = [] } }, Reason.DkimNone, Reason.DkimNone },
    };

    [Theory]
    [MemberData(nameof(Facts))]
    public void The_facts_decide_under_each_policy(string why, SenderFacts facts, Reason? standard, Reason? strict)
    {
        var verdicts = new[] { SenderPolicy.Standard, SenderPolicy.Strict }.Select(policy => SenderVerdict.ForUnsignedCard(facts, policy)).ToList();

        Assert.True((standard, strict) == (verdicts[0].Reason, verdicts[1].Reason), $"{why}: {verdicts[0].Reason}, {verdicts[1].Reason}");
        // The reason is one that a failed check gives, and a proven sender leaves no failed check.
        Assert.All(verdicts, verdict => Assert.Equal(verdict.Reason is not null, verdict.Checks.Any(check => check.Outcome == CheckOutcome.Fail)));
        Assert.All(verdicts.Where(verdict => verdict.Reason is not null), verdict => Assert.Contains(verdict.Checks, check => check.Outcome == CheckOutcome.Fail && check.Code == verdict.Reason));
    }

    public static TheoryData<string, ArcFact, Reason?> Chains() => new()
    {
        { "the trusted relay says that DKIM passed", Vouched, null },
        { "it says that SPF passed", Vouched with { Claims = [new("spf", MechanismResult.Pass, "contoso.test", IsAligned: true)] }, null },
        { "it says that DKIM failed", Vouched with { Claims = [new("dkim", MechanismResult.Fail, "contoso.test", IsAligned: true)] }, Reason.DkimNone },
        { "it says that DKIM passed for somebody else", Vouched with { Claims = [new("dkim", MechanismResult.Pass, "attacker.test", IsAligned: false)] }, Reason.DkimNone },
        { "it says that DMARC passed, and nothing more", Vouched with { Claims = [new("dmarc", MechanismResult.Pass, "contoso.test", IsAligned: true)] }, Reason.DkimNone },
        { "the chain does not hold", Vouched with { Result = MechanismResult.Fail }, Reason.DkimNone },
        { "the chain began with a stranger", Vouched with { Sealers = ["attacker.test", "relay.t1.test"] }, Reason.ArcUntrusted },
        { "a stranger sealed last", Vouched with { Sealers = ["relay.t1.test", "attacker.test"] }, Reason.ArcUntrusted },
        { "a chain that nobody sealed", Vouched with { Sealers = [] }, Reason.DkimNone },
        { "a subdomain of the trusted one", Vouched with { Sealers = ["x.relay.t1.test"] }, Reason.ArcUntrusted },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void A_chain_counts_where_every_sealer_is_trusted(string why, ArcFact chain, Reason? expected)
    {
        Assert.True(expected == SenderVerdict.ForUnsignedCard(Nothing with { Arc = chain }, Trusting).Reason, why);
        Assert.NotNull(SenderVerdict.ForUnsignedCard(Nothing with { Arc = chain }, SenderPolicy.Standard).Reason);
    }

    [Theory]
    [InlineData("the signature alone", MechanismResult.None, null)]
    [InlineData("DMARC passes", MechanismResult.Pass, null)]
    [InlineData("DMARC fails (C-22)", MechanismResult.Fail, Reason.DmarcFail)]
    [InlineData("DMARC cannot be asked for", MechanismResult.TempError, Reason.SenderUnverified)]
    [InlineData("a record that cannot be applied", MechanismResult.PermError, null)]
    public void A_signed_card_is_its_own_proof_unless_DMARC_fails(string why, MechanismResult dmarc, Reason? expected)
    {
        var question = Question(Signed(Sign(Claims())));
        var decision = CardDecision.Decide(question with
        {
            Message = question.Message with { Sender = Nothing with { Dmarc = Failed with { Result = dmarc } } },
            SenderPolicy = SenderPolicy.Strict,
        });

        Assert.True(expected == decision.Reason, why);
        Assert.Equal(expected is null ? CardState.Active : CardState.Inert, decision.State);
        Assert.Equal(expected is null, decision.Card is not null);
    }

    [Theory]
    [InlineData("proven", "", null)]
    [InlineData("no signature", "unproven", Reason.DkimNone)]
    [InlineData("a Date of 30 days ago (C-06)", "stale", Reason.Stale)]
    [InlineData("no Date", "dateless", Reason.Stale)]
    [InlineData("an unknown originator", "unknown", Reason.OriginatorUnknown)]
    [InlineData("a provider that sends from elsewhere (D-01)", "elsewhere", Reason.OriginatorSenderMismatch)]
    [InlineData("Bcc", "bcc", Reason.RecipientNotAddressed)]
    [InlineData("no card at all in the script", "malformed", Reason.CardMalformed)]
    [InlineData("unproven and malformed", "unproven malformed", Reason.DkimNone)]
    public void An_unsigned_card_is_active_where_its_sender_is_proven(string why, string mutation, Reason? expected)
    {
        var json = mutation.Contains("malformed", StringComparison.Ordinal) ? "{" : GoldenCard;
        var question = Question(new CarriedCard.Unsigned(CardKind.AdaptiveCard, CarriageForm.Script, json));
        var message = question.Message with { Date = Noon.AddMinutes(-1), Sender = mutation.StartsWith("unproven", StringComparison.Ordinal) ? Nothing : Golden };
        question = mutation switch
        {
            "stale" => question with { Message = message with { Date = Noon.AddDays(-30) } },
            "dateless" => question with { Message = message with { Date = null } },
            "unknown" => question with { Message = message, FindProvider = _ => null },
            "elsewhere" => question with { Message = message, FindProvider = _ => P2 },
            "bcc" => question with { Message = message with { VisibleRecipients = [Bob] } },
            _ => question with { Message = message },
        };

        var decision = CardDecision.Decide(question);

        Assert.True(expected == decision.Reason, $"{why}: {decision.Reason}");
        Assert.Equal(expected is null ? CardState.Active : CardState.Inert, decision.State);
        Assert.True(expected is not null || decision is { Card: not null, Provider.Id: O1, SigningKey: null });
    }

    [Fact]
    public void The_record_shows_what_was_seen()
    {
        var evidence = string.Join('\n', SenderVerdict.ForUnsignedCard(Golden with { Dkim = [Signature with { RsaBits = 1024 }] }, SenderPolicy.Standard).Checks.Select(check => check.Evidence));

        Assert.All(
            ["d=contoso.test", "s=s1", "rsa-sha256", "1024 bits", "aligned", "v=spf1 ip4:192.0.2.1 -all", "mailfrom", "v=DMARC1; p=reject", "s1._domainkey.contoso.test TXT, _dmarc.contoso.test TXT"],
            (string seen) => Assert.Contains(seen, evidence, StringComparison.Ordinal));
    }

    [Fact]
    public void An_organization_may_demand_more_than_the_operator_and_not_less()
    {
        Assert.Equal(SenderDemand.Strict, SenderPolicy.Standard.For(SenderDemand.Strict).Demand);
        Assert.Equal(SenderDemand.Strict, SenderPolicy.Strict.For(SenderDemand.Standard).Demand);
        Assert.Equal(Trusting.TrustedSealers, Trusting.For(SenderDemand.Strict).TrustedSealers);
    }

    [Fact]
    public void Whatever_the_facts_a_DMARC_failure_carries_no_card_and_strict_allows_nothing_that_standard_does_not()
    {
        var result = Gen.Enum<MechanismResult>();
        var signature = Gen.Select(result, Gen.Enum<SignatureFault>(), Gen.Bool, Gen.Int[512, 4096]).Select((word, fault, aligned, bits) =>
            Signature with { Result = word, Fault = fault, IsAligned = aligned, RsaBits = bits });
        var facts = Gen.Select(signature.Array[0, 4], result, Gen.Bool, result, Gen.Bool).Select((dkim, spf, aligned, dmarc, cc) =>
            new SenderFacts { Dkim = [.. dkim], Spf = Listed with { Result = spf, IsAligned = aligned }, Dmarc = Passed with { Result = dmarc }, HasCc = cc });

        facts.SampleFixed(each =>
        {
            var standard = SenderVerdict.ForUnsignedCard(each, SenderPolicy.Standard).Reason;
            Assert.True(each.Dmarc.Result is not (MechanismResult.Fail or MechanismResult.TempError) || standard is not null);
            Assert.True(standard is null || SenderVerdict.ForUnsignedCard(each, SenderPolicy.Strict).Reason is not null);
            Assert.True(each.Dmarc.Result != MechanismResult.Fail || SenderVerdict.ForSignedCard(each, SenderPolicy.Standard).Reason == Reason.DmarcFail);
        }, seed: "0000KeyoLfA5", iter: 20_000);
    }

    private static SenderFacts With(params DkimFact[] signatures) => Nothing with { Dkim = [.. signatures] };
}
