using Microsoft.Data.Sqlite;

namespace ActionMail.Bench.Accept;

/// <summary>Our server as a program of its own, with the settings that it comes with: every 250 after an fsync, every delivery in the log.</summary>
internal sealed class Emulator : IAsyncDisposable
{
    private const string Program = "src/ActionMail.Server/bin/Release/net10.0/ActionMail.Server.dll";

    /// <summary>The platform's own mails, which tell of a registration, come when they come and are not measured.</summary>
    private const string Foreign = "from_address NOT LIKE '%@platform.test'";

    private readonly Child _child;
    private readonly string _database;
    private long _stored;

    private Emulator(Child child, string folder, int port, Uri url)
    {
        _child = child;
        _database = Path.Combine(folder, "data", "actionmail.db");
        TokenPath = Path.Combine(folder, "data", "operator.token");
        Port = port;
        Url = url;
    }

    public int Port { get; }

    public int ProcessId => _child.ProcessId;

    public Uri Url { get; }

    /// <summary>Where the token for the operator's API is.</summary>
    public string TokenPath { get; }

    public static async Task<Emulator> StartAsync(string folder, CancellationToken cancel, params string[] settings)
    {
        var (http, smtp) = (Ports.Free(), Ports.Free());
        var child = Child.Start(Path.Combine(folder, "server.log"), "dotnet",
        [
            Program, "--ActionMail:Mode=Emulator", $"--ActionMail:PublicUrl=http://localhost:{http}", $"--ActionMail:DataFolder={folder}/data", $"--Smtp:Port={smtp}",
            .. settings,
        ]);
        try
        {
            await Ports.ListeningAsync(smtp, cancel);
            return new(child, folder, smtp, new($"http://localhost:{http}"));
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
        var now = Count($"SELECT COUNT(*) FROM messages WHERE {Foreign}");
        if (now != _stored + more)
            throw new InvalidOperationException($"{more} mails were accepted, but {now - _stored} stored.");
        _stored = now;
    }

    /// <summary>Every mail that was ever stored has an active card and a sender that was proven.</summary>
    public void RequireActive()
    {
        var active = Count($"SELECT COUNT(*) FROM messages WHERE card_state = 'Active' AND is_sender_verified AND {Foreign}");
        if (active != _stored)
            throw new InvalidOperationException($"{_stored} mails were stored, but {active} with an active card of a proven sender.");
    }

    /// <summary>Every mail that was ever stored was counted for its provider, or none where counts are discarded.</summary>
    public void RequireCounted(bool isCounted)
    {
        var counted = Count("SELECT COALESCE(SUM(mails), 0) FROM provider_hours");
        if (counted != (isCounted ? _stored : 0))
            throw new InvalidOperationException($"{_stored} mails were stored, but {counted} counted.");
    }

    /// <summary>From now on the store drops what is counted for providers. The statements still run: the program has no switch, and gets none for this.</summary>
    public void DiscardCounts()
    {
        using var connection = new SqliteConnection($"Data Source={_database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TRIGGER bench_drops_counts BEFORE INSERT ON provider_hours BEGIN SELECT RAISE(IGNORE); END";
        command.ExecuteNonQuery();
    }

    public ValueTask DisposeAsync()
    {
        _child.Dispose();
        return ValueTask.CompletedTask;
    }

    private long Count(string query)
    {
        using var connection = new SqliteConnection($"Data Source={_database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return (long)command.ExecuteScalar()!;
    }
}
