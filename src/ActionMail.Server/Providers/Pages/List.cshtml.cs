using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers.Pages;

/// <summary>My providers: those that the reader owns, and their drafts.</summary>
internal sealed class ListModel(RegistrationQueries registrations, Drafts drafts, IDbContextFactory<ActionMailDb> contexts) : DashboardPage
{
    internal ProviderTable Table { get; private set; } = null!;
    internal IReadOnlyList<DraftLine> Drafts { get; private set; } = [];

    /// <summary>Whether there is nothing at all, whatever the filter.</summary>
    internal bool IsEmpty => Drafts.Count == 0 && Table is { IsFiltered: false, List.Total: 0 };

    public async Task OnGetAsync(string? status, string? q, int? number, CancellationToken cancel)
    {
        var isDrafts = string.Equals(status, ProviderTable.DraftsOnly, StringComparison.OrdinalIgnoreCase);
        var request = ProviderTable.Read(ListView.Mine, status, q, number);
        Table = new("/providers", request, isDrafts ? new([], 0) : await registrations.ListAsync(Reader, request, cancel))
        {
            OffersDrafts = true,
            IsDrafts = isDrafts,
            UnknownStatus = ProviderTable.UnknownOf(status, request),
        };
        if (request.Status is null && request.Page == 1)
            Drafts = await DraftsAsync(request.Text, cancel);
    }

    private async Task<IReadOnlyList<DraftLine>> DraftsAsync(string text, CancellationToken cancel)
    {
        // A form that was opened and not written in is nothing to go on with.
        var rows = (await drafts.ListAsync(Reader, cancel)).Where(row => row.Fields != DraftFields.Empty).ToList();
        var ids = rows.Select(row => row.ProviderId).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var registered = await db.Providers.Where(row => row.OrganizationId == Reader.OrganizationId && ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancel);
        return [.. rows.Select(row => DraftLine.Of(row, !registered.Contains(row.ProviderId))).Where(line => line.Matches(text))];
    }
}

/// <summary>A draft in the list.</summary>
internal sealed record DraftLine(string Id, string Name, bool IsNew, DateTimeOffset SavedAt)
{
    public string Title => Name.Length > 0 ? Name : "(no name yet)";

    public static DraftLine Of(ProviderDraftRow row, bool isNew) => new(row.ProviderId, DraftFields.Read(row.Fields).Name?.Trim() ?? "", isNew, row.SavedAt);

    public bool Matches(string text) =>
        Name.Contains(text, StringComparison.OrdinalIgnoreCase) || Id.StartsWith(text, StringComparison.OrdinalIgnoreCase);
}
