namespace ActionMail.Server.Providers;
internal static class CsvText { public static string Write(IEnumerable<IReadOnlyList<string>> rows) => string.Concat(rows.Select(r => string.Join(",", r) + "\r\n")); }
