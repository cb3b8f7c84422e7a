using System.Text.Json;
using System.Text.RegularExpressions;

namespace ActionMail.Cli.Tests.RealPlatform;

/// <summary>The command line against the server itself: what a double answers is what its author believed.</summary>
public sealed partial class RealPlatformTests(ServerProgram server) : IClassFixture<ServerProgram>
{
    private const string Developer = "dev@contoso.test";
    private const string Administrator = "admin@contoso.test";
    private const string Reviewer = "reviewer@platform.test";

    [Fact]
    public async Task A_sign_in_by_code_lets_the_program_in_until_it_signs_out()
    {
        const string person = "elvia@contoso.test";

        var login = await LogInAsync(person, allow: true);
        var who = await RunAsync(person, "whoami");
        var asJson = (await RunAsync(person, "whoami --json")).Json;
        var logout = await RunAsync(person, "logout");
        var after = await RunAsync(person, "whoami");

        Assert.Contains($"Signed in at {server.Url} as Elvia Atkins <{person}>, Contoso.", login.Output, StringComparison.Ordinal);
        Assert.Equal($"Elvia Atkins <{person}>, Contoso (developer)\n", who.Output);
        Assert.Equal(person, asJson.GetProperty("addresses")[0].GetString());
        Assert.Equal((0, $"Signed out at {server.Url}.\n"), (logout.ExitCode, logout.Output));
        Assert.Equal(2, after.ExitCode);
    }

    [Fact]
    public async Task A_sign_in_that_the_person_refuses_is_none()
    {
        var login = await LogInAsync("miguel@contoso.test", allow: false);

        Assert.Equal(1, login.ExitCode);
        Assert.NotEmpty(login.OneLine);
    }

