using System.Globalization;
using ActionMail.Server.Accounts;
using ActionMail.Server.Providers.Api;

namespace ActionMail.Server.Providers.Pages;

/// <summary>"Export approved providers": what a list shows, as a file. Of a view that is not the reader's it is empty but for its header.</summary>
internal static class ExportPage
{
    public static void MapProviderExport(this IEndpointRouteBuilder routes) => routes.MapGet("/providers/export.csv", ExportAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> ExportAsync(string? view, string? status, string? q, Person reader, RegistrationQueries registrations, TimeProvider time, CancellationToken cancel)
    {
        var wanted = Enum.TryParse<ListView>(view, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : ListView.Mine;
        var rows = await registrations.RunningAsync(reader, ProviderTable.Read(wanted, status, q, number: null), cancel);
        var day = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return TypedResults.File(RegistrationExport.Write(rows), CsvText.MediaType, $"approved-providers-{day}.csv");
    }
}
