using System.Text;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Model;
using CsCheck;

namespace ActionMail.Protocol.Tests.Cards.Model;

public sealed class CardFuzzTests
{
    private const string Seed = "0000KeyoLfA5";

    private static readonly string[] Names =
        ["type", "body", "items", "actions", "columns", "rows", "cells", "card", "selectAction", "fallback", "requires", "data", "id", "refresh", "resources", "autoInvokeAction", "inlines", "x"];

    private static readonly string[] Scalars =
    [
        "null", "true", "1", "1e3", "\"\"", "\"drop\"", "\"AdaptiveCard\"", "\"TextBlock\"", "\"Container\"", "\"ColumnSet\"", "\"Column\"", "\"ActionSet\"", "\"Action.ShowCard\"",
        "\"Action.OpenUrl\"", "\"Action.Submit\"", "\"Input.Text\"", "\"Table\"", "\"RichTextBlock\"", "\"Graph\"", "\"Action.Chain\"", "\"\\u0041ction.OpenUrl\"", "\"1.4\"", "\"é\"",
    ];

    [Fact]
    public void Any_json_gives_parts_that_nest()
    {
        var random = PCG.Parse(Seed);
        var read = 0;
        for (var i = 0; i < 6_000; i++)
        {
            var json = "{\"type\":\"AdaptiveCard\",\"body\":" + Json(random, 6) + ",\"actions\":" + Json(random, 6) + ",\"y\":" + Json(random, 4) + "}";
            read += Check(Encoding.UTF8.GetBytes(json));
        }

        Assert.InRange(read, 3_000, 6_000);
    }

    [Fact]
    public void A_published_card_with_a_mishap_gives_a_documented_result()
    {
        var random = PCG.Parse(Seed);
        var samples = Samples.Official().Select(sample => sample.Utf8).Where(utf8 => utf8.Length < 20_000).ToList();
        var read = 0;
        for (var i = 0; i < 2_500; i++)
            read += Check(Mishap(samples[(int)(random.Next() % samples.Count)], random));

        Assert.InRange(read, 400, 2_499);
    }

    [Theory]
    [InlineData("elements", """{"type":"TextBlock","text":"x"}""")]
    [InlineData("facts", """{"type":"FactSet","facts":[{"title":"a","value":"b"},{"title":"c","value":"d"}]}""")]
    [InlineData("columns", """{"type":"ColumnSet","columns":[{"items":[]},{"items":[]}]}""")]
    [InlineData("actions", """{"type":"ActionSet","actions":[{"type":"Action.Submit"}]}""")]
    [InlineData("falling back", """{"type":"Graph","fallback":{"type":"Chart","fallback":{"type":"TextBlock","text":"x"}}}""")]
    [InlineData("bubbling", """{"type":"Container","fallback":"drop","items":[{"type":"Container","items":[{"type":"Graph"}]}]}""")]
    [InlineData("unknown", """{"type":"Graph","a":{"b":[{"c":{}}]}}""")]
    public void Twice_the_size_is_twice_the_work(string why, string element)
    {
        Cost(element, 10);
        var (half, full) = (Cost(element, 1_000), Cost(element, 2_000));

        Assert.True(full.Parts > 1.9 * half.Parts && full.Parts < 2.1 * half.Parts, $"{why}: {half} then {full}");
        Assert.True(full.Bytes < 2.5 * half.Bytes, $"{why}: {half} then {full}");
    }

