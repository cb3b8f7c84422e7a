using System.Net;
using System.Net.Sockets;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Platform;

/// <summary>The whole platform in this process, on free ports and a database file of its own: what a test does to it goes through its doors.</summary>
internal sealed class RunningPlatform : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningPlatform(WebApplication app, string folder, int httpPort, int smtpPort)
    {
        _app = app;
        Doors = new(new($"http://localhost:{httpPort}"), smtpPort, folder);
    }

    public PlatformDoors Doors { get; }

    public Uri Url => Doors.Url;

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts the emulator; with a folder, on what an earlier one left there.</summary>
    public static async Task<RunningPlatform> StartAsync(string? folder = null, Action<IServiceCollection>? replace = null, params string[] settings)
    {
        folder ??= Directory.CreateTempSubdirectory("actionmail-").FullName;
        var (http, smtp) = (FreePort(), FreePort());
        var app = await ServerHost.BuildAsync(
        [
            $"--ActionMail:Mode={nameof(ServerMode.Emulator)}", $"--ActionMail:PublicUrl=http://localhost:{http}", $"--ActionMail:DataFolder={folder}", $"--Smtp:Port={smtp}",
            "--Logging:LogLevel:Default=Warning", .. settings,
        ], replace);
        await app.StartAsync();
        return new(app, folder, http, smtp);
    }

    /// <summary>Looks into the database file as it is now.</summary>
    public async Task<T> ReadAsync<T>(Func<ActionMailDb, Task<T>> read)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<ActionMailDb>>().CreateDbContextAsync();
        return await read(db);
    }

    /// <summary>A person's copies of the mails with a Message-ID (without its brackets), the oldest first.</summary>
    internal Task<List<MessageRow>> CopiesAsync(string address, string? messageId) => ReadAsync(db =>
        db.Messages.AsNoTracking().Where(row => row.InternetMessageId == $"<{messageId}>")
            .Join(db.Addresses.Where(row => row.Address == address), row => row.PersonId, row => row.PersonId, (row, _) => row)
            .OrderBy(row => row.ReceivedAt).ToListAsync());

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Stops it in good order and leaves its folder.</summary>
    public async Task StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        // Its own idle connections, not those of the platforms beside it.
        await ReadAsync(db =>
        {
            SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
            return Task.FromResult(true);
        });
        await _app.DisposeAsync();
        Directory.Delete(Doors.Folder, recursive: true);
    }
}
