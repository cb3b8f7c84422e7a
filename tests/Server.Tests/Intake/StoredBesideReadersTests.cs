using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Intake;

/// <summary>A delivery while others read, who hold connections to the database that were the writer's a moment ago.</summary>
public sealed class StoredBesideReadersTests : IAsyncLifetime
{
    private readonly StubProvider _provider = new();
    private RunningPlatform _platform = null!;
    private Service _service = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await RunningPlatform.StartAsync();
        _service = new(_platform.Doors, _provider);
        (await _service.RegisterAsync()).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        _provider.Dispose();
    }

    [Fact]
    public async Task Each_mail_is_stored_while_readers_come_and_go()
    {
        await _service.SendAsync(_service.Mail(_service.Card()));
        var stored = await _platform.ReadAsync(async first =>
        {
            await first.Database.OpenConnectionAsync();
            await _service.SendAsync(_service.Mail(_service.Card()));
            return await _platform.ReadAsync(async second =>
            {
                await second.Database.OpenConnectionAsync();
                await _service.SendAsync(_service.Mail(_service.Card()));
                return await second.Messages.CountAsync(row => row.FromAddress == Service.Sender);
            });
        });

        Assert.Equal(3, stored);
    }
}
