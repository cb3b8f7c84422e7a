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
        services.AddSingleton<SqliteDurability>();
        services.AddPooledDbContextFactory<ActionMailDb>((provider, options) =>
        {
            var file = Path.Combine(provider.GetRequiredService<IOptions<ServerOptions>>().Value.DataFolder, "actionmail.db");
            options
                .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10, Pooling = true }.ToString())
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
        PrivateFile.Folder(app.Services.GetRequiredService<IOptions<ServerOptions>>().Value.DataFolder);
        using var db = app.Services.GetRequiredService<IDbContextFactory<ActionMailDb>>().CreateDbContext();
        var unknown = db.Database.GetAppliedMigrations().Except(db.Database.GetMigrations(), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            throw new StartupException($"The database was made by a newer release (it has {unknown[^1]}). Start that release, or name another data folder.");
        db.Database.Migrate();
    }
}

/// <summary>
/// What every SQLite connection is told: a write-ahead log that survives a crash, and an fsync at each commit, without which a 250 would promise too much.
/// </summary>
internal sealed class SqliteDurability : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;";

    public override void ConnectionOpened(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
