using System.Text.Json;
using ActionMail.Protocol.Cards;

namespace ActionMail.Cli.Tests;

public sealed class CardConvertTests : IDisposable
{
    private const string Whole = """
        {"@type":"MessageCard","@context":"https://schema.org/extensions","originator":"5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913","title":"A request","text":"Please decide",
         "potentialAction":[{"@type":"ActionCard","name":"Comment","inputs":[{"@type":"TextInput","id":"comment","title":"Why"}],
          "actions":[{"@type":"HttpPOST","name":"Send","target":"https://api.contoso.test/c","bodyContentType":"application/x-www-form-urlencoded","body":"c={{comment.value}}"}]}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_MessageCard_becomes_an_Adaptive_Card_with_the_same_call()
    {
        var result = await ConvertAsync(Whole);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var call = Assert.IsType<CardAction.Http>(Assert.Single(Assert.IsType<CardReading.Read>(Card.Read(result.Output, CardLimits.Default)).Card.Actions));
        Assert.Equal(("Send", "https://api.contoso.test/c", "c={{comment.value}}"), (call.Title, call.Url.ToString(), call.Body!.ToString()));
        Assert.Equal(("Content-Type", "application/x-www-form-urlencoded"), (call.Headers[0].Name, call.Headers[0].Value.ToString()));
    }

    [Fact]
    public async Task What_has_no_place_in_it_is_told_and_the_card_is_printed_all_the_same()
    {
        var result = await ConvertAsync(Whole.Replace("\"title\":\"A request\"", "\"themeColor\":\"0078D7\"", StringComparison.Ordinal));

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("actionmail: Lost at /themeColor: an Adaptive Card has no colour of its sender's brand.", result.Error.Trim());
        Assert.Equal("AdaptiveCard", JsonElement.Parse(result.Output).GetProperty("type").GetString());
    }

    [Fact]
    public async Task As_json_card_and_losses_are_members()
    {
        var json = (await ConvertAsync(Whole.Replace("\"title\":\"A request\"", "\"themeColor\":\"0078D7\"", StringComparison.Ordinal), "--json")).Json;

        Assert.Equal("AdaptiveCard", json.GetProperty("card").GetProperty("type").GetString());
        Assert.Equal("/themeColor", json.GetProperty("losses")[0].GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("an Adaptive Card", """{"type":"AdaptiveCard","version":"1.0"}""", "is an Adaptive Card already")]
    [InlineData("no target", """{"@type":"MessageCard","text":"a","potentialAction":[{"@type":"HttpPOST"}]}""", "/potentialAction/0/target: an HttpPOST has a target")]
    [InlineData("no JSON", "{", "cannot be shown")]
    [InlineData("something else", """{"@type":"Event"}""", "neither an Adaptive Card nor a MessageCard")]
    public async Task What_is_no_MessageCard_is_said_to_be_none(string why, string card, string sentence)
    {
        var result = await ConvertAsync(card);

        Assert.True(result.ExitCode == 2, why);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    private Task<CliResult> ConvertAsync(string card, params string[] more)
    {
        _folder.Write("card.json", card);
        return CliProcess.RunAsync(["card", "convert", _folder.File("card.json"), .. more]);
    }
}
