using System.Collections.Immutable;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers.Health;
using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Providers.Pages;

/// <summary>How providers do, beside each other, in force and out of it: the reader's own, their organization's where they administer it, the Global ones where they review.</summary>
internal sealed class HealthListModel(RegistrationQueries registrations, HealthOverview overview, TimeProvider time) : DashboardPage
{
    internal HealthRange Range { get; private set; } = HealthRange.Day;
    internal ProviderTable Table { get; private set; } = null!;
    internal ImmutableArray<ProviderFigures> Figures { get; private set; } = [];

    /// <summary>The lists that are the reader's to choose from, the widest last.</summary>
    internal ImmutableArray<ListView> Views =>
    [
        ListView.Mine,
        .. Reader.IsAdministrator ? (ReadOnlySpan<ListView>)[ListView.Organization] : [],
        .. Reader.IsReviewer ? (ReadOnlySpan<ListView>)[ListView.Global] : [],
    ];

    public async Task<IActionResult> OnGetAsync(string? range, ListView? view, string? q, int? number, CancellationToken cancel)
    {
        if (HealthRange.Find(range) is not { } found || (view is { } wanted && !Views.Contains(wanted)))
            return NotFound();
        Range = found;
        var request = ProviderTable.Read(view ?? Views[^1], status: null, q, number);
        Table = new("/providers/health", request, await registrations.ListAsync(Reader, request, cancel));
        Figures = await overview.OfAsync(Table.List.Rows, found.Begin(time.GetUtcNow()), cancel);
        return Page();
    }

    internal ListFoot Foot => new($"{HealthWords.Number(Table.List.Total)} {(Table.List.Total == 1 ? "provider" : "providers")}", Table.Request.Page, Table.Pages,
        number => UrlOf(Range, Table.Request.View, number));

    internal string UrlOf(HealthRange range, ListView view, int number = 1) => FormattableString.Invariant(
        $"/providers/health?range={range.Code}&view={view.ToString().ToLowerInvariant()}{(Table.Request.Text.Length > 0 ? $"&q={Uri.EscapeDataString(Table.Request.Text)}" : "")}{(number > 1 ? $"&number={number}" : "")}");
}
