using System.Reflection;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using static ActionMail.Protocol.Tests.Fixtures;
using static ActionMail.Protocol.Tests.Providers.Submissions.GoldenSubmission;

namespace ActionMail.Protocol.Tests.Providers.Submissions;

/// <summary>Security J-02: nothing that an approval would activate is missing from what the approver is shown.</summary>
public sealed class ContentDifferenceTests
{
    private static readonly RegisteredContent Running = Valid(Submission).Content;

    [Fact]
    public void The_same_content_has_no_difference() => Assert.Empty(ContentDifference.Between(Running, RegisteredContent.FromJson(Running.ToJson())));

    [Fact]
    public void Without_a_running_content_everything_is_added()
    {
        var differences = ContentDifference.Between(null, Running);

        Assert.All(differences, difference => Assert.Equal((DifferenceKind.Added, null), (difference.Kind, difference.Before)));
        Assert.Equal(["senders", "targets", "keys", "name"], differences.Select(difference => difference.Field).Take(4));
        Assert.Equal(22, differences.Length);
    }

    public static TheoryData<string, string> Changes() => new()
    {
        { "name", "Changed name: Contoso Approvals → Other" },
        { "logo", "Removed logo: Logo-l → " },
        { "senders", "Removed senders: actions@contoso.test → |Added senders:  → b@contoso.test|Added senders:  → c@contoso.test" },
        { "targets", "Added targets:  → https://two.contoso.test" },
        { "keys", $"Added keys:  → RSA 2048 bits, RS256, SHA-256 thumbprint {Key(K2).Thumbprint}" },
        { "token", $"Changed tokenProfile: entra → eat|Removed appId: {Application} → |Removed appIdUri: api://auth-am-{O1}/{Application} → " },
        { "phone", "Changed contact.phone: +44 20 7946 0123 → +1 555 010 0000" },
        { "support", "Changed publisher.support: help@contoso.test → https://contoso.test/help" },
        { "volume", "Changed scenario.dailyVolume: 400 → 4000" },
        { "steps", "Changed verification.steps: 1. Press Approve.\n2. See the new card. → Press." },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Each_change_is_told(string what, string expected) => Assert.Equal(expected, Told(ContentDifference.Between(Running, Changed(what))));

    [Fact]
    public void Another_order_is_another_content_and_is_told()
    {
        var two = Running with { Senders = ["a@contoso.test", "b@contoso.test"] };

        Assert.Equal("Changed senders: a@contoso.test; b@contoso.test → b@contoso.test; a@contoso.test",
            Told(ContentDifference.Between(two, two with { Senders = ["b@contoso.test", "a@contoso.test"] })));
    }

    [Fact]
    public void A_narrower_scope_tells_what_goes()
    {
        var narrowed = ContentDifference.Between(Running, Valid(Submission with { Scope = ProviderScope.TestUsers }).Content);

        Assert.Contains(new("scope", DifferenceKind.Changed, "global", "testUsers"), narrowed);
        Assert.Contains(new("testUsers", DifferenceKind.Added, null, "alice@t1.test"), narrowed);
        Assert.Equal(13, narrowed.Count(difference => difference.Kind == DifferenceKind.Removed));
    }

    [Fact]
    public void Every_member_of_the_content_has_its_row()
    {
        var rows = ContentDifference.Between(null, Running with { TestUsers = ["alice@t1.test"] }).Select(difference => difference.Field).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(PathsOf(typeof(RegisteredContent), "").Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> PathsOf(Type type, string before) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property =>
        {
            var path = before + char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            return property.PropertyType.Name.StartsWith("Registered", StringComparison.Ordinal) ? PathsOf(property.PropertyType, path + ".") : [path];
        });

    private static string Told(IEnumerable<ContentDifference> differences) =>
        string.Join('|', differences.Select(difference => $"{difference.Kind} {difference.Field}: {difference.Before} → {difference.After}"));

    private static RegisteredContent Changed(string what) => Valid(what switch
    {
        "name" => Submission with { Name = "Other" },
        "logo" => Submission with { Logo = null },
        "senders" => Submission with { Senders = ["b@contoso.test", "c@contoso.test"] },
        "targets" => Submission with { Targets = ["https://api.contoso.test", "https://two.contoso.test"] },
        "keys" => Submission with { Keys = [EcKey.Jwk, Key(K2).Jwk] },
        "token" => Submission with { TokenProfile = TokenProfile.Eat },
        "phone" => Submission with { Contact = Submission.Contact! with { Phone = "+1 555 010 0000" } },
        "support" => Submission with { Publisher = Submission.Publisher! with { Support = "https://contoso.test/help" } },
        "volume" => Submission with { Scenario = Submission.Scenario! with { DailyVolume = "4000" } },
        "steps" => Submission with { Verification = new() { Steps = "Press." } },
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    }).Content;
}
