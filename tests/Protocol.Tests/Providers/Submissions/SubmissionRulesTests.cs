using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using static ActionMail.Protocol.Tests.Fixtures;
using static ActionMail.Protocol.Tests.Providers.Submissions.GoldenSubmission;

namespace ActionMail.Protocol.Tests.Providers.Submissions;

/// <summary>dashboard.md "The submission": what each scope keeps, and each rule of a field with one mutation of the golden submission.</summary>
public sealed class SubmissionRulesTests
{
    [Fact]
    public void The_golden_submission_is_taken_whole_and_canonical()
    {
        var content = Valid(Submission).Content;

        Assert.Equal("Contoso Approvals", content.Name);
        Assert.Equal("Logo-l", content.Logo);
        Assert.Equal([EcKey.Jwk], content.Keys);
        Assert.Equal((Application, $"api://auth-am-{O1}/{Application}"), (content.AppId, content.AppIdUri));
        Assert.Equal(new("Lynne Robbins", "lynne@contoso.test", "+44 20 7946 0123"), content.Contact);
        Assert.Equal("https://contoso.test/", content.Publisher?.Website);
        Assert.Equal((400, "Screenshot-s"), (content.Scenario?.DailyVolume, content.Scenario?.Screenshot));
        Assert.Equal("1. Press Approve.\n2. See the new card.", content.Verification?.Steps);
        Assert.Equal(["Logo-l", "Screenshot-s"], Valid(Submission).Images.Select(image => image.Sha256));
    }

    [Theory]
    [InlineData(ProviderScope.TestUsers, true, false)]
    [InlineData(ProviderScope.Organization, false, false)]
    [InlineData(ProviderScope.Global, false, true)]
    public void What_the_scope_does_not_need_is_not_stored(ProviderScope scope, bool testUsers, bool sections)
    {
        var valid = Valid(Submission with { Scope = scope });

        Assert.Equal(testUsers, !valid.Content.TestUsers.IsEmpty);
        Assert.Equal(sections, valid.Content is { Contact: not null, Publisher: not null, Scenario: not null, Verification: not null });
        Assert.Equal(!sections, valid.Content is { Contact: null, Publisher: null, Scenario: null, Verification: null });
        Assert.Equal(sections ? 2 : 1, valid.Images.Length);
    }

    [Fact]
    public void What_the_scope_does_not_need_is_not_judged_either() =>
        Valid(Submission with { Scope = ProviderScope.Organization, TestUsers = ["*"], Contact = null, Publisher = new() { Website = "javascript:alert(1)" }, Scenario = null, Verification = null });

    [Fact]
    public void A_legacy_token_needs_no_application() =>
        Assert.Equal((null, null), Valid(Submission with { TokenProfile = null, AppId = "x", AppIdUri = "y" }).Content is var content ? (content.AppId, content.AppIdUri) : default);

    [Fact]
    public void An_empty_submission_is_told_everything_at_once()
    {
        var fields = Invalid(new() { Scope = ProviderScope.Global }).Errors.Select(error => (error.Field, error.Code));

        Assert.Equal(
            [.. new[]
            {
                "name", "senders", "targets", "contact.name", "contact.email", "contact.phone", "publisher.name", "publisher.website", "publisher.support",
                "publisher.privacy", "publisher.terms", "scenario.description", "scenario.dailyVolume", "scenario.sampleCard", "verification.steps",
            }.Select(field => (field, SubmissionCode.Required))],
            fields);
        Assert.Equal(["name", "senders", "targets", "scope"], Invalid(new()).Errors.Select(error => error.Field));
    }

    [Fact]
    public void Errors_are_grouped_by_field_and_entries_by_their_own()
    {
        var byField = Invalid(Submission with { Senders = ["actions@contoso.test", "@contoso.test", "x"], Name = "" }).ByField();

        Assert.Equal(["name", "senders[1]", "senders[2]"], byField.Keys);
        Assert.All(byField.Values, words => Assert.NotEmpty(Assert.Single(words)));
    }

