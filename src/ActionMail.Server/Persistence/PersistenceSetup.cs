using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using ActionMail.Server.Operations;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Persistence;

internal static class PersistenceSetup
{
    public static IServiceCollection AddPersistence(this IServiceCollection services)
    {
        services.AddOptions<StoreOptions>().BindConfiguration(StoreOptions.Section)
            .Validate(options => options.BusyTimeout > TimeSpan.Zero && options.BusyTimeout <= TimeSpan.FromMinutes(1), "Store:BusyTimeout is more than nothing and at most a minute.")
            .ValidateOnStart();
        services.AddSingleton<DataFolderLock>();
        services.AddSingleton<SqliteDurability>();
        services.AddPooledDbContextFactory<ActionMailDb>((provider, options) =>
        {
            var file = Path.Combine(provider.GetRequiredService<IOptions<ServerOptions>>().Value.DataFolder, "actionmail.db");
            options
                .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = BusySeconds(provider), Pooling = true }.ToString())
                .UseSnakeCaseNamingConvention()
                .AddInterceptors(provider.GetRequiredService<SqliteDurability>());
        });
        services.AddSingleton<StoreWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<StoreWriter>());
        return services;
    }

    /// <summary>Brings the schema up to date before anything listens.</summary>
    public static void MigrateStore(this WebApplication app)
    {
        app.Services.GetRequiredService<DataFolderLock>();
        using var db = app.Services.GetRequiredService<IDbContextFactory<ActionMailDb>>().CreateDbContext();
        var unknown = db.Database.GetAppliedMigrations().Except(db.Database.GetMigrations(), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            throw new StartupException($"The database was made by a newer release (it has {unknown[^1]}). Start that release, or name another data folder.");
        db.Database.Migrate();
    }

    // The provider counts in whole seconds, and takes 0 for ever.
    private static int BusySeconds(IServiceProvider provider) =>
        Math.Max(1, (int)Math.Ceiling(provider.GetRequiredService<IOptions<StoreOptions>>().Value.BusyTimeout.TotalSeconds));
}

/// <summary>
/// What every SQLite connection is told: a write-ahead log that survives a crash, and an fsync at each commit, without which a 250 would promise too much.
/// </summary>
internal sealed class SqliteDurability(IOptions<StoreOptions> options) : DbConnectionInterceptor
{
    // wal_autocheckpoint in pages of 4 KiB: every checkpoint costs two fsyncs more, and a page that is written often in between is moved once.
    private readonly string _pragmas = string.Create(CultureInfo.InvariantCulture,
        $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout={(int)options.Value.BusyTimeout.TotalMilliseconds}; PRAGMA wal_autocheckpoint=8000;");

    // A pooled connection comes back with the same handle, which remembers.
    private readonly ConditionalWeakTable<object, object> _told = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Tell(connection);

    // SQLite works synchronously under its asynchronous methods too.
    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(connection);
        return Task.CompletedTask;
    }

    private void Tell(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (_told.TryGetValue(handle, out _))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
        _told.Add(handle, handle);
    }
}
