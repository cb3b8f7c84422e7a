using System.Globalization;
using System.Text;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers.Api;

/// <summary>The registrations that run, as a spreadsheet takes them. dashboard.md "Export approved providers", security J-09.</summary>
internal static class RegistrationExport
{
    private static readonly string[] Header = ["name", "provider id", "senders", "target URLs", "scope", "approved by", "approved at", "token type"];

    public static byte[] Write(IEnumerable<(ProviderRow Row, ProviderRevisionRow Running)> registrations) =>
        Encoding.UTF8.GetBytes(CsvText.Of([Header, .. registrations.Select(pair => CellsOf(pair.Row, pair.Running))]));

    private static string[] CellsOf(ProviderRow row, ProviderRevisionRow running)
    {
        var content = RegisteredContent.FromJson(running.Content);
        return
        [
            content.Name,
            row.Id,
            string.Join("; ", content.Senders),
            string.Join("; ", content.Targets),
            WordOf(content.Scope.ToString()),
            running.DecidedBy ?? "",
            running.DecidedAt?.ToString("u", CultureInfo.InvariantCulture) ?? "",
            WordOf(content.TokenProfile.ToString()),
        ];
    }

    private static string WordOf(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
