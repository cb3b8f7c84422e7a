using System.Text.Json;

namespace ActionMail.Cli.Tests;

public sealed class ProviderTests
{
    private const string Id = "0d4c3c0e-5f0b-4a55-9d0f-6c0f7a4f7a10";

    private static readonly string[] Flags =
        ["--name", "Expenses", "--sender", "expenses@contoso.test", "--target", "https://expenses.contoso.test", "--id", Id, "--test-user", "miguel@contoso.test"];

    [Fact]
    public async Task Flags_become_a_registration()
    {
        await using var platform = await OperatorDouble.StartAsync();
        using var folder = new TemporaryFolder();
        await CliProcess.RunAsync(["key", "new", "--out", folder.File("k.pem")]);

        var added = await CliProcess.RunAsync(["provider", "add", .. Flags, "--key", folder.File("k.pem"), "--json"], platform.Environment);

        Assert.Equal((0, ""), (added.ExitCode, added.Error));
        Assert.Equal(1, added.Json.GetProperty("revision").GetInt32());
        var sent = platform.Providers[Id]["content"]!.AsObject();
        Assert.Equal("Expenses", sent["name"]!.GetValue<string>());
        Assert.Equal("testUsers", sent["scope"]!.GetValue<string>());
        Assert.Equal("eat", sent["tokenProfile"]!.GetValue<string>());
        Assert.Equal("miguel@contoso.test", sent["testUsers"]![0]!.GetValue<string>());
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", sent["keys"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(sent.ContainsKey("id"));
    }

