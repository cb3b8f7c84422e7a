using ActionMail.Protocol.Cards;
using ActionMail.Tests;

namespace ActionMail.Protocol.Tests.Cards.Model;

/// <summary>JSONTestSuite: y_ is JSON, n_ is not, i_ is up to the parser.</summary>
public sealed class JsonSuiteTests
{
    // Valid JSON that two parsers read differently: refused on purpose.
    private static readonly string[] RefusedAlthoughValid = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"];

    [Fact]
    public void Texts_are_read_and_refused_as_their_names_say() =>
        Check(utf8 => JsonText.Read(utf8, CardLimits.Default.MaxJsonDepth) is JsonTextReading.Read);

    [Fact]
    public void A_member_of_a_card_is_read_and_refused_as_its_name_says() =>
        Check(utf8 => Card.Read((byte[])[.. "{\"type\":\"AdaptiveCard\",\"x\":"u8, .. utf8, .. "}"u8], CardLimits.Default) is CardReading.Read);

    private static void Check(Func<byte[], bool> reads)
    {
        var files = Directory.GetFiles(TestData.Path("json/test_parsing"));
        var wrong = new List<string>();
        foreach (var file in files)
        {
            var (name, read) = (Path.GetFileName(file), reads(File.ReadAllBytes(file)));
            var expected = name[0] == 'i' ? read : name[0] == 'y' && !RefusedAlthoughValid.Contains(name);
            if (read != expected)
                wrong.Add(name);
        }

        Assert.Equal((318, 95, 188), (files.Length, files.Count(file => Path.GetFileName(file)[0] == 'y'), files.Count(file => Path.GetFileName(file)[0] == 'n')));
        Assert.Empty(wrong);
    }
}
