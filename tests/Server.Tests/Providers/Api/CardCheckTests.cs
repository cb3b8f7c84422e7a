namespace ActionMail.Server.Tests.Providers.Api;

[Collection(PersonalApi.Name)]
public sealed class CardCheckTests(ApiPlatform platform)
{
    [Fact]
    public async Task A_card_is_linted_with_places_and_clients()
    {
        var report = await platform.Developer.PostAsync("/api/lint", "{\n  \"type\": \"AdaptiveCard\",\n  \"version\": \"1.0\",\n  \"body\": [{ \"type\": \"Carousel\" }]\n}");

        Assert.Equal((true, "adaptiveCard"), (report["readable"].GetBoolean(), report["kind"].GetString()));
        var finding = report["findings"].EnumerateArray().First(finding => finding.GetProperty("pointer").GetString()!.StartsWith("/body/0", StringComparison.Ordinal));
        Assert.Equal(4, finding.GetProperty("line").GetInt32());
        Assert.NotEmpty(report["clients"].EnumerateObject());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    public async Task What_is_no_card_is_a_finding_and_no_fault(string text)
    {
        var report = await platform.Developer.PostAsync("/api/lint", text);

        Assert.Equal((System.Net.HttpStatusCode.OK, false), (report.Status, report["readable"].GetBoolean()));
        Assert.NotEqual(0, report["findings"].GetArrayLength());
    }
}
