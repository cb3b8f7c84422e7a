using System.Collections.Frozen;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Tests.Cards.Model;

public sealed class FallbackResolutionTests
{
    private static readonly HostCapabilities Host = new(new(1, 2))
    {
        Features = new Dictionary<string, CardVersion> { ["acmeTeamsCapability"] = new(1, 3) }.ToFrozenDictionary(),
        WithoutTypes = FrozenSet.Create("Media"),
    };

    // The card's parts that a reader sees, by id or text, in the order of the text.
    [Theory]
    [InlineData("a known type stands", "a", """{"type":"TextBlock","text":"a","fallback":{"type":"TextBlock","text":"b"}}""")]
    [InlineData("an unknown type gives way to its fallback", "b", """{"type":"Graph","text":"a","fallback":{"type":"TextBlock","text":"b"}}""")]
    [InlineData("a type newer than the client too", "b", """{"type":"Table","text":"a","fallback":{"type":"TextBlock","text":"b"}}""")]
    [InlineData("a type that the client does not show too", "b", """{"type":"Media","sources":[],"fallback":{"type":"TextBlock","text":"b"}}""")]
    [InlineData("an object without a type too", "b", """{"text":"a","fallback":{"type":"TextBlock","text":"b"}}""")]
    [InlineData("fallbacks chain", "c", """{"type":"Graph","fallback":{"type":"Chart","fallback":{"type":"TextBlock","text":"c"}}}""")]
    [InlineData("drop leaves nothing", "x", """{"type":"Graph","fallback":"drop"},{"type":"TextBlock","text":"x"}""")]
    [InlineData("drop in any case of letters", "a", """{"type":"Container","text":"a","fallback":{"type":"TextBlock","text":"o"},"items":[{"type":"Graph","fallback":"DROP"}]}""")]
    [InlineData("nothing to fall back to drops it alone", "x", """{"type":"Graph"},{"type":"TextBlock","text":"x"}""")]
    [InlineData("a word that is not drop is no fallback", "x", """{"type":"Graph","fallback":"keep"},{"type":"TextBlock","text":"x"}""")]
    [InlineData("it bubbles to the nearest fallback around it", "o", """{"type":"Container","fallback":{"type":"TextBlock","text":"o"},"items":[{"type":"TextBlock","text":"i"},{"type":"Graph"}]}""")]
    [InlineData("through parts without one", "o", """{"type":"Container","fallback":{"type":"TextBlock","text":"o"},"items":[{"type":"Container","items":[{"type":"Graph"}]},{"type":"TextBlock","text":"i"}]}""")]
    [InlineData("to the nearest and no further", "p,n", """{"type":"Container","fallback":{"type":"TextBlock","text":"o"},"items":[{"type":"TextBlock","text":"p"},{"type":"Container","fallback":{"type":"TextBlock","text":"n"},"items":[{"type":"Graph"}]}]}""", true)]
    [InlineData("from a fallback that cannot be shown", "o", """{"type":"Container","fallback":{"type":"TextBlock","text":"o"},"items":[{"type":"Graph","fallback":{"type":"Chart"}}]}""")]
    [InlineData("an outer fallback that cannot be shown either", "x", """{"type":"Container","fallback":{"type":"Chart"},"items":[{"type":"Graph"},{"type":"TextBlock","text":"i"}]},{"type":"TextBlock","text":"x"}""")]
    [InlineData("an outer drop", "x", """{"type":"Container","fallback":"drop","items":[{"type":"Graph"},{"type":"TextBlock","text":"i"}]},{"type":"TextBlock","text":"x"}""")]
    [InlineData("a column in its set", "b,c", """{"type":"ColumnSet","columns":[{"type":"Nope","fallback":{"type":"Column","items":[{"type":"TextBlock","text":"b"}]}},{"type":"Column","items":[{"type":"TextBlock","text":"c"}]}]}""")]
    [InlineData("a column that drops", "c", """{"type":"ColumnSet","columns":[{"type":"Nope","fallback":"drop"},{"items":[{"type":"TextBlock","text":"c"}]}]}""")]
    [InlineData("a column without fallback, its set with one", "s", """{"type":"ColumnSet","fallback":{"type":"TextBlock","text":"s"},"columns":[{"type":"Nope"},{"items":[{"type":"TextBlock","text":"c"}]}]}""")]
    [InlineData("a cell of unknown type is lost alone", "", """{"type":"RichTextBlock","fallback":{"type":"TextBlock","text":"o"},"inlines":[{"type":"Nope","text":"n"}]}""", true)]
    [InlineData("an element among actions", "b", """{"type":"ActionSet","actions":[{"type":"TextBlock","text":"a","fallback":{"type":"Action.OpenUrl","url":"https://a.test/x","title":"b"}}]}""", true)]
    [InlineData("an action among elements", "b", """{"type":"Action.OpenUrl","url":"https://a.test/x","title":"a","fallback":{"type":"TextBlock","text":"b"}}""")]
    [InlineData("a selectAction that would show a card", "b", """{"type":"Image","url":"https://a.test/i.png","selectAction":{"type":"Action.ShowCard","title":"a","fallback":{"type":"Action.OpenUrl","url":"https://a.test/x","title":"b"}}}""")]
    [InlineData("a list of fallbacks: the first counts", "b", """{"type":"Graph","fallback":[{"type":"TextBlock","text":"b"},{"type":"TextBlock","text":"c"}]}""")]
    [InlineData("an action that falls back", "b", """{"type":"ActionSet","actions":[{"type":"Action.Execute","title":"a","fallback":{"type":"Action.OpenUrl","url":"https://a.test/x","title":"b"}}]}""", true)]
    [InlineData("what a shown card lacks stays in it", "a", """{"type":"ActionSet","fallback":{"type":"TextBlock","text":"o"},"actions":[{"type":"Action.ShowCard","title":"a","card":{"type":"AdaptiveCard","body":[{"type":"Graph"}]}}]}""", true)]
    [InlineData("a member that the client does not know yet", "a", """{"type":"TextBlock","text":"a","fallback":{"type":"TextBlock","text":"b"},"custom":{"type":"Graph"}}""")]
    public void What_is_seen_follows_from_fallback(string why, string expected, string body, bool hasSilentParts = false)
    {
        var tree = Tree($$"""{"type":"AdaptiveCard","version":"1.2","body":[{{body}}]}""");
        var fates = FallbackResolution.Of(tree, Host);

        var seen = new List<string>();
        foreach (ref readonly var part in tree.Parts)
        {
            if (fates[part.Index] is PartFate.Shown && (part.Json["text"u8].Text ?? part.Json["title"u8].Text) is { } text)
                seen.Add(text);
        }
        Assert.True(expected == string.Join(',', seen), $"{why}: {string.Join(',', seen)}");
        Assert.True(hasSilentParts || seen.Count > 0, why);
    }

