using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ActionMail.Server.Persistence;

/// <summary>For <c>dotnet ef migrations add</c> alone: the model, no data.</summary>
internal sealed class DesignTimeDb : IDesignTimeDbContextFactory<ActionMailDb>
{
    public ActionMailDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<ActionMailDb>().UseSqlite("Data Source=:memory:").UseSnakeCaseNamingConvention().Options);
}
