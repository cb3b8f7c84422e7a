using System.Net;
using System.Text;
using ActionMail.Server.Persistence;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Actions;

/// <summary>Whatever a service does, a click ends with one definite word, once sent, with the old card where the new one is not good. Security F-05, G-05, G-16, H-01, H-03.</summary>
public sealed class ProviderFaultTests(ImpatientPlatform shared) : IClassFixture<ImpatientPlatform>, IAsyncLifetime
{
    private readonly StubProvider _provider = new();
    private readonly RunningPlatform _platform = shared.Running;
    private readonly Browser _owner = shared.Owner;
    private Service _service = null!;
    private Guid _id;

    public async ValueTask InitializeAsync()
    {
        _service = await shared.RegisteredAsync(_provider);
        _id = await _service.DeliverAsync(_service.Mail(_service.Card()));
        await _owner.OpenAsync(_id);
    }

    public ValueTask DisposeAsync()
    {
        _provider.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string, string, string> Faults() => new()
    {
        { "hangs", "unknown", "did not answer" },
        { "closes", "unknown", "did not answer" },
        { "resets", "unknown", "did not answer" },
        { "answers half a status line", "unknown", "did not answer" },
        { "drips a card", "unknown", "did not answer" },
        { "says continue for ever", "unknown", "did not answer" },
        { "sends 70 KB of headers", "unknown", "did not answer" },
        { "talks nonsense", "unknown", "did not answer" },
        { "redirects", "refused", "sent the request elsewhere" },
        { "redirects with 307", "refused", "sent the request elsewhere" },
        { "answers 500", "refused", "failed while handling" },
        { "answers 401", "refused", "sign in there first" },
        { "answers 404", "refused", "refused the request" },
        { "answers 422 with a text", "refused", "Nothing was selected." },
        { "sends an oversized card", "done", "ok" },
        { "sends HTML for a card", "done", "ok" },
        { "sends a card as text/html", "done", "ok" },
        { "sends a card of another provider's target", "done", "ok" },
        { "sends a card of another originator", "done", "ok" },
        { "says twice that it sends a card", "done", "ok" },
        { "sends a card with 400", "refused", "ok" },
        { "sends a gzip bomb", "done", "ok" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_click_ends_with_one_word_and_is_sent_once(string what, string state, string text)
    {
        _provider.Behave = (_, stream, cancel) => BehaveAsync(what, stream, cancel);

        var answer = await _owner.PressAsync(_id, "Approve");

        Assert.Equal((what, HttpStatusCode.OK, state), (what, answer.Status, answer.OutcomeState));
        Assert.Contains(text, answer.OutcomeText, StringComparison.Ordinal);
        Assert.Single(_provider.Seen);
        Assert.Equal(1, answer.Body.GetProperty("card").GetProperty("version").GetInt32());
        Assert.Equal(state == "unknown", answer.Body.GetProperty("outcome").GetProperty("retryable").GetBoolean());
    }

    [Fact]
    public async Task A_good_card_is_taken_in_the_same_surroundings()
    {
        _provider.Behave = (_, stream, cancel) => StubProvider.Card(stream, _service.Card(text: "New"), "ok", cancel);

        Assert.Equal(2, (await _owner.PressAsync(_id, "Approve")).Body.GetProperty("card").GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_refused_card_leaves_its_rule_in_the_trace_and_not_on_the_page()
    {
        _provider.Behave = (_, stream, cancel) => BehaveAsync("sends a card of another provider's target", stream, cancel);

        await _owner.PressAsync(_id, "Approve");

        var attempt = await _platform.ReadAsync(db => db.Attempts.SingleAsync(row => row.MessageId == _id));
        Assert.StartsWith("refresh_denied: /actions/0/url", attempt.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_down_was_sent_nothing_and_a_retry_goes_through_when_it_is_back()
    {
        var port = RunningPlatform.FreePort();
        (await _service.RegisterAsync(_service.File(targets: [$"http://localhost:{port}", _provider.Origin]))).EnsureSuccessStatusCode();
        var id = await _service.DeliverAsync(_service.Mail(_service.Card($"http://localhost:{port}/approve")));
        await _owner.OpenAsync(id);

        var down = await _owner.PressAsync(id, "Approve");

        Assert.Equal("failed_not_sent", down.OutcomeState);
        Assert.Contains("nothing was sent", down.OutcomeText, StringComparison.Ordinal);
        Assert.Equal(1, await _platform.ReadAsync(db => db.CardVersions.CountAsync(row => row.MessageId == id)));
        using var back = new StubProvider(port);
        Assert.Equal("done", (await _owner.PressAsync(id, "Approve")).OutcomeState);
        Assert.Single(back.Seen);
    }

    [Fact]
    public async Task An_unknown_outcome_is_asked_for_again_under_the_same_id_and_with_the_same_inputs()
    {
        _provider.Behave = (_, _, _) => Task.CompletedTask;
        var unknown = await _owner.PressAsync(_id, "Approve", new { comment = "first" });
        var attemptId = unknown.Body.GetProperty("outcome").GetProperty("attemptId").GetGuid();

        var pressed = await _owner.PressAsync(_id, "Approve", new { comment = "second" });
        _provider.Behave = (_, stream, cancel) => StubProvider.Answer(stream, "200 OK", "", "CARD-ACTION-STATUS: It was done\r\n", cancel);
        var again = await _owner.PostAsync($"/api/messages/{_id}/attempts/{attemptId}/retry", new { });
        var andAgain = await _owner.PostAsync($"/api/messages/{_id}/attempts/{attemptId}/retry", new { });

        Assert.Equal("outcome_unknown", pressed.Code);
        Assert.Equal(("done", "It was done"), (again.OutcomeState, again.OutcomeText));
        Assert.Equal("done", andAgain.OutcomeState);
        Assert.Equal(2, _provider.Seen.Count);
        Assert.Single(_provider.Seen.Select(seen => (seen.Header("Action-Request-Id"), seen.Body)).Distinct());
    }

    [Fact]
    public async Task After_a_restart_what_was_being_sent_is_unknown_and_what_was_claimed_never_left()
    {
        var before = await RunningPlatform.StartAsync();
        var service = new Service(before.Doors, _provider);
        (await service.RegisterAsync()).EnsureSuccessStatusCode();
        using (var owner = await Browser.SignInAsync(before.Doors, Service.Owner))
            await owner.OpenAndPressAsync(await service.DeliverAsync(service.Mail(service.Card())), "Approve");
        await before.ReadAsync(async db =>
        {
            var attempt = await db.Attempts.SingleAsync();
            attempt.State = AttemptState.Sending;
            db.Attempts.Add(Copy(attempt, "a7", AttemptState.Claimed));
            return await db.SaveChangesAsync();
        });
        await before.StopAsync();

        await using var after = await RunningPlatform.StartAsync(before.Doors.Folder);

        var states = await after.ReadAsync(db => db.Attempts.OrderBy(row => row.ActionId).Select(row => row.State).ToListAsync());
        Assert.Equal([AttemptState.Unknown, AttemptState.FailedNotSent], states);
        Assert.Single(_provider.Seen);
    }

    [Theory]
    [InlineData("Accept", "json")]
    [InlineData("Accept-Language", "en US;;q=x")]
    [InlineData("Content-Type", "no type at all")]
    public async Task A_sloppy_header_of_the_card_goes_out_as_it_stands(string name, string value)
    {
        var card = _service.Card().Replace("\"method\"", $$"""  "headers":[{"name":"{{name}}","value":"{{value}}"}],"method" """, StringComparison.Ordinal);
        var id = await _service.DeliverAsync(_service.Mail(card));
        await _owner.OpenAsync(id);

        Assert.Equal("done", (await _owner.PressAsync(id, "Approve")).OutcomeState);
        Assert.Equal(value, Assert.Single(_provider.Seen).Header(name));
    }

    [Fact]
    public async Task A_press_that_is_heard_again_after_a_refusal_is_not_sent_again()
    {
        _provider.Behave = (_, stream, cancel) => StubProvider.Answer(stream, "500 Broken", "", cancel: cancel);
        var clickId = Guid.NewGuid();

        var first = await _owner.PressAsync(_id, "Approve", clickId: clickId);
        var again = await _owner.PressAsync(_id, "Approve", clickId: clickId);
        var another = await _owner.PressAsync(_id, "Approve");

        Assert.Equal(("refused", "refused", "refused"), (first.OutcomeState, again.OutcomeState, another.OutcomeState));
        Assert.Equal(2, _provider.Seen.Count);
    }

    private static AttemptRow Copy(AttemptRow row, string actionId, AttemptState state) => new()
    {
        OrganizationId = row.OrganizationId,
        Id = Guid.NewGuid(),
        MessageId = row.MessageId,
        CardVersion = row.CardVersion,
        ActionId = actionId,
        Title = row.Title,
        ClickId = Guid.NewGuid(),
        PersonId = row.PersonId,
        ActorAddress = row.ActorAddress,
        ActorName = row.ActorName,
        IsAutomatic = false,
        Inputs = row.Inputs,
        InputsHash = row.InputsHash,
        State = state,
        ClaimedAt = row.ClaimedAt,
    };

    private async Task BehaveAsync(string what, Stream stream, CancellationToken cancel)
    {
        const string status = "CARD-ACTION-STATUS: ok\r\n";
        const string update = "CARD-UPDATE-IN-BODY: true\r\n";
        const string json = "Content-Type: application/json\r\n";
        var card = _service.Card(text: "New");
        switch (what)
        {
            case "hangs": await Task.Delay(Timeout.Infinite, cancel); break;
            case "closes": break;
            case "resets": ((System.Net.Sockets.NetworkStream)stream).Socket.Close(0); break;
            case "answers half a status line": await WriteAsync(stream, "HTTP/1.1 20", cancel); break;
            case "drips a card":
                await WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n{json}{update}{status}\r\n", cancel);
                while (true)
                {
                    await WriteAsync(stream, " ", cancel);
                    await Task.Delay(100, cancel);
                }
            case "says continue for ever":
                while (true)
                    await WriteAsync(stream, "HTTP/1.1 100 Continue\r\n\r\n", cancel);
            case "sends 70 KB of headers": await WriteAsync(stream, $"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 70_000)}\r\n\r\n", cancel); break;
            case "talks nonsense": await WriteAsync(stream, "220 mail.contoso.test ESMTP\r\n", cancel); break;
            case "redirects": await StubProvider.Answer(stream, "302 Found", "", $"Location: {_provider.Origin}/elsewhere\r\n{status}", cancel); break;
            case "redirects with 307": await StubProvider.Answer(stream, "307 Temporary Redirect", "", $"Location: {_provider.Origin}/elsewhere\r\n", cancel); break;
            case "answers 500": await StubProvider.Answer(stream, "500 Broken", card, status + json + update, cancel); break;
            case "answers 401": await StubProvider.Answer(stream, "401 Unauthorized", "", "ACTION-AUTHENTICATE: https://login.evil.test/\r\n", cancel); break;
            case "answers 404": await StubProvider.Answer(stream, "404 Not Found", "", cancel: cancel); break;
            case "answers 422 with a text": await StubProvider.Answer(stream, "422 No", "", "CARD-ACTION-STATUS: Nothing was selected.\r\n", cancel); break;
            case "sends an oversized card": await StubProvider.Answer(stream, "200 OK", _service.Card(text: new string('x', 300_000)), status + json + update, cancel); break;
            case "sends HTML for a card": await StubProvider.Answer(stream, "200 OK", "<html>", status + json + update, cancel); break;
            case "sends a card as text/html": await StubProvider.Answer(stream, "200 OK", card, status + update + "Content-Type: text/html\r\n", cancel); break;
            case "sends a card of another provider's target": await StubProvider.Answer(stream, "200 OK", _service.Card("https://hook.attacker.test/"), status + json + update, cancel); break;
            case "sends a card of another originator":
                await StubProvider.Answer(stream, "200 OK", card.Replace(_service.Id, Guid.NewGuid().ToString(), StringComparison.Ordinal), status + json + update, cancel);
                break;
            case "says twice that it sends a card": await StubProvider.Answer(stream, "200 OK", card, status + json + update + update, cancel); break;
            case "sends a card with 400": await StubProvider.Answer(stream, "400 Bad Request", card, status + json + update, cancel); break;
            case "sends a gzip bomb": await StubProvider.Answer(stream, "200 OK", card, status + json + update + "Content-Encoding: gzip\r\n", cancel); break;
            default: throw new ArgumentOutOfRangeException(nameof(what), what, "no such fault");
        }
    }

    private static async Task WriteAsync(Stream stream, string text, CancellationToken cancel) => await stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancel);
}

/// <summary>The platform with little patience for a service.</summary>
public sealed class ImpatientPlatform : SharedPlatform
{
    private protected override string[] Settings => [.. base.Settings, "--Actions:CallDeadline=00:00:01.5"];
}
