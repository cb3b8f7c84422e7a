using System.Text;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Tests.Cards.Model;

public sealed class SamplesTests
{
    // What the samples have and no version of the language: types that show how fallback works, and slips of their authors.
    private static readonly string[] KnownStrangers =
    [
        "type Graph", "type HaHaNope", "type NeitherExist", "type NoExist", "type NopeNotThis",
    ];

    [Fact]
    public void Every_published_card_is_read_and_kept_byte_for_byte()
    {
        var official = Samples.Official().ToList();
        var snippets = Samples.Snippets().ToList();

        Assert.Equal((187, 15), (official.Count, snippets.Count));
        foreach (var (name, utf8) in official.Concat(snippets))
        {
            var reading = Card.Read(utf8, CardLimits.Default);
            Assert.True(reading is CardReading.Read, $"{name}: {reading}");
            Assert.Equal(Encoding.UTF8.GetString(utf8).Trim(), ((CardReading.Read)reading).Card.Json.RawText);
        }
    }

    [Fact]
    public void The_vocabulary_knows_every_type_and_member_of_the_published_cards()
    {
        var strangers = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (_, utf8) in Samples.Official().Concat(Samples.Snippets()))
        {
            foreach (ref readonly var part in Fixtures.Card(Encoding.UTF8.GetString(utf8)).Parts.Parts)
                strangers.UnionWith(StrangersOf(part));
        }

        Assert.Equal(KnownStrangers, strangers);
    }

    [Fact]
    public void No_part_of_the_published_cards_stands_where_the_vocabulary_knows_none()
    {
        foreach (var (name, utf8) in Samples.Official().Concat(Samples.Snippets()))
        {
            foreach (ref readonly var part in Fixtures.Card(Encoding.UTF8.GetString(utf8)).Parts.Parts)
                Assert.True(part.Parent < 0 || part.Via is not null, $"{name}: {part.Json.Pointer} stands in a member that the vocabulary does not know");
        }
    }

    private static List<string> StrangersOf(in CardPart part)
    {
        if (part.Definition is not { } type)
            return [$"type {part.Json["type"u8].Text}"];
        List<string> strangers = [];
        foreach (var member in part.Json.Members)
        {
            if (type.Find(member) is null && member.Name != "type")
                strangers.Add($"{type.Type}.{member.Name}");
        }
        return strangers;
    }
}
