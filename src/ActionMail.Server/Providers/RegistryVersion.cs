using System.Globalization;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers;

/// <summary>The sequence of the changes that every node must take up: a node that has read up to a version asks for what came after.</summary>
internal static class RegistryVersion
{
    /// <summary>Takes the next version, in the transaction of the change that it is for.</summary>
    public static long Next(ActionMailDb db)
    {
        var sql = PreparedSql.On(db);
        sql.Execute("UPDATE registry_versions SET version = version + 1 WHERE id = 1");
        return Read(sql);
    }

    public static long Read(PreparedSql sql) => long.Parse(sql.First("SELECT version FROM registry_versions WHERE id = 1", row => row.GetInt64(0).ToString(CultureInfo.InvariantCulture))!, CultureInfo.InvariantCulture);
}
