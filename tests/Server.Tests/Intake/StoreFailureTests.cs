using System.Net;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Accounts;
using ActionMail.Server.Actions;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Tests.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Intake;

/// <summary>
/// The database takes no writes: nothing is acknowledged that is not stored, nothing is executed that is not recorded, and afterwards all goes on. Security R-05.
/// </summary>
public sealed class StoreFailureTests(ShortPatience shared) : IClassFixture<ShortPatience>, IAsyncLifetime
{
    private readonly StubProvider _provider = new();
    private readonly RunningPlatform _platform = shared.Running;
    private readonly Browser _owner = shared.Owner;
    private Service _service = null!;

    public async ValueTask InitializeAsync() => _service = await shared.RegisteredAsync(_provider);

    public ValueTask DisposeAsync()
    {
        _provider.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Mail_is_put_off_with_451_and_taken_when_the_store_is_back()
    {
        var mail = _service.Mail(_service.Card());
        var bytes = Service.BytesOf(mail);

        string refusal;
        await using (await LockAsync())
            refusal = await _platform.Doors.DeliverAsync(bytes, Service.Sender, Service.Owner);
        var stored = await _platform.CopiesAsync(Service.Owner, mail.MessageId);
        var reply = await _platform.Doors.DeliverAsync(bytes, Service.Sender, Service.Owner);

        Assert.StartsWith("451 4.3.0", refusal, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)sqlite|database|exception|/", refusal);
        Assert.Empty(stored);
        Assert.StartsWith("250 2.0.0", reply, StringComparison.Ordinal);
        Assert.Single(await _platform.CopiesAsync(Service.Owner, mail.MessageId));
    }

    [Fact]
    public async Task A_click_is_answered_503_without_being_sent_and_goes_through_when_the_store_is_back()
    {
        var id = await DeliverAsync();
        var clickId = Guid.NewGuid();

        Answer refused;
        await using (await LockAsync())
            refused = await _owner.PressAsync(id, "Approve", clickId: clickId);
        var attempts = await AttemptsAsync(id);
        var pressed = await _owner.PressAsync(id, "Approve", clickId: clickId);

        Assert.True(refused is { Status: HttpStatusCode.ServiceUnavailable, Code: "store_unavailable" }, refused.ToString());
        Assert.DoesNotMatch("(?i)sqlite|exception", refused.Body.GetRawText());
        Assert.Empty(attempts);
        Assert.Equal("done", pressed.OutcomeState);
        Assert.Single(_provider.Seen);
    }

    [Fact]
    public async Task What_was_read_stays_readable()
    {
        var id = await DeliverAsync();

        await using (await LockAsync())
        {
            foreach (var path in new[] { "/inbox", $"/inbox/{id}", $"/inbox/{id}/why", $"/inbox/{id}/body", $"/api/messages/{id}" })
                Assert.Equal((path, HttpStatusCode.OK), (path, (await _owner.Http.GetAsync(path)).StatusCode));
        }
    }

    [Fact]
    public async Task A_page_that_must_write_says_that_the_platform_is_busy()
    {
        var id = await _service.DeliverAsync(_service.Mail(_service.Card()));

        await using (await LockAsync())
        {
            using var answer = await _owner.Http.GetAsync($"/inbox/{id}");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("ActionMail is busy", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await _owner.Http.GetAsync($"/inbox/{id}")).StatusCode);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_recorded_is_kept_until_it_can()
    {
        var id = await DeliverAsync();
        SqliteConnection? locked = null;
        _provider.Behave = async (_, stream, cancel) =>
        {
            locked = await LockAsync();
            await StubProvider.Card(stream, _service.Card(text: "New"), "Approved", cancel);
        };

        var press = _owner.PressAsync(id, "Approve");
        await _provider.Next.Task;
        await Task.Delay(TimeSpan.FromSeconds(2));
        var wasWaiting = !press.IsCompleted;
        await locked!.DisposeAsync();
        var pressed = await press;

        Assert.True(wasWaiting);
        Assert.Equal(("done", "Approved", 2), (pressed.OutcomeState, pressed.OutcomeText, pressed.Body.GetProperty("card").GetProperty("version").GetInt32()));
        Assert.Single(_provider.Seen);
    }

    [Fact]
    public async Task A_call_whose_beginning_cannot_be_recorded_does_not_begin()
    {
        var claimed = await ClaimAsync(await DeliverAsync());
        var carryOut = _platform.Services.GetRequiredService<CarryOut>();

        Task running;
        await using (await LockAsync())
        {
            running = carryOut.RunAsync(claimed);
            await Task.Delay(TimeSpan.FromSeconds(2));
            Assert.False(running.IsCompleted);
        }
        await running;

        var attempt = Assert.Single(await AttemptsAsync(claimed.Attempt.MessageId));
        Assert.Equal((AttemptState.FailedNotSent, "NotRecorded"), (attempt.State, attempt.Fault));
        Assert.Empty(_provider.Seen);
        Assert.Equal("done", (await _owner.PressAsync(claimed.Attempt.MessageId, "Approve")).OutcomeState);
    }

    private async Task<Guid> DeliverAsync()
    {
        var id = await _service.DeliverAsync(_service.Mail(_service.Card()));
        await _owner.OpenAsync(id);
        return id;
    }

    // Another program has the database to itself, as a careless backup does. Until it is disposed of.
    private async Task<SqliteConnection> LockAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_platform.Doors.Folder, "actionmail.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private Task<List<AttemptRow>> AttemptsAsync(Guid messageId) => _platform.ReadAsync(db => db.Attempts.Where(row => row.MessageId == messageId).ToListAsync());

    private async Task<ClaimedAttempt> ClaimAsync(Guid messageId)
    {
        var services = _platform.Services;
        var person = services.GetRequiredService<AddressBook>().Find(Protocol.Addresses.EmailAddress.Parse(Service.Owner))!;
        var store = services.GetRequiredService<ActionStore>();
        var stored = (await store.LoadAsync(person, messageId, default))!;
        var provider = services.GetRequiredService<ProviderRegistry>().Find(_service.Id)!;
        var action = Assert.IsType<CardAction.Http>(stored.Card.FindAction("a0"));
        var request = Assert.IsType<ActionRequestReading.Ready>(
            ActionRequestComposer.Compose(action, System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty, provider, UrlPolicy.LoopbackHttp, ActionLimits.Default)).Request;
        var attempt = new AttemptRow
        {
            OrganizationId = person.OrganizationId,
            Id = Guid.NewGuid(),
            MessageId = messageId,
            CardVersion = 1,
            ActionId = action.Id,
            Title = action.Title,
            ClickId = Guid.NewGuid(),
            PersonId = person.Id,
            ActorAddress = Service.Owner,
            ActorName = person.DisplayName,
            IsAutomatic = false,
            Inputs = "{}",
            InputsHash = [],
            State = AttemptState.Claimed,
            ClaimedAt = shared.Clock.GetUtcNow(),
        };
        Assert.IsType<ClaimResult.Claimed>(await store.ClaimAsync(attempt, default));
        return new(attempt, stored, request, provider, person, new(person.OrganizationId, person.Addresses, _ => true));
    }
}

/// <summary>The platform with little patience for its database.</summary>
public sealed class ShortPatience : SharedPlatform
{
    private protected override string[] Settings => [.. base.Settings, "--Store:BusyTimeout=00:00:00.3"];
}
