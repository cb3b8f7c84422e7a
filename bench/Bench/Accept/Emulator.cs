using Microsoft.Data.Sqlite;

namespace ActionMail.Bench.Accept;

/// <summary>Our server as a program of its own, with the settings that it comes with: every 250 after an fsync, every delivery in the log.</summary>
internal sealed class Emulator : IAsyncDisposable
{
    private const string Program = "src/ActionMail.Server/bin/Release/net10.0/ActionMail.Server.dll";

    private readonly Child _child;
    private readonly string _database;
    private long _stored;

    private Emulator(Child child, string folder, int port)
    {
        _child = child;
        _database = Path.Combine(folder, "data", "actionmail.db");
        Port = port;
    }

    public int Port { get; }

    public static async Task<Emulator> StartAsync(string folder, CancellationToken cancel)
    {
        var (http, smtp) = (Ports.Free(), Ports.Free());
        var child = Child.Start(Path.Combine(folder, "server.log"), "dotnet", Program,
            "--ActionMail:Mode=Emulator", $"--ActionMail:PublicUrl=http://localhost:{http}", $"--ActionMail:DataFolder={folder}/data", $"--Smtp:Port={smtp}");
        try
        {
            await Ports.ListeningAsync(smtp, cancel);
            return new(child, folder, smtp);
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>The same bytes twice are one message: what was not stored was not measured.</summary>
    public void RequireStored(int more)
    {
        using var connection = new SqliteConnection($"Data Source={_database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM messages";
        var now = (long)command.ExecuteScalar()!;
        if (now != _stored + more)
            throw new InvalidOperationException($"{more} mails were accepted, but {now - _stored} stored.");
        _stored = now;
    }

    public ValueTask DisposeAsync()
    {
        _child.Dispose();
        return ValueTask.CompletedTask;
    }
}