    [Theory]
    [InlineData("""{}""", true)]
    [InlineData("""{"adaptiveCards":"1.2"}""", true)]
    [InlineData("""{"adaptiveCards":"1.3"}""", false)]
    [InlineData("""{"adaptiveCards":"*"}""", true)]
    [InlineData("""{"acmeTeamsCapability":"1.2"}""", true)]
    [InlineData("""{"acmeTeamsCapability":"1.3"}""", true)]
    [InlineData("""{"acmeTeamsCapability":"1.4"}""", false)]
    [InlineData("""{"acmeTeamsCapability":"*"}""", true)]
    [InlineData("""{"another":"*"}""", false)]
    [InlineData("""{"adaptiveCards":"1.0","another":"1.0"}""", false)]
    [InlineData("""{"another":"no version"}""", true)]
    [InlineData("""{"another":1}""", true)]
    [InlineData("""{"AdaptiveCards":"1.0"}""", false)]
    public void Requires_asks_for_each_feature_in_its_version(string requires, bool shown)
    {
        var tree = Tree($$"""{"type":"AdaptiveCard","version":"1.2","body":[{"type":"TextBlock","text":"a","requires":{{requires}},"fallback":{"type":"TextBlock","text":"b"} }]}""");
        var fates = FallbackResolution.Of(tree, Host);

        Assert.Equal(shown, fates[1] is PartFate.Shown);
        Assert.Equal(shown, fates[2] is PartFate.Spare);
        Assert.Equal(!shown, fates[1] is PartFate.Replaced(2, FateCause.RequirementUnmet));
    }

