namespace ActionMail.Cli.Tests;

public sealed class CardExpandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CardExpandTests()
    {
        _folder.Write("card.template.json", """{"type":"AdaptiveCard","body":[{"$data":"${people}","text":"${name} ${$index}"},{"text":"${utcNow('yyyy-MM-dd')}"}]}""");
        _folder.Write("people.json", """{"people":[{"name":"Adele"},{"name":"Zoë"}]}""");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_template_and_data_make_a_card()
    {
        var made = await CliProcess.RunAsync(["card", "expand", _folder.File("card.template.json"), "--data", _folder.File("people.json"), "--at", "2026-03-15T23:30:00-02:00"]);

        Assert.Equal(0, made.ExitCode);
        Assert.Equal(["Adele 0", "Zoë 1", "2026-03-16"], made.Json.GetProperty("body").EnumerateArray().Select(block => block.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task What_the_data_do_not_have_is_said_and_stays()
    {
        _folder.Write("card.template.json", """{"text":"Hi ${user.name}"}""");

        var made = await CliProcess.RunAsync(["card", "expand", _folder.File("card.template.json"), "--data", _folder.File("people.json")]);

        Assert.Equal(0, made.ExitCode);
        Assert.Equal("Hi ${user.name}", made.Json.GetProperty("text").GetString());
        Assert.Contains("/text: the data have no user.name", made.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("an expression that cannot be read", """{"body":[{"text":"${name"},{"text":"${(}"}]}""", "/body/1/text")]
    [InlineData("a value that does not fit", """{"text":"${people[2]}"}""", "/text")]
    [InlineData("no JSON", "{", "Mend the JSON of the template")]
    public async Task A_failure_is_exit_code_2_and_one_line_with_the_place(string why, string template, string named)
    {
        _folder.Write("card.template.json", template);

        var failed = await CliProcess.RunAsync(["card", "expand", _folder.File("card.template.json"), "--data", _folder.File("people.json")]);

        Assert.True(failed.ExitCode == 2, why);
        Assert.Contains(named, failed.OneLine, StringComparison.Ordinal);
        Assert.Empty(failed.Output);
    }

    [Theory]
    [InlineData("there is no such time", "--at", "noon")]
    [InlineData("there is no such file", "--data", "/nowhere/data.json")]
    public async Task Wrong_options_are_exit_code_2(string why, string option, string value)
    {
        var failed = await CliProcess.RunAsync(["card", "expand", _folder.File("card.template.json"), option, value]);

        Assert.True(failed.ExitCode == 2, why);
        Assert.Contains(value, failed.OneLine, StringComparison.Ordinal);
    }
}