    [Fact]
    public async Task The_same_file_twice_is_one_revision_and_a_change_is_a_second()
    {
        await using var platform = await OperatorDouble.StartAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("expenses.json", Registration("Expenses"));

        await CliProcess.RunAsync(["provider", "add", file], platform.Environment);
        var again = await CliProcess.RunAsync(["provider", "add", file, "--json"], platform.Environment);
        Assert.Equal(1, again.Json.GetProperty("revision").GetInt32());

        var changed = await CliProcess.RunAsync(["provider", "add", "-", "--json"], platform.Environment, input: Registration("Travel"));
        Assert.Equal(2, changed.Json.GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task Suspend_and_resume_change_the_state_that_list_and_show_print()
    {
        await using var platform = await OperatorDouble.StartAsync();
        await CliProcess.RunAsync(["provider", "add", .. Flags], platform.Environment);

        Assert.Equal("suspended", await StateAfterAsync("provider", "suspend", Id, "--reason", "key leaked"));
        Assert.Equal("key leaked", platform.Providers[Id]["suspendedBecause"]!.GetValue<string>());
        Assert.Equal("approved", await StateAfterAsync("provider", "resume", Id));
        Assert.Equal("approved", await StateAfterAsync("provider", "show", Id));
        var list = await CliProcess.RunAsync(["provider", "list", "--json"], platform.Environment);
        Assert.Equal(Id, Assert.Single(list.Json.GetProperty("providers").EnumerateArray()).GetProperty("id").GetString());
        var text = await CliProcess.RunAsync(["provider", "list"], platform.Environment);
        Assert.Matches($"^{Id}  approved +testUsers +Expenses  <expenses@contoso.test>\n$", text.Output);

        async Task<string?> StateAfterAsync(params string[] args) =>
            (await CliProcess.RunAsync([.. args, "--json"], platform.Environment)).Json.GetProperty("state").GetString();
    }

    [Theory]
    [InlineData("show " + Id, 1, "No such provider is registered.")]
    [InlineData("resume " + Id, 1, "No such provider is registered.")]
    [InlineData("suspend " + Id + " --reason x", 1, "No such provider is registered.")]
    [InlineData("suspend " + Id, 2, "--reason")]
    [InlineData("add --name N --sender not-an-address --target https://t.test", 2, "senders: not an address")]
    [InlineData("add --name N", 2, "--sender")]
    [InlineData("add --name N --sender a@b.test --target https://t.test --id nine", 2, "GUID")]
    [InlineData("add --name N --sender a@b.test --target https://t.test --key /nowhere.pem", 2, "/nowhere.pem")]
    [InlineData("add --scope everybody", 2, "organization")]
    [InlineData("add /nowhere.json", 2, "/nowhere.json")]
    public async Task Refusals_are_one_line_that_names_what_is_wrong(string command, int exit, string named)
    {
        await using var platform = await OperatorDouble.StartAsync();

        var refused = await CliProcess.RunAsync(["provider", .. command.Split(' ')], platform.Environment);

        Assert.Equal(exit, refused.ExitCode);
        Assert.Contains(named, refused.OneLine, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
        Assert.Empty(platform.Providers);
    }

    [Theory]
    [InlineData("not JSON", "{", "is no registration")]
    [InlineData("a comma too many", "{\n  \"name\": ,", "Line 2, column 11")]
    [InlineData("a number for a name", "{\n  \"name\": 1}", "Line 2, column 12 ($.name)")]
    [InlineData("a misspelt member", """{"name":"N","sender":["a@b.test"]}""", "sender")]
    [InlineData("null", "null", "null")]
    [InlineData("a private key", """{"name":"N","keys":["{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\",\"d\":\"AQ\"}"]}""", "private key")]
    public async Task A_file_that_is_no_registration_is_not_sent(string why, string content, string named)
    {
        await using var platform = await OperatorDouble.StartAsync();

        var refused = await CliProcess.RunAsync(["provider", "add", "-"], platform.Environment, input: content);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(named, refused.OneLine, StringComparison.Ordinal);
        Assert.True(platform.Requests.Count == 0, why);
    }

    [Fact]
    public async Task The_token_is_read_from_the_data_folder_when_the_environment_has_none()
    {
        await using var platform = await OperatorDouble.StartAsync();
        using var folder = new TemporaryFolder();
        var environment = platform.Environment;
        environment.Remove("ACTIONMAIL_TOKEN");

        var without = await CliProcess.RunAsync(["provider", "list"], environment, workingDirectory: folder.Path);
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("You are not signed in at ", without.OneLine, StringComparison.Ordinal);
        var asOperator = await CliProcess.RunAsync(["provider", "list", "--operator"], environment, workingDirectory: folder.Path);
        Assert.Equal(2, asOperator.ExitCode);
        Assert.Contains("ACTIONMAIL_TOKEN", asOperator.OneLine, StringComparison.Ordinal);

        Directory.CreateDirectory(folder.File("data"));
        folder.Write("data/operator.token", OperatorDouble.Token + "\n");
        Assert.Equal(0, (await CliProcess.RunAsync(["provider", "list"], environment, workingDirectory: folder.Path)).ExitCode);
    }

    [Theory]
    [InlineData("ACTIONMAIL_TOKEN", "another", 2, "ACTIONMAIL_TOKEN")]
    [InlineData("ACTIONMAIL_TOKEN", "two\nlines", 2, "ACTIONMAIL_TOKEN")]
    [InlineData("ACTIONMAIL_URL", "http://127.0.0.1:1", 3, "./run")]
    [InlineData("ACTIONMAIL_URL", "http://mail.contoso.test", 2, "https")]
    [InlineData("ACTIONMAIL_URL", "mail", 2, "ACTIONMAIL_URL")]
    public async Task A_platform_that_cannot_be_asked_is_named(string variable, string value, int exit, string named)
    {
        await using var platform = await OperatorDouble.StartAsync();

        var refused = await CliProcess.RunAsync(["provider", "list"], new Dictionary<string, string>(platform.Environment) { [variable] = value });

        Assert.Equal(exit, refused.ExitCode);
        Assert.Contains(named, refused.OneLine, StringComparison.Ordinal);
    }

    private static string Registration(string name) => JsonSerializer.Serialize(new
    {
        id = Id,
        name,
        senders = new[] { "expenses@contoso.test" },
        targets = new[] { "https://expenses.contoso.test" },
        keys = Array.Empty<string>(),
        scope = "organization",
        organization = "contoso.test",
        tokenProfile = "eat",
    });
}
