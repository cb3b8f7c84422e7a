namespace ActionMail.Bench.Pages;

/// <summary>
/// The pages of the dashboard with ten thousand registrations, a million messages and a thousand people in an SQLite store, each beside itself with a hundred, a thousand
/// and ten: what a page costs must not grow with what has happened. The goal is 50 ms for each at the 95th percentile.
/// </summary>
internal static class PagesSuite
{
    private static readonly History Small = new(Providers: 100, Messages: 1_000, People: 10);

    /// <summary>Who looks at what; nobody in particular at the sign-in page.</summary>
    private static readonly (string? Person, string Path)[] Pages =
    [
        (null, "/sign-in"),
        ("dev@contoso.test", "/providers"),
        ("dev@contoso.test", "/providers?status=approved&q=Service%209"),
        ("dev@contoso.test", $"/providers/{History.IdOf(History.Busiest)}"),
        ("dev@contoso.test", $"/providers/{History.IdOf(History.Changed)}"),
        ("dev@contoso.test", "/providers/new"),
        ("dev@contoso.test", $"/providers/{History.IdOf(History.Busiest)}/edit"),
        ("dev@contoso.test", "/account"),
        ("dev@contoso.test", "/docs/api"),
        ("dev@contoso.test", $"/providers/{History.IdOf(History.Busiest)}/health?range=24h"),
        ("dev@contoso.test", $"/providers/{History.IdOf(History.Busiest)}/health?range=30d"),
        ("dev@contoso.test", $"/providers/{History.IdOf(History.Busiest)}/diagnosis"),
        ("admin@contoso.test", "/admin"),
        ("admin@contoso.test", "/organization"),
        ("reviewer@platform.test", "/review"),
        ("reviewer@platform.test", $"/providers/{History.IdOf(100)}/review/1"),
        ("admin@fabrikam.test", "/admin/consent"),
        ("owner@contoso.test", "/inbox"),
    ];

    public static async Task<IReadOnlyList<Comparison>> RunAsync(Settings settings, CancellationToken cancel)
    {
        await using var small = await Site.StartAsync(Small, cancel);
        await using var full = await Site.StartAsync(new(settings.Registrations, settings.History, settings.People), cancel);
        var comparisons = new List<Comparison>();
        foreach (var (person, path) in Pages.Where(page => settings.Only is null || page.Path.Contains(settings.Only, StringComparison.Ordinal)))
        {
            comparisons.Add(await Rounds.RunAsync($"{path}, 95th percentile", "ms", settings with { Only = null },
            [
                new($"{Small.Providers:#,0} registrations, {Small.Messages:#,0} messages", stop => small.MeasureAsync(person, path, settings.PageRequests, stop)),
                new($"{settings.Registrations:#,0} registrations, {settings.History:#,0} messages", stop => full.MeasureAsync(person, path, settings.PageRequests, stop)),
            ], cancel));
        }
        return comparisons;
    }
}