    public static TheoryData<string, string, string> Refused() => new()
    {
        { "no name", "name", "required" },
        { "a name of 101 characters", "name", "too_long" },
        { "a line break in the name", "name", "invisible_characters" },
        { "a direction override in the name", "name", "invisible_characters" },
        { "a zero-width space in the name", "name", "invisible_characters" },
        { "a Hangul filler in the name", "name", "invisible_characters" },
        { "a variation selector in the name", "name", "invisible_characters" },
        { "half a surrogate pair in the name", "name", "invisible_characters" },
        { "a logo that is none", "logo", "image_rejected" },
        { "a logo that is not stored", "logo", "image_rejected" },
        { "101 senders", "senders", "too_many" },
        { "an empty sender", "senders[0]", "required" },
        { "*@contoso.test", "senders[0]", "not_one_address" },
        { "@contoso.test", "senders[0]", "not_one_address" },
        { "contoso.test", "senders[0]", "not_one_address" },
        { "a sender with a display name", "senders[0]", "malformed" },
        { "a private key", "keys[0]", "key_rejected:" },
        { "another provider's key", "keys[0]", "key_rejected:taken" },
        { "the platform's key", "keys[0]", "key_rejected:platform" },
        { "no application", "appId", "required" },
        { "an application that is no GUID", "appId", "malformed" },
        { "an App ID URI of one's own", "appIdUri", "not_generated" },
        { "no scope", "scope", "required" },
        { "a scope that is none", "scope", "required" },
        { "a token profile that is none", "tokenProfile", "malformed" },
        { "a stranger as test user", "testUsers[0]", "not_a_colleague" },
        { "a contact whose address breaks a header", "contact.email", "malformed" },
        { "a contact whose name breaks a header", "contact.name", "invisible_characters" },
        { "a short phone number", "contact.phone", "malformed" },
        { "letters for a phone number", "contact.phone", "malformed" },
        { "javascript for a web site", "publisher.website", "malformed" },
        { "plain http for the terms", "publisher.terms", "malformed" },
        { "a word for support", "publisher.support", "malformed" },
        { "a description of 4001 characters", "scenario.description", "too_long" },
        { "a control character in the steps", "verification.steps", "invisible_characters" },
        { "a volume in words", "scenario.dailyVolume", "malformed" },
        { "a volume of none", "scenario.dailyVolume", "malformed" },
        { "a card that is no JSON", "scenario.sampleCard", "card_unreadable" },
        { "a card of ten megabytes", "scenario.sampleCard", "too_long" },
        { "a screenshot that is none", "scenario.screenshot", "image_rejected" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void One_mutation_is_one_error(string why, string field, string code)
    {
        var error = Assert.Single(Invalid(Mutated(why), Context with { HolderOfKey = HolderIn(why), IsColleague = address => address != Bob }).Errors);

        Assert.Equal(field, error.Field);
        Assert.StartsWith(code, error.Code, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Words, char.IsControl);
        Assert.EndsWith(".", error.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("✈\uFE0F Contoso", "Character 2 (U+FE0F) cannot be seen")]
    [InlineData("Con\u200Btoso", "Character 4 (U+200B) cannot be seen")]
    [InlineData("😀 x\u202Ey", "Character 4 (U+202E) cannot be seen")]
    public void What_cannot_be_seen_in_a_name_is_told_by_its_place(string name, string words) =>
        Assert.StartsWith(words, Assert.Single(Invalid(Submission with { Name = name }).Errors).Words, StringComparison.Ordinal);

    // An attribute cannot hold it.
    [Fact]
    public void Half_a_surrogate_pair_is_told_by_its_place_too() =>
        Assert.StartsWith("Character 8 (U+D83D)", Assert.Single(Invalid(Mutated("half a surrogate pair in the name")).Errors).Words, StringComparison.Ordinal);

    [Fact]
    public void Other_scripts_and_emoji_are_fine_in_a_name()
    {
        foreach (var name in new[] { "Ærø Bådservice 2", "コントソ承認", "Контосо Согласования", "קונטוסו", "Zoë & Søn (EU)", "🛒 Shop" })
            Assert.Equal(name, Valid(Submission with { Name = name }).Content.Name);
    }

    [Fact]
    public void A_stored_image_may_be_kept()
    {
        var valid = Valid(Submission with { Logo = new() { Sha256 = "abc" }, Scenario = Submission.Scenario! with { Screenshot = null } }, Context with { StoredImages = ["abc"] });

        Assert.Equal(("abc", 0), (valid.Content.Logo, valid.Images.Length));
    }

    [Fact]
    public void The_operator_is_not_asked_what_only_a_reviewer_would_read()
    {
        var operators = Context with { Author = SubmissionAuthor.Operator };
        var file = Submission with { Contact = null, Publisher = null, Scenario = null, Verification = null, AppId = null, AppIdUri = "api://lunch" };

        Assert.Equal("api://lunch", Valid(file, operators).Content.AppIdUri);
        Assert.Equal("appIdUri", Assert.Single(Invalid(file with { AppIdUri = "no uri" }, operators).Errors).Field);
        Assert.Equal("appId", Assert.Single(Invalid(file with { AppIdUri = null }, operators).Errors).Field);
    }

    [Theory]
    [InlineData("low volume", "scenario.dailyVolume", "low_volume")]
    [InlineData("another originator", "scenario.sampleCard", "other_originator")]
    [InlineData("a sender in use", "senders[0]", "sender_in_use")]
    [InlineData("a name in two scripts", "name", "confusable_name")]
    public void What_is_worth_knowing_stops_nothing(string why, string field, string code)
    {
        var scenario = Submission.Scenario!;
        var submission = why switch
        {
            "low volume" => Submission with { Scenario = scenario with { DailyVolume = "3" } },
            "another originator" => Submission with { Scenario = scenario with { SampleCard = GoldenCard.Replace(O1, O2, StringComparison.Ordinal) } },
            "a name in two scripts" => Submission with { Name = "Соntoso" },
            _ => Submission,
        };

        Assert.DoesNotContain(Valid(Submission).Warnings, warning => warning.Code == code);
        Assert.Contains(Valid(submission, Context with { IsSenderInUse = _ => true }).Warnings, warning => (warning.Field, warning.Code) == (field, code));
    }

    [Theory]
    [InlineData("a@x.test; b@x.test;", "a@x.test|b@x.test")]
    [InlineData(" a@x.test,\r\nb@x.test\n\n", "a@x.test|b@x.test")]
    [InlineData(null, "")]
    public void Lists_are_typed_with_semicolons_commas_or_lines(string? typed, string entries) => Assert.Equal(entries, string.Join('|', SubmittedLists.Split(typed)));

    private static Func<string, KeyHolder> HolderIn(string why) => _ => why switch
    {
        "another provider's key" => KeyHolder.OtherProvider,
        "the platform's key" => KeyHolder.Platform,
        _ => KeyHolder.Nobody,
    };

    private static ProviderSubmission Mutated(string why)
    {
        var (contact, publisher, scenario) = (Submission.Contact!, Submission.Publisher!, Submission.Scenario!);
        return why switch
        {
            "no name" => Submission with { Name = " " },
            "a name of 101 characters" => Submission with { Name = new('x', 101) },
            "a line break in the name" => Submission with { Name = "Contoso\r\nBcc: x@evil.test" },
            "a direction override in the name" => Submission with { Name = "Contoso \u202Etest" },
            "a zero-width space in the name" => Submission with { Name = "Con\u200Btoso" },
            "a Hangul filler in the name" => Submission with { Name = "Contoso\u3164x" },
            "a variation selector in the name" => Submission with { Name = "Contoso\uFE0F" },
            "half a surrogate pair in the name" => Submission with { Name = "Contoso\uD83D" },
            "a logo that is none" => Submission with { Logo = new() { Bytes = "bad"u8.ToArray() } },
            "a logo that is not stored" => Submission with { Logo = new() { Sha256 = "abc" } },
            "101 senders" => Submission with { Senders = [.. Enumerable.Range(0, 101).Select(i => $"a{i}@contoso.test")] },
            "an empty sender" => Submission with { Senders = [""] },
            "*@contoso.test" or "@contoso.test" or "contoso.test" => Submission with { Senders = [why] },
            "a sender with a display name" => Submission with { Senders = ["Contoso <actions@contoso.test>"] },
            "a private key" => Submission with { Keys = [K1.ExportPkcs8PrivateKeyPem()] },
            "another provider's key" or "the platform's key" => Submission,
            "no application" => Submission with { AppId = null },
            "an application that is no GUID" => Submission with { AppId = "my app" },
            "an App ID URI of one's own" => Submission with { AppIdUri = $"api://auth-am-{O2}/{Application}" },
            "no scope" => Submission with { Scope = null },
            "a scope that is none" => Submission with { Scope = (ProviderScope)7 },
            "a token profile that is none" => Submission with { TokenProfile = (TokenProfile)7 },
            "a stranger as test user" => Submission with { Scope = ProviderScope.TestUsers, TestUsers = [Bob.ToString()] },
            "a contact whose address breaks a header" => Submission with { Contact = contact with { Email = "\"a\r\nRCPT TO:<x@evil.test>\"@contoso.test" } },
            "a contact whose name breaks a header" => Submission with { Contact = contact with { Name = "a\r\nBcc: x@evil.test" } },
            "a short phone number" => Submission with { Contact = contact with { Phone = "12345" } },
            "letters for a phone number" => Submission with { Contact = contact with { Phone = "call 5551234567" } },
            "javascript for a web site" => Submission with { Publisher = publisher with { Website = "javascript:alert(1)" } },
            "plain http for the terms" => Submission with { Publisher = publisher with { Terms = "http://contoso.test/terms" } },
            "a word for support" => Submission with { Publisher = publisher with { Support = "call us" } },
            "a description of 4001 characters" => Submission with { Scenario = scenario with { Description = new('x', 4001) } },
            "a control character in the steps" => Submission with { Verification = new() { Steps = "a\0b" } },
            "a volume in words" => Submission with { Scenario = scenario with { DailyVolume = "a lot" } },
            "a volume of none" => Submission with { Scenario = scenario with { DailyVolume = "0" } },
            "a card that is no JSON" => Submission with { Scenario = scenario with { SampleCard = "{" } },
            "a card of ten megabytes" => Submission with { Scenario = scenario with { SampleCard = new string(' ', 10_000_000) + GoldenCard } },
            "a screenshot that is none" => Submission with { Scenario = scenario with { Screenshot = new() { Bytes = "bad"u8.ToArray() } } },
            _ => throw new ArgumentOutOfRangeException(nameof(why), why, null),
        };
    }
}
