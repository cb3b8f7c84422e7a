using System.Text.Json.Nodes;
using ActionMail.Protocol.Signing;
using ActionMail.Sdk;

namespace ActionMail.Cli.Tests;

public sealed class PersonalProviderTests
{
    private const string Id = PersonalDouble.Id;
    private const string Registered = """{"name":"Expenses","senders":["expenses@contoso.test"],"targets":["https://expenses.contoso.test"],"scope":"organization"}""";

    [Fact]
    public async Task A_list_is_asked_for_as_it_is_filtered_and_says_what_waits()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers["GET /api/providers"] = (200, new JsonObject
        {
            ["registrations"] = new JsonArray(PersonalDouble.Registration(), PersonalDouble.Registration(active: null, pending: 1, state: "submitted")),
            ["total"] = 52,
            ["page"] = 1,
            ["pageSize"] = 50,
        });

        var list = await RunAsync(platform, "list --view organization --status pending --search a&b");

        Assert.Equal("GET /api/providers?view=organization&status=pending&q=a%26b&page=1", Assert.Single(platform.Requests).Request);
        Assert.Contains($"{Id}  submitted* organization  Expenses\n", list.Output, StringComparison.Ordinal);
        Assert.EndsWith("* a revision waits for a decision\n1 to 2 of 52; go on with --page 2\n", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_signed_in_asks_as_themselves_and_with_operator_as_the_operator()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[$"GET /api/providers/{Id}"] = (200, PersonalDouble.Registration());
        platform.Answers[$"GET /api/providers/{Id}/keys"] = Keys("thumb", "2026-01-01T11:00:00Z");

        var own = await RunAsync(platform, $"show {Id}");
        var operators = await CliProcess.RunAsync(["provider", "show", Id, "--operator"], new Dictionary<string, string>(platform.Environment) { ["ACTIONMAIL_TOKEN"] = "operator" });

        Assert.Equal(0, own.ExitCode);
        Assert.Contains("  State        approved, revision 1 runs since 2026-01-01T12:00:00Z\n", own.Output, StringComparison.Ordinal);
        Assert.Contains("  Key          RSA thumb, proven since 2026-01-01T11:00:00Z\n", own.Output, StringComparison.Ordinal);
        Assert.Equal($"GET /api/operator/providers/{Id}", platform.Requests[^1].Request);
        Assert.Contains("operator token", operators.OneLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_is_written_as_a_file_that_apply_takes()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[$"GET /api/providers/{Id}"] = (200, PersonalDouble.Registration());

        var file = (await RunAsync(platform, $"show {Id} --as-file")).Json;

        Assert.Equal(["id", "name", "senders", "targets", "scope", "logo"], file.EnumerateObject().Select(member => member.Name));
        Assert.Equal("00ff", file.GetProperty("logo").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task A_file_without_an_id_creates_after_a_plan_and_tells_the_id_to_put_in()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers["POST /api/providers/check"] = Check("""[{"field":"name","kind":"added","before":null,"after":"Expenses"}]""");
        platform.Answers["POST /api/providers"] = (201, PersonalDouble.Registration(active: null, pending: 1, state: "submitted"));
        var dry = await RunAsync(platform, "apply - --dry-run", Registered);
        platform.Requests.Clear();

        var applied = await RunAsync(platform, "apply - --yes", Registered);

        Assert.Equal((1, "+ create a registration\n    + name: Expenses\n"), (dry.ExitCode, dry.Output));
        Assert.Equal((0, ""), (applied.ExitCode, applied.Error));
        Assert.Contains($"\"id\": \"{Id}\"", applied.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["POST /api/providers/check", "GET /api/providers?view=mine&q=Expenses&page=1", "POST /api/providers", $"GET /api/providers/{Id}/keys"],
            platform.Requests.Select(request => request.Request));
        Assert.Equal(JsonNode.Parse(Registered)!.ToJsonString(), JsonNode.Parse(platform.Requests[2].Body)!.ToJsonString());
        Assert.Matches("^\"[0-9a-f]{32}\"$", platform.Requests[2].Key!);
    }

    [Fact]
    public async Task A_line_that_breaks_is_tried_again_with_the_same_key()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[$"POST /api/drafts/{Id}/submit"] = (201, PersonalDouble.Registration());
        platform.BreakNext = 2;

        var submitted = await RunAsync(platform, $"submit {Id}");

        Assert.Equal(0, submitted.ExitCode);
        var submissions = platform.Requests.Where(request => request.Request.StartsWith("POST", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, submissions.Count);
        Assert.Single(submissions.Select(request => request.Key).Distinct());
    }

    [Fact]
    public async Task A_file_with_an_id_changes_the_version_that_was_compared()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[$"GET /api/providers/{Id}"] = (200, PersonalDouble.Registration());
        platform.Answers["POST /api/providers/check"] = Check("""[{"field":"targets","kind":"changed","before":"https://a.test","after":"https://b.test"},{"field":"senders","kind":"removed","before":"x@contoso.test","after":null}]""");
        platform.Answers[$"PUT /api/providers/{Id}"] = (200, PersonalDouble.Registration(pending: 2));

        var applied = await RunAsync(platform, "apply - --yes", WithId(Registered));

        Assert.Equal(0, applied.ExitCode);
        Assert.StartsWith($"~ change {Id}\n    ~ targets: https://a.test -> https://b.test\n    - senders: x@contoso.test\n", applied.Output, StringComparison.Ordinal);
        Assert.Equal([$"GET /api/providers/{Id}", $"POST /api/providers/check?id={Id}", $"PUT /api/providers/{Id}"], platform.Requests.Take(3).Select(request => request.Request));
        Assert.Equal("\"v7\"", platform.Requests[2].IfMatch);
        Assert.DoesNotContain("\"id\"", platform.Requests[2].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_says_what_is_registered_changes_nothing()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[$"GET /api/providers/{Id}"] = (200, PersonalDouble.Registration());
        platform.Answers["POST /api/providers/check"] = Check("[]");

        foreach (var option in new[] { "--dry-run", "--yes" })
            Assert.Equal((0, $"= {Id} is as the file says\n"), ExitAndOutput(await RunAsync(platform, $"apply - {option}", WithId(Registered))));
        Assert.DoesNotContain(platform.Requests, request => request.Request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_changed_meanwhile_is_not_overwritten()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[$"GET /api/providers/{Id}"] = (200, PersonalDouble.Registration());
        platform.Answers["POST /api/providers/check"] = Check("""[{"field":"name","kind":"changed","before":"A","after":"B"}]""");
        platform.Answers[$"PUT /api/providers/{Id}"] = (412, JsonNode.Parse("""{"status":412,"title":"x","code":"precondition_failed"}"""));

        var refused = await RunAsync(platform, "apply - --yes", WithId(Registered));

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("run the command again", refused.OneLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_errors_is_told_them_all()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers["POST /api/providers/check"] = (200, JsonNode.Parse("""
            {"valid":false,"errors":[{"field":"name","code":"required","words":"Give a name."},{"field":"senders[0]","code":"malformed","words":"It is no address."}],"warnings":[],"changes":[]}
            """));

        var refused = await RunAsync(platform, "apply - --yes", "{}");

        Assert.Equal((2, "name: Give a name.\nsenders[0]: It is no address.\n"), ExitAndOutput(refused));
        Assert.Contains("2 fields are not right", refused.OneLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not JSON", "{", "is no registration")]
    [InlineData("a comma too many", "{\n  \"name\": ,", "Line 2, column 11")]
    [InlineData("a list", "[]", "no JSON object")]
    [InlineData("an id that is none", """{"id":"nine"}""", "is no provider id")]
    [InlineData("a private key", """{"keys":["{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\",\"d\":\"AQ\"}"]}""", "private key")]
    public async Task A_file_that_is_no_registration_is_not_sent(string why, string content, string named)
    {
        await using var platform = await PersonalDouble.StartAsync();

        foreach (var verb in new[] { "apply", "new" })
        {
            var refused = await RunAsync(platform, $"{verb} -", content);
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains(named, refused.OneLine, StringComparison.Ordinal);
        }
        Assert.True(platform.Requests.Count == 0, why);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_nothing_is_done_without_yes()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers["POST /api/providers/check"] = Check("""[{"field":"name","kind":"added","before":null,"after":"Expenses"}]""");

        foreach (var command in new[] { "apply -", $"revoke {Id} --reason over" })
        {
            var refused = await RunAsync(platform, command, Registered);
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains("--yes", refused.OneLine, StringComparison.Ordinal);
        }
        Assert.DoesNotContain(platform.Requests, request => request.Request is "POST /api/providers" || request.Request.Contains("revoke", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("withdraw ID", "withdraw", """{"reason":""}""")]
    [InlineData("suspend ID --reason leaked", "suspend", """{"reason":"leaked"}""")]
    [InlineData("resume ID", "resume", """{"reason":""}""")]
    [InlineData("revoke ID --reason over --yes", "revoke", """{"reason":"over"}""")]
    [InlineData("approve ID --revision 2 --hash HASH --yes --confirm Expenses", "revisions/2/approve", """{"contentHash":"HASH","reason":null,"confirmation":"Expenses"}""")]
    [InlineData("reject ID --revision 2 --hash HASH --reason no --yes", "revisions/2/reject", """{"contentHash":"HASH","reason":"no"}""")]
    public async Task What_is_done_to_a_registration_names_it(string command, string part, string body)
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[$"POST /api/providers/{Id}/{part}"] = (200, PersonalDouble.Registration());

        var done = await RunAsync(platform, command.Replace("ID", Id, StringComparison.Ordinal).Replace("HASH", PersonalDouble.Hash, StringComparison.Ordinal));

        Assert.Equal((0, ""), (done.ExitCode, done.Error));
        Assert.Equal(body.Replace("HASH", PersonalDouble.Hash, StringComparison.Ordinal), Assert.Single(platform.Requests).Body);
    }

    [Theory]
    [InlineData("clone ID", "POST /api/providers/ID/clone")]
    [InlineData("migrate ID", "POST /api/providers/ID/migrate")]
    [InlineData("new", "POST /api/drafts")]
    public async Task A_draft_that_is_begun_tells_its_originator_id(string command, string request)
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[request.Replace("ID", Id, StringComparison.Ordinal)] = (201, new JsonObject { ["id"] = Id, ["fields"] = new JsonObject() });

        var begun = await RunAsync(platform, command.Replace("ID", Id, StringComparison.Ordinal));

        Assert.Equal(0, begun.ExitCode);
        Assert.Contains($"actionmail provider submit {Id}", begun.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owners_and_consents_are_changed_by_address_and_id()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[$"PUT /api/providers/{Id}/owners/elvia@contoso.test"] = (200, PersonalDouble.Registration());
        platform.Answers[$"DELETE /api/providers/{Id}/owners/elvia@contoso.test"] = (204, null);
        platform.Answers[$"PUT /api/consents/{Id}"] = (200, JsonNode.Parse("{}"));
        platform.Answers[$"DELETE /api/consents/{Id}"] = (204, null);
        platform.Answers["GET /api/consents"] = (200, JsonNode.Parse($$"""{"consents":[{"id":"{{Id}}","name":"Travel","organization":"fabrikam.test","granted":true}],"total":1,"page":1,"pageSize":50}"""));

        foreach (var command in new[] { $"owners add {Id} elvia@contoso.test", $"owners remove {Id} elvia@contoso.test", $"consent grant {Id}", $"consent revoke {Id}" })
            Assert.Equal("", (await RunAsync(platform, command)).Error);
        Assert.Equal($"{Id}  granted  Travel  (fabrikam.test)\n", (await RunAsync(platform, "consent list")).Output);
    }

    [Fact]
    public async Task An_export_is_printed_or_written_as_it_came()
    {
        await using var platform = await PersonalDouble.StartAsync();
        using var folder = new TemporaryFolder();
        platform.Answers["GET /api/providers/export"] = (200, JsonValue.Create("name\r\n\"'=1\"\r\n"));

        var printed = await RunAsync(platform, "export --view organization");
        await RunAsync(platform, $"export --out {folder.File("all.csv")}");

        Assert.Equal("name\r\n\"'=1\"\r\n", printed.Output);
        Assert.Equal(printed.Output, File.ReadAllText(folder.File("all.csv")));
    }

    [Fact]
    public async Task A_history_is_a_line_for_each_event()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[$"GET /api/providers/{Id}/history"] = (200, JsonNode.Parse("""
            {"events":[{"at":"2026-01-01T12:00:00Z","kind":"provider_rejected","actor":"admin@contoso.test","facts":{"revision":1,"contentHash":"00","reason":"a test server","from":"::1"}}]}
            """));

        Assert.Equal("2026-01-01T12:00:00Z  provider_rejected        admin@contoso.test  revision 1, reason a test server, from ::1\n", (await RunAsync(platform, $"history {Id}")).Output);
    }

    [Fact]
    public async Task Health_is_told_in_numbers_and_criteria()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[$"GET /api/providers/{Id}/health"] = (200, JsonNode.Parse("""
            {"range":"7d","total":{"deliveries":10,"active":8,"opens":6,"acted":4,"done":4,"refused":1,"broken":0,"notSent":0,"unanswered":0,"complaints":1},
             "latency":{"p50":50,"p95":200.4,"p99":300},"reasons":[{"name":"scope_denied","count":2}],"faults":[],
             "criteria":[{"code":"c","title":"Static senders","verdict":"met","measured":"100 %","goal":"100 %","evidence":"x"}]}
            """));

        var health = await RunAsync(platform, $"health {Id} --range 7d");

        Assert.Equal($"GET /api/providers/{Id}/health?range=7d", Assert.Single(platform.Requests).Request);
        Assert.Equal("""
            Last 7d: 10 deliveries, 8 with a card that acts; 6 opens, 4 acted on.
            Actions: 4 done, 1 declined, 0 failed, 0 not sent, 0 unanswered. Complaints: 1.
            Answered within 50 ms (half), 200 ms (95 %), 300 ms (99 %).
                   2  did not act: scope_denied
              met             Static senders: 100 % (goal 100 %)

            """, health.Output);
    }

    [Fact]
    public async Task A_diagnosis_ends_with_no_while_something_stands_in_the_way()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[$"GET /api/providers/{Id}/diagnosis"] = (200, JsonNode.Parse("""
            {"effective":true,"nodes":[{"name":"n1","isCurrent":true,"isEffective":true,"loadedAt":"2026-01-01T12:00:00Z","seenAt":"2026-01-01T12:00:01Z"}],"messages":[],
             "troubles":[{"code":"no_messages","words":"No message has come.","remedy":"Check the originator."}]}
            """));

        var diagnosis = await RunAsync(platform, $"diagnose {Id}");

        Assert.Equal((1, "n1: in force, registrations read 2026-01-01T12:00:00Z\nno_messages: No message has come.\n    Check the originator.\n"), ExitAndOutput(diagnosis));
    }

    [Fact]
    public async Task A_test_message_says_what_would_stop_it_at_others()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers[$"POST /api/providers/{Id}/test-message"] = (200, JsonNode.Parse("""
            {"messageId":"m1","card":"active","reason":null,"checks":[{"code":"scope_denied","outcome":"fail","evidence":"submitted"},{"code":"ok","outcome":"pass","evidence":""}]}
            """));

        Assert.Equal("The message is in your inbox: /inbox/m1. Its card is active.\n  At others it would not act: scope_denied (submitted)\n", (await RunAsync(platform, $"test-message {Id}")).Output);
    }

    [Theory]
    [InlineData("EC", JwsAlgorithm.ES256)]
    [InlineData("RSA", JwsAlgorithm.PS256)]
    public async Task A_key_is_proven_by_a_signature_that_is_made_here(string kind, JwsAlgorithm algorithm)
    {
        await using var platform = await PersonalDouble.StartAsync();
        using var folder = new TemporaryFolder();
        using var made = kind == "EC" ? SigningKey.CreateEc() : SigningKey.CreateRsa(2048);
        using var registered = SigningKey.FromPem(made.ToPem(), algorithm);
        var file = folder.Write("private.pem", made.ToPem());
        var challenge = new KeyChallenge(Id, made.PublicKey.Thumbprint, "a-nonce-of-the-platform_1");
        var path = $"POST /api/providers/{Id}/keys/{challenge.Thumbprint}";
        platform.Answers[$"{path}/challenge"] = (200, Line(null, new JsonObject { ["nonce"] = challenge.Nonce, ["text"] = "something else", ["expiresAt"] = "2026-01-01T12:30:00Z" }));
        platform.Answers[$"{path}/proof"] = (200, Line("2026-01-01T12:00:00Z", null));

        var proven = await RunAsync(platform, $"prove-key {Id} --key {file}");

        Assert.Equal((0, $"Proven since 2026-01-01T12:00:00Z: key {challenge.Thumbprint} of {Id}\n"), ExitAndOutput(proven));
        var sent = JsonNode.Parse(platform.Requests[^1].Body)!["signature"]!.GetValue<string>();
        Assert.IsType<KeyProof.Proven>(challenge.Judge(sent, registered.PublicKey));
        Assert.All(platform.Requests, request => Assert.DoesNotContain("PRIVATE", request.Body, StringComparison.Ordinal));

        // Proven already, nothing is signed.
        platform.Answers[$"{path}/challenge"] = (200, Line("2026-01-01T12:00:00Z", null));
        platform.Requests.Clear();
        Assert.Equal(0, (await RunAsync(platform, $"prove-key {Id} --key {file}")).ExitCode);
        Assert.Single(platform.Requests);

        JsonObject Line(string? provenAt, JsonNode? asked) => new() { ["thumbprint"] = challenge.Thumbprint, ["algorithm"] = algorithm.ToString(), ["provenAt"] = provenAt, ["challenge"] = asked };
    }

    [Theory]
    [InlineData("show " + Id, 1, "none that is yours to see")]
    [InlineData("history " + Id, 1, "none that is yours to see")]
    [InlineData("list --view everybody", 2, "organization")]
    [InlineData("reject " + Id, 2, "--reason")]
    [InlineData("owners add " + Id, 2, "ADDRESS")]
    [InlineData("prove-key " + Id, 2, "--key")]
    [InlineData("prove-key " + Id + " --key no-such-file.pem", 2, "no-such-file.pem")]
    public async Task Refusals_are_one_line_that_names_what_is_wrong(string command, int exit, string named)
    {
        await using var platform = await PersonalDouble.StartAsync();

        var refused = await RunAsync(platform, command);

        Assert.Equal(exit, refused.ExitCode);
        Assert.Contains(named, refused.OneLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_is_shown_as_what_runs_and_what_waits_as_what_waits()
    {
        await using var platform = await PersonalDouble.StartAsync();
        var registration = PersonalDouble.Registration(active: 3, pending: 6);
        registration["newest"]!["content"]!["senders"] = new JsonArray("travel@contoso.test");
        registration["newest"]!["keys"]!.AsArray().Add(new JsonObject { ["thumbprint"] = "another", ["kty"] = "EC" });
        platform.Answers[$"GET /api/providers/{Id}"] = (200, registration);
        platform.Answers[$"GET /api/providers/{Id}/keys"] = Keys("thumb", "2026-01-01T11:00:00Z", "another");
        platform.Answers[$"GET /api/providers/{Id}/revisions/6/difference"] = (200, JsonNode.Parse("""
            {"from":3,"to":6,"changes":[{"field":"senders","kind":"added","before":null,"after":"travel@contoso.test"}]}
            """));

        var shown = await RunAsync(platform, $"show {Id}");
        var asJson = (await RunAsync(platform, $"show {Id} --json")).Json;

        Assert.Equal($"""
            Expenses ({Id})
              State        approved, revision 3 runs, revision 6 waits for a decision
              Organization contoso.test
              Scope        organization
              Token        eat
              Owners       dev@contoso.test
              Revision     3, by dev@contoso.test; it has:
              Senders      expenses@contoso.test
              Targets      https://expenses.contoso.test
              Key          RSA thumb, proven since 2026-01-01T11:00:00Z
            Revision 6 waits for a decision, by dev@contoso.test; it would change:
                + senders: travel@contoso.test
              Key          EC another, not proven
              To do        prove the key another, or revision 6 cannot be approved: actionmail provider prove-key {Id} --key FILE

            """, shown.Output);
        Assert.Equal(["2026-01-01T11:00:00Z", null], asJson.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("provenAt").GetString()));
        Assert.Equal(3, asJson.GetProperty("difference").GetProperty("from").GetInt32());
    }

    [Fact]
    public async Task What_was_applied_says_which_key_is_still_to_be_proven()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers["POST /api/providers/check"] = Check("""[{"field":"name","kind":"added","before":null,"after":"Expenses"}]""");
        platform.Answers["POST /api/providers"] = (201, PersonalDouble.Registration(active: null, pending: 1, state: "submitted"));
        platform.Answers[$"GET /api/providers/{Id}/keys"] = Keys("thumb", null);

        var applied = await RunAsync(platform, "apply - --yes", Registered);

        Assert.Equal(0, applied.ExitCode);
        Assert.Contains("  Key          RSA thumb, not proven\n", applied.Output, StringComparison.Ordinal);
        Assert.Contains($"actionmail provider prove-key {Id} --key FILE\n", applied.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the same name and sender", "Expenses", "approved", true)]
    [InlineData("the same in other letters", "EXPENSES", "approved", true)]
    [InlineData("another name", "Expenses of others", "approved", false)]
    [InlineData("another sender", "Expenses", "approved", false)]
    [InlineData("one that is revoked", "Expenses", "revoked", false)]
    public async Task A_file_without_an_id_that_was_registered_already_is_told_the_id(string why, string name, string state, bool isTold)
    {
        await using var platform = await PersonalDouble.StartAsync();
        var mine = PersonalDouble.Registration(state: state);
        mine["name"] = name;
        if (why == "another sender")
            mine["newest"]!["content"]!["senders"] = mine["running"]!["content"]!["senders"] = null;
        platform.Answers["POST /api/providers/check"] = Check("[]");
        platform.Answers["GET /api/providers"] = (200, new JsonObject { ["registrations"] = new JsonArray(mine.DeepClone()), ["total"] = 1, ["page"] = 1, ["pageSize"] = 50 });
        platform.Answers[$"GET /api/providers/{Id}"] = (200, mine);
        platform.Answers["POST /api/providers"] = (201, PersonalDouble.Registration());

        var plan = await RunAsync(platform, "apply - --dry-run", Registered);
        var asJson = await RunAsync(platform, "apply - --dry-run --json", Registered);
        var applied = await RunAsync(platform, "apply - --yes --json", Registered);

        var note = $"  Note: {Id} has this name and sender: put \"id\": \"{Id}\" into - to change it.\n";
        Assert.Equal("+ create a registration\n" + (isTold ? note : ""), plan.Output);
        Assert.Equal(isTold ? 1 : 0, asJson.Json.GetProperty("registeredBefore").GetArrayLength());
        Assert.Equal((0, isTold ? note : ""), (applied.ExitCode, applied.Error));
    }

    [Theory]
    [InlineData("who may not is told before they are asked", "organization", false, "approve", "is not for you to decide about", 1)]
    [InlineData("a Global request is approved on its page", "global", true, "approve", "/providers/ID/review/2", 1)]
    [InlineData("and rejected here", "global", true, "reject --reason no", "add --yes", 2)]
    [InlineData("who may is asked", "organization", true, "approve", "add --yes", 2)]
    [InlineData("without a number there is nothing to say yes to", "organization", true, "approve --yes", "give --revision 2 --hash HASH", 2)]
    [InlineData("nor a no", "organization", true, "reject --reason no --yes", "give --revision 2 --hash HASH", 2)]
    public async Task Before_a_decision_it_is_said_whether_it_can_be_made(string why, string scope, bool may, string command, string named, int exit)
    {
        await using var platform = await PersonalDouble.StartAsync();
        var registration = PersonalDouble.Registration(active: null, pending: 2, state: "submitted");
        registration["newest"]!["content"]!["scope"] = scope;
        registration["may"] = may ? new JsonArray("decide") : [];
        platform.Answers[$"GET /api/providers/{Id}"] = (200, registration);
        platform.Answers[$"GET /api/providers/{Id}/revisions/2/difference"] = (200, JsonNode.Parse("""{"from":null,"to":2,"changes":[]}"""));

        var (verb, options) = command.Split(' ', 2) is [var first, var rest] ? (first, " " + rest) : (command, "");
        var answer = await RunAsync(platform, $"{verb} {Id}{options}");

        Assert.True(exit == answer.ExitCode, why);
        Assert.Contains(named.Replace("ID", Id, StringComparison.Ordinal).Replace("HASH", PersonalDouble.Hash, StringComparison.Ordinal), answer.OneLine, StringComparison.Ordinal);
        Assert.Equal(named == "add --yes" ? $"Expenses ({Id}), contoso.test, scope organization\nRevision 2 by dev@contoso.test, while nothing runs:\n" : "", answer.Output);
        Assert.DoesNotContain(platform.Requests, request => request.Request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_is_none_of_the_registrations_is_named_with_those_that_are()
    {
        await using var platform = await PersonalDouble.StartAsync();
        using var folder = new TemporaryFolder();
        using var key = SigningKey.CreateEc();
        var file = folder.Write("private.pem", key.ToPem());
        platform.Answers[$"POST /api/providers/{Id}/keys/{key.PublicKey.Thumbprint}/challenge"] =
            (404, JsonNode.Parse("""{"status":404,"title":"x","detail":"The key is none of the registration's. It has: thumb.","code":"key_unknown"}"""));

        var refused = await RunAsync(platform, $"prove-key {Id} --key {file}");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"{file} is the key {key.PublicKey.Thumbprint}. ", refused.OneLine, StringComparison.Ordinal);
        Assert.Contains("It has: thumb.", refused.OneLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_nothing_to_consent_to_it_is_said()
    {
        await using var platform = await PersonalDouble.StartAsync();
        platform.Answers["GET /api/consents"] = (200, JsonNode.Parse("""{"consents":[],"total":0,"page":1,"pageSize":50}"""));

        var list = await RunAsync(platform, "consent list");

        Assert.Equal(0, list.ExitCode);
        Assert.Contains("No Global provider", list.Output, StringComparison.Ordinal);
        Assert.Contains("administrators", list.Output, StringComparison.Ordinal);
    }

    private static (int, JsonNode?) Keys(string thumbprint, string? provenAt, string? unproven = null)
    {
        var keys = new JsonArray(new JsonObject { ["thumbprint"] = thumbprint, ["algorithm"] = "RS256", ["provenAt"] = provenAt, ["challenge"] = null });
        if (unproven is not null)
            keys.Add(new JsonObject { ["thumbprint"] = unproven, ["algorithm"] = "ES256", ["provenAt"] = null, ["challenge"] = null });
        return (200, new JsonObject { ["keys"] = keys });
    }

    private static Task<CliResult> RunAsync(PersonalDouble platform, string command, string input = "") =>
        CliProcess.RunAsync(["provider", .. command.Split(' ')], platform.Environment, input);

    private static (int, JsonNode?) Check(string changes) => (200, JsonNode.Parse($$"""{"valid":true,"errors":[],"warnings":[],"changes":{{changes}}}"""));

    private static string WithId(string file) => file.Replace("{\"name\"", $"{{\"id\":\"{Id}\",\"name\"", StringComparison.Ordinal);

    private static (int, string) ExitAndOutput(CliResult result) => (result.ExitCode, result.Output);
}