    [Fact]
    public async Task Roles_are_those_that_the_platform_gives()
    {
        await SignedInAsync(Administrator, Reviewer);

        Assert.Contains("(developer, administrator)", (await RunAsync(Administrator, "whoami")).Output, StringComparison.Ordinal);
        Assert.Contains("(developer, reviewer)", (await RunAsync(Reviewer, "whoami")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_is_planned_applied_shown_edited_and_withdrawn()
    {
        await SignedInAsync(Developer);
        var file = File("Planned");

        var plan = await RunAsync(Developer, "apply - --dry-run", file);
        var id = IdIn(await DoneAsync(Developer, "apply - --yes", file));
        var listed = await DoneAsync(Developer, "list --status pending --search Planned");
        var shown = (await DoneAsync(Developer, $"show {id} --json")).Json;
        var asFile = (await DoneAsync(Developer, $"show {id} --as-file")).Output;
        var unchanged = await DoneAsync(Developer, "apply - --dry-run", asFile);
        var edited = await DoneAsync(Developer, "apply - --yes", asFile.Replace("Planned", "Planned anew", StringComparison.Ordinal));
        var withdrawn = await DoneAsync(Developer, $"withdraw {id}");
        var history = await DoneAsync(Developer, $"history {id}");

        Assert.Equal(1, plan.ExitCode);
        Assert.StartsWith("+ create a registration\n", plan.Output, StringComparison.Ordinal);
        Assert.Contains("    + name: Planned\n", plan.Output, StringComparison.Ordinal);
        Assert.Contains($"{id}  submitted*", listed.Output, StringComparison.Ordinal);
        Assert.Equal("submitted", shown.GetProperty("state").GetString());
        Assert.StartsWith($"= {id} is as the file says\n", unchanged.Output, StringComparison.Ordinal);
        Assert.StartsWith($"~ change {id}\n    ~ name: Planned -> Planned anew\n", edited.Output, StringComparison.Ordinal);
        Assert.Contains("  State        withdrawn\n", withdrawn.Output, StringComparison.Ordinal);
        Assert.Equal(["provider_withdrawn", "provider_submitted", "provider_withdrawn", "provider_submitted"], KindsIn(history));
    }

    [Fact]
    public async Task An_approver_approves_what_was_read_and_the_registration_is_suspended_resumed_and_revoked()
    {
        await SignedInAsync(Developer, Administrator);
        var id = IdIn(await DoneAsync(Developer, "apply - --yes", File("Decided")));
        var revision = (await DoneAsync(Administrator, $"show {id} --json")).Json.GetProperty("newest");
        var hash = revision.GetProperty("contentHash").GetString();

        var own = await RunAsync(Developer, $"approve {id} --revision 1 --hash {hash} --yes");
        var approved = await DoneAsync(Administrator, $"approve {id} --revision 1 --hash {hash} --yes");
        var again = await RunAsync(Administrator, $"approve {id} --revision 1 --hash {hash} --yes");
        var suspended = await DoneAsync(Administrator, $"suspend {id} --reason incident");
        var diagnosed = await RunAsync(Developer, $"diagnose {id}");
        var above = await RunAsync(Developer, $"resume {id}");
        var resumed = await DoneAsync(Administrator, $"resume {id}");
        var exported = await DoneAsync(Administrator, "export --view organization");
        var revoked = await DoneAsync(Developer, $"revoke {id} --reason retired --yes");
        var gone = await DoneAsync(Administrator, "export --view organization");

        Assert.Equal(1, own.ExitCode);
        Assert.Matches("  State        approved, revision 1 runs since ", approved.Output);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("approved by admin@contoso.test", again.OneLine, StringComparison.Ordinal);
        Assert.Contains("  State        suspended, nothing of it runs\n  Because      incident\n", suspended.Output, StringComparison.Ordinal);
        Assert.Equal(1, diagnosed.ExitCode);
        Assert.Contains("suspended: The registration is suspended: incident\n", diagnosed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(": in force,", diagnosed.Output, StringComparison.Ordinal);
        Assert.Contains("an administrator of the organization", above.OneLine, StringComparison.Ordinal);
        Assert.Contains("  State        approved, revision 1 runs", resumed.Output, StringComparison.Ordinal);
        Assert.Contains(id, exported.Output, StringComparison.Ordinal);
        Assert.Contains("  State        revoked, nothing of it runs\n", revoked.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(id, gone.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_for_others_is_said_so_and_who_may_not_decide_is_not_asked()
    {
        await SignedInAsync(Developer, Administrator);
        var id = IdIn(await DoneAsync(Developer, "apply - --yes", File("Asked")));

        foreach (var command in new[] { "list --view organization", "export --view organization" })
        {
            var refused = await RunAsync(Developer, command);
            Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
            Assert.Contains("for its administrators", refused.OneLine, StringComparison.Ordinal);
        }
        var own = await RunAsync(Developer, $"approve {id}");
        var others = await RunAsync(Administrator, $"approve {id} --yes");

        Assert.Equal((1, ""), (own.ExitCode, own.Output));
        Assert.Contains("Revision 1 is not for you to decide about", own.OneLine, StringComparison.Ordinal);
        Assert.Equal(2, others.ExitCode);
        Assert.Matches("--revision 1 --hash [0-9a-f]{64}$", others.OneLine);
    }

    [Fact]
    public async Task A_key_is_shown_as_not_proven_until_it_is()
    {
        await SignedInAsync(Developer, Administrator);
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "mine.pem", "another.pem" })
            await CliProcess.RunAsync(["key", "new", "--out", folder.File(name)]);
        using var key = ActionMail.Sdk.SigningKey.FromPem(System.IO.File.ReadAllText(folder.File("mine.pem")), Protocol.Signing.JwsAlgorithm.RS256);
        var file = File("Keyed").Replace("\"scope\"", $"\"keys\":[{JsonSerializer.Serialize(key.PublicKeyToPem())}],\"scope\"", StringComparison.Ordinal);

        var applied = await DoneAsync(Developer, "apply - --yes", file);
        var id = IdIn(applied);
        var another = await RunAsync(Developer, $"prove-key {id} --key {folder.File("another.pem")}");
        await DoneAsync(Developer, $"prove-key {id} --key {folder.File("mine.pem")}");
        var shown = await DoneAsync(Developer, $"show {id}");
        var again = await RunAsync(Developer, "apply - --dry-run", file);

        Assert.Contains($"  Key          RSA {key.PublicKey.Thumbprint}, not proven\n", applied.Output, StringComparison.Ordinal);
        Assert.Contains($"actionmail provider prove-key {id} --key FILE\n", applied.Output, StringComparison.Ordinal);
        Assert.Equal(1, another.ExitCode);
        Assert.Contains($"It has: {key.PublicKey.Thumbprint}.", another.OneLine, StringComparison.Ordinal);
        Assert.Contains($"  Key          RSA {key.PublicKey.Thumbprint}, proven since ", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("To do", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"{id} has this name and sender", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejection_tells_the_submitter_why()
    {
        await SignedInAsync(Developer, Administrator);
        var id = IdIn(await DoneAsync(Developer, "apply - --yes", File("Rejected")));
        var hash = (await DoneAsync(Administrator, $"show {id} --json")).Json.GetProperty("newest").GetProperty("contentHash").GetString();

        await DoneAsync(Administrator, $"reject {id} --revision 1 --hash {hash} --reason test-server --yes");

        Assert.Contains("  State        rejected\n  Because      test-server\n", (await DoneAsync(Developer, $"show {id}")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drafts_owners_copies_health_and_test_messages_go_their_ways()
    {
        await SignedInAsync(Developer, Administrator);
        var draft = IdIn(await DoneAsync(Developer, "new -", File("Drafted")));
        Assert.Contains(draft, (await DoneAsync(Developer, "drafts")).Output, StringComparison.Ordinal);
        await DoneAsync(Developer, $"submit {draft}");

        var added = await DoneAsync(Developer, $"owners add {draft} elvia@contoso.test");
        var removed = await DoneAsync(Developer, $"owners remove {draft} elvia@contoso.test");
        var clone = IdIn(await DoneAsync(Developer, $"clone {draft}"));
        var migrated = IdIn(await DoneAsync(Developer, $"migrate {draft}"));
        await DoneAsync(Developer, $"discard {clone}");
        await DoneAsync(Developer, $"discard {migrated}");
        var drafts = await DoneAsync(Developer, "drafts");
        var test = await DoneAsync(Developer, $"test-message {draft}");

        Assert.Contains("elvia@contoso.test", added.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("elvia@contoso.test", removed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(clone, drafts.Output, StringComparison.Ordinal);
        Assert.Contains("Its card is active.", test.Output, StringComparison.Ordinal);
        await DoneAsync(Developer, $"health {draft}");
        await DoneAsync(Developer, "consent list");
        await DoneAsync(Developer, "invitations list");
        Assert.Equal(1, (await RunAsync(Developer, $"invitations accept {draft}")).ExitCode);
        Assert.Equal(1, (await RunAsync(Developer, $"consent grant {draft}")).ExitCode);
    }

    [Fact]
    public async Task An_administrator_switches_for_the_organization_and_keeps_its_domains()
    {
        const string person = "admin@fabrikam.test";
        await SignedInAsync(person, Developer);

        var off = await RunAsync(person, "organization set --cards off --consent off");
        var on = await RunAsync(person, "organization set --cards on --consent on");
        var added = await RunAsync(person, "organization domain add shop.example.org");
        var listed = await RunAsync(person, "organization domain list");
        var check = await RunAsync(person, "organization domain check shop.example.org");
        var removed = await RunAsync(person, "organization domain remove shop.example.org");

        Assert.Equal((0, "Fabrikam: cards off, consent not needed, sender demand standard\n"), (off.ExitCode, off.Output));
        Assert.Equal("Fabrikam: cards on, consent needed, sender demand standard\n", on.Output);
        Assert.Matches("^shop.example.org  not proven\n    publish: _actionmail-challenge.shop.example.org TXT \"actionmail-verification=", added.Output);
        Assert.Contains("shop.example.org  not proven", listed.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (check.ExitCode, check.Error));
        Assert.Equal((0, ""), (removed.ExitCode, removed.Error));
        Assert.Equal(1, (await RunAsync(Developer, "organization show")).ExitCode);
    }

    [Fact]
    public async Task All_members_that_a_file_should_not_have_are_named()
    {
        await SignedInAsync(Developer);

        var refused = await RunAsync(Developer, "apply - --dry-run", """{"name":"A","senderz":["a@contoso.test"],"contact":{"emial":"x"}}""");

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("'senderz' (did you mean 'senders'?), 'contact.emial' (did you mean 'email'?)", refused.OneLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_to_the_platform_says_what_was_made_of_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("hello.html", "<p>Hello</p>");

        var sent = await CliProcess.RunAsync(
            ["message", "send", "--from", Developer, "--to", "onboarding@platform.test", "--subject", "Verification", "--html", folder.File("hello.html")], server.EnvironmentOf(Developer));

        Assert.Equal((0, ""), (sent.ExitCode, sent.Error));
        Assert.Contains("Taken: onboarding: where its card belongs to a request that waits, ", sent.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Stored as taken", sent.Output, StringComparison.Ordinal);
    }

    private async Task<CliResult> LogInAsync(string address, bool allow)
    {
        await using var login = CliProcess.Start(["login", "--platform", server.Url.ToString()], server.EnvironmentOf(address));
        var code = UserCode().Match(await login.ReadUntilAsync("Waiting")).Groups[1].Value;
        using var person = await PersonAtPage.SignInAsync(server.Url, address);
        await person.DecideAsync(code, allow);
        return await login.EndAsync();
    }

    private async Task SignedInAsync(params string[] people)
    {
        foreach (var person in people)
        {
            if ((await RunAsync(person, "whoami")).ExitCode != 0)
                Assert.Equal(0, (await LogInAsync(person, allow: true)).ExitCode);
        }
    }

    private async Task<CliResult> DoneAsync(string person, string command, string input = "")
    {
        var result = await RunAsync(person, command, input);
        Assert.True(result.ExitCode == 0, $"{command}: {result.ExitCode} {result.Output}{result.Error}");
        return result;
    }

    private Task<CliResult> RunAsync(string person, string command, string input = "") =>
        CliProcess.RunAsync(command.Split(' ') is ["whoami" or "logout" or "organization", ..] words ? words : ["provider", .. command.Split(' ')], server.EnvironmentOf(person), input);

    // A sender of its own, since of two registrations only one may send from an address.
    private static string File(string name) => JsonSerializer.Serialize(new
    {
        name,
        senders = new[] { $"{name.ToLowerInvariant()}-{Guid.NewGuid():N}@contoso.test" },
        targets = new[] { "http://localhost:5999" },
        scope = "organization",
    });

    private static string IdIn(CliResult result) => ProviderId().Match(result.Output).Value;

    private static List<string> KindsIn(CliResult history) => [.. Regex.Matches(history.Output, "provider_[a-z]+").Select(match => match.Value)];

    [GeneratedRegex("\n    ([A-Z]{4}-[A-Z]{4})\n")]
    private static partial Regex UserCode();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex ProviderId();
}