    [Theory]
    [InlineData(20)]
    [InlineData(15_000)]
    public void A_name_that_comes_again_is_found_among_few_and_among_many(int count)
    {
        var members = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"m{i}\":1"));

        Assert.IsType<CardReading.Read>(Card.Read($$"""{"type":"AdaptiveCard",{{members}}}""", CardLimits.Default));
        Assert.IsType<CardReading.Malformed>(Card.Read($$"""{"type":"AdaptiveCard",{{members}},"M{{count - 1}}":1}""", CardLimits.Default));
    }

    // Parts are what the passes visit; what they allocate shows any list that is built more than once.
    private static (int Parts, long Bytes) Cost(string element, int count)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"type":"AdaptiveCard","body":[{{string.Join(',', Enumerable.Repeat(element, count))}}]}""");
        var limits = new CardLimits { MaxBytes = int.MaxValue, MaxElements = int.MaxValue };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var card = Assert.IsType<CardReading.Read>(Card.Read(json, limits)).Card;
        FallbackResolution.Of(card.Parts, new(new(1, 2)));
        return (card.Parts.Parts.Length, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int Check(byte[] utf8)
    {
        switch (Card.Read(utf8, CardLimits.Default))
        {
            case CardReading.Read(var card):
                CheckTree(card);
                return 1;
            case CardReading.Malformed or CardReading.TooLarge or CardReading.Unsupported:
                return 0;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void CheckTree(Card card)
    {
        var tree = card.Parts;
        var actions = new List<string>();
        foreach (ref readonly var part in tree.Parts)
        {
            if (part.Json != tree[part.Index].Json || part.End <= part.Index || part.End > tree.Parts.Length)
                Assert.Fail($"{part}");
            if (part.Parent >= 0 && (part.Parent >= part.Index || part.End > tree[part.Parent].End || part.Level != tree[part.Parent].Level + 1))
                Assert.Fail($"{part}");
            if (part.Category == PartCategory.Action && part.Json["type"u8].Text is { } type && type.StartsWith("Action.", StringComparison.Ordinal))
                actions.Add(part.Json.Pointer);
        }
        Assert.Equal(actions, card.Actions.Select(action => action.Pointer));
        foreach (var host in new[] { HostCapabilities.Inbox, new(new(1, 0)) })
            CheckFates(tree, FallbackResolution.Of(tree, host));
        Assert.Equal(System.Text.Json.JsonValueKind.Object, CardDisplay.Of(card).ValueKind);
    }

    private static void CheckFates(CardTree tree, IReadOnlyList<PartFate> fates)
    {
        Assert.Equal(tree.Parts.Length, fates.Count);
        for (var index = 1; index < fates.Count; index++)
        {
            // What is shown stands in what is shown, or is the fallback that took its place.
            if (fates[index] is PartFate.Shown && fates[tree[index].Parent] is not PartFate.Shown && !(tree[index].IsFallback && fates[tree[index].Parent] is PartFate.Replaced))
                Assert.Fail($"{tree[index].Json.Pointer} in {tree.Json.RawText}");
            if (fates[index] is PartFate.Replaced(var by, _) && fates[by] is not PartFate.Shown)
                Assert.Fail($"{tree[index].Json.Pointer} in {tree.Json.RawText}");
        }
    }

    private static byte[] Mishap(byte[] sample, PCG random)
    {
        List<byte> bytes = [.. sample];
        var (at, length) = ((int)(random.Next() % bytes.Count), (int)(random.Next() % 12));
        length = Math.Min(length, bytes.Count - at);
        switch (random.Next() % 4)
        {
            case 0: bytes.RemoveRange(at, length); break;
            case 1: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 2: bytes[at] = (byte)random.Next(); break;
            default: SwapMembers(bytes, at); break;
        }
        return [.. bytes];
    }

    // A known name for another: the text stays JSON, the card becomes another.
    private static void SwapMembers(List<byte> bytes, int at)
    {
        var text = Encoding.UTF8.GetString([.. bytes]);
        var from = Names[at % Names.Length];
        var swapped = Encoding.UTF8.GetBytes(text.Replace($"\"{from}\"", $"\"{Names[at / 7 % Names.Length]}\"", StringComparison.Ordinal));
        bytes.Clear();
        bytes.AddRange(swapped);
    }

    private static string Json(PCG random, int depth) => (random.Next() % 6, depth) switch
    {
        ( <= 1, > 0) => "[" + string.Join(',', Enumerable.Range(0, (int)(random.Next() % 4)).Select(_ => Json(random, depth - 1))) + "]",
        ( <= 4, > 0) => Object(random, depth),
        _ => Scalars[random.Next() % Scalars.Length],
    };

    private static string Object(PCG random, int depth)
    {
        var names = Enumerable.Range(0, (int)(random.Next() % 5)).Select(_ => Names[random.Next() % Names.Length]).Distinct().ToList();
        return "{" + string.Join(',', names.Select(name => $"\"{name}\":{(name == "type" ? Scalars[random.Next() % Scalars.Length] : Json(random, depth - 1))}")) + "}";
    }
}
