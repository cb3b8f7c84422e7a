using System.Collections.Immutable;
using System.Globalization;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers.Pages;

/// <summary>A list of registrations with its filter and pages: the developer's, the administrator's and the reviewers' are one partial.</summary>
/// <param name="Path">The page that shows it, such as <c>/providers</c>.</param>
/// <param name="Request">What is shown.</param>
/// <param name="List">The registrations.</param>
internal sealed record ProviderTable(string Path, ListRequest Request, RegistrationList List)
{
    /// <summary>The filter that shows drafts and no registration.</summary>
    public const string DraftsOnly = "drafts";

    /// <summary>Whether the filter offers drafts: those are only ever one's own.</summary>
    public bool OffersDrafts { get; init; }

    /// <summary>Whether drafts are what is shown.</summary>
    public bool IsDrafts { get; init; }

    /// <summary>A filter that was asked for and is none; null where there is nothing wrong with it.</summary>
    public string? UnknownStatus { get; init; }

    /// <summary>Names the organization of each row; null where all are of one.</summary>
    public Func<ProviderRow, string>? OrganizationOf { get; init; }

    public int Pages => ListFoot.PagesOf(List.Total, ListRequest.PageSize);

    public ListFoot Foot => new(string.Create(CultureInfo.InvariantCulture, $"{List.Total} {(List.Total == 1 ? "provider" : "providers")}"), Request.Page, Pages, UrlOf);

    public ImmutableArray<(string Value, string Title, bool IsChosen)> Statuses =>
    [
        ("", "All", Request.Status is null && !IsDrafts),
        .. Enum.GetValues<ListStatus>().Select(status => (WordOf(status), status.ToString(), Request.Status == status)),
        .. OffersDrafts ? (ReadOnlySpan<(string, string, bool)>)[(DraftsOnly, "Drafts", IsDrafts)] : [],
    ];

    public bool IsFiltered => Request.Status is not null || Request.Text.Length > 0 || IsDrafts;

    /// <summary>The export is offered once the list is filtered by approved. dashboard.md "Elsewhere in the portal".</summary>
    public string? ExportUrl => Request.Status == ListStatus.Approved
        ? string.Create(CultureInfo.InvariantCulture, $"/providers/export.csv?view={Request.View.ToString().ToLowerInvariant()}&status=approved&q={Uri.EscapeDataString(Request.Text)}")
        : null;

    public string UrlOf(int number) => string.Create(CultureInfo.InvariantCulture,
        $"{Path}?status={(Request.Status is { } status ? WordOf(status) : "")}&q={Uri.EscapeDataString(Request.Text)}&number={number}");

    /// <summary>Reads what a filter's form sends; the page has another name than "page", which a Razor page's own path takes; what it does not know is all.</summary>
    public static ListRequest Read(ListView view, string? status, string? text, int? number) => new(
        view,
        Enum.GetValues<ListStatus>().Where(each => string.Equals(WordOf(each), status, StringComparison.OrdinalIgnoreCase)).Select(each => (ListStatus?)each).FirstOrDefault(),
        (text ?? "").Trim() is { Length: <= 200 } words ? words : "",
        Math.Clamp(number ?? 1, 1, 100_000));

    /// <summary>What was asked for and is no filter, cut to what a line holds.</summary>
    public static string? UnknownOf(string? status, ListRequest read) =>
        read.Status is null && (status ?? "").Trim() is { Length: > 0 } asked && !string.Equals(asked, DraftsOnly, StringComparison.OrdinalIgnoreCase)
            ? asked[..Math.Min(asked.Length, 40)]
            : null;

    private static string WordOf(ListStatus status) => status.ToString().ToLowerInvariant();
}
