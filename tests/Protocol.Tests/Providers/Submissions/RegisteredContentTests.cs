using System.Text.Json;
using System.Text.Json.Serialization;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using static ActionMail.Protocol.Tests.Providers.Submissions.GoldenSubmission;

namespace ActionMail.Protocol.Tests.Providers.Submissions;

/// <summary>Security J-02: an approval names the hash of the stored JSON, so equal contents are equal texts.</summary>
public sealed class RegisteredContentTests
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    [Fact]
    public void What_was_stored_reads_back_as_the_same_text()
    {
        var json = Valid(Submission).Content.ToJson();

        Assert.Equal(json, RegisteredContent.FromJson(json).ToJson());
        Assert.Equal(RegisteredContent.HashOf(json), RegisteredContent.HashOf(Valid(Submission).Content.ToJson()));
        Assert.NotEqual(RegisteredContent.HashOf(json), RegisteredContent.HashOf(Valid(Submission with { Name = "Other" }).Content.ToJson()));
    }

    [Fact]
    public void A_revision_of_the_release_before_reads_and_stays_the_same_text()
    {
        const string before = """
            {"name":"Lunch","senders":["lunch@contoso.test"],"targets":["https://lunch.contoso.test"],"keys":[],"scope":"organization","testUsers":[],"tokenProfile":"eat","appId":null,"appIdUri":null}
            """;

        Assert.Equal(before, RegisteredContent.FromJson(before).ToJson());
    }

    [Theory]
    [InlineData("""{"scenario":{"dailyVolume":400,"sampleCard":{"type":"AdaptiveCard"}}}""")]
    [InlineData("""{"scenario":{"dailyVolume":"400","sampleCard":"{\"type\":\"AdaptiveCard\"}"}}""")]
    public void In_a_file_the_card_and_the_volume_are_JSON_or_text(string json)
    {
        var scenario = JsonSerializer.Deserialize<ProviderSubmission>(json, Strict)!.Scenario!;

        Assert.Equal(("400", """{"type":"AdaptiveCard"}"""), (scenario.DailyVolume, scenario.SampleCard));
    }

    [Fact]
    public void A_draft_keeps_everything_that_was_typed()
    {
        var draft = Submission with { Scope = ProviderScope.Organization, Name = " half a na" };

        var back = JsonSerializer.Deserialize<ProviderSubmission>(JsonSerializer.Serialize(draft, Strict), Strict)!;

        Assert.Equal(JsonSerializer.Serialize(draft, Strict), JsonSerializer.Serialize(back, Strict));
        Assert.Equal((" half a na", Submission.Scenario!.SampleCard), (back.Name, back.Scenario!.SampleCard));
        Assert.Equal("l"u8, back.Logo!.Bytes!);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("tenantId")]
    [InlineData("ownerId")]
    [InlineData("originator")]
    [InlineData("approvedBy")]
    [InlineData("version")]
    [InlineData("isGlobal")]
    public void What_is_not_the_submitters_to_say_has_no_member(string member) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ProviderSubmission>($$"""{"{{member}}":"x"}""", Strict));
}