    [Fact]
    public void Each_loss_says_why()
    {
        var tree = Tree("""
            {"type":"AdaptiveCard","version":"1.0","body":[
              {"type":"Graph"},
              {"type":"Table","fallback":"drop"},
              {"type":"Media","sources":[]},
              {"type":"Column","items":[]},
              {"type":"TextBlock","text":"x","requires":{"another":"2.0"}},
              {"type":"Container","fallback":"drop","items":[{"type":"Graph"},{"type":"TextBlock","text":"y"}]},
              {"type":"TextBlock","text":"z","custom":{"type":"Graph"}}]}
            """);
        var fates = FallbackResolution.Of(tree, Host);

        PartFate[] expected =
        [
            new PartFate.Shown(),
            new PartFate.Dropped(new FateCause.UnknownType(), IsAsked: false),
            new PartFate.Dropped(new FateCause.NewerThanClient(new(1, 5)), IsAsked: true),
            new PartFate.Dropped(new FateCause.TypeNotShown(), IsAsked: false),
            new PartFate.Dropped(new FateCause.OutOfPlace(), IsAsked: false),
            new PartFate.Dropped(new FateCause.RequirementUnmet("another", "2.0"), IsAsked: false),
            new PartFate.Dropped(new FateCause.PartLost(7), IsAsked: true),
            new PartFate.Inside(6),
            new PartFate.Inside(6),
            new PartFate.Shown(),
            new PartFate.Dropped(new FateCause.UnknownMember(), IsAsked: false),
        ];
        Assert.Equal(expected, fates);
    }

    [Fact]
    public void Versions_count_as_the_client_counts_them()
    {
        var tree = Tree("""{"type":"AdaptiveCard","version":"1.0","body":[{"type":"ActionSet","actions":[]},{"type":"RichTextBlock","inlines":[]}]}""");

        static string Kinds(CardTree tree, HostCapabilities host) => string.Join(' ', FallbackResolution.Of(tree, host).Select(fate => fate is PartFate.Dropped(var cause, _) ? cause.GetType().Name : "Shown"));

        Assert.Equal("Shown Shown Shown", Kinds(tree, new(new(1, 2))));
        Assert.Equal("Shown NewerThanCard NewerThanCard", Kinds(tree, new(new(1, 2)) { HoldsCardToItsVersion = true }));
        Assert.Equal("Shown Shown NewerThanCard", Kinds(tree, new(new(1, 2)) { HoldsCardToItsVersion = true, IsOutlook = true }));
        Assert.Equal("Shown NewerThanClient NewerThanClient", Kinds(tree, new(new(1, 0))));
    }

    [Theory]
    [InlineData("1.2", true, true)]
    [InlineData("1.3", true, false)]
    [InlineData("1.3", false, true)]
    public void A_card_newer_than_the_client_gives_way_as_a_whole(string version, bool refuses, bool shown)
    {
        var fates = FallbackResolution.Of(Tree($$"""{"type":"AdaptiveCard","version":"{{version}}","body":[{"type":"TextBlock","text":"x"}]}"""), Host with { RefusesNewerCards = refuses });

        Assert.Equal(shown, fates[0] is PartFate.Shown);
        Assert.Equal(shown, fates[1] is PartFate.Shown);
    }

    [Fact]
    public void Outlooks_actions_are_shown_by_Outlook_alone()
    {
        var tree = Tree("""{"type":"AdaptiveCard","version":"1.0","actions":[{"type":"Action.Http","method":"GET","url":"https://a.test/"}]}""");

        Assert.IsType<PartFate.Shown>(FallbackResolution.Of(tree, new(new(1, 0)) { IsOutlook = true })[1]);
        Assert.Equal(new PartFate.Dropped(new FateCause.TypeNotShown(), IsAsked: false), FallbackResolution.Of(tree, new(new(1, 6)))[1]);
    }

    private static CardTree Tree(string json) => Fixtures.Card(json).Parts;
}
