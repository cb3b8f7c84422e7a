using System.Globalization;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers.Consent;
using Microsoft.AspNetCore.Mvc;

namespace ActionMail.Server.Providers.Pages;

/// <summary>Consent to other organizations' Global providers, by an administrator for everybody in theirs. dashboard.md "Admin consent".</summary>
internal sealed class AdminConsentModel(ConsentList list, Consents consents) : DashboardPage
{
    private const int LongestSearch = 200;

    internal ConsentPage List { get; private set; } = null!;

    /// <summary>What is searched for.</summary>
    public string Text { get; private set; } = "";

    /// <summary>From 1.</summary>
    public int Number { get; private set; } = 1;

    internal int Pages => ListFoot.PagesOf(List.Total, ConsentList.PageSize);

    internal ListFoot Foot => new(
        string.Create(CultureInfo.InvariantCulture, $"{List.Total} {(List.Total == 1 ? "provider" : "providers")} shown of {List.All}, consent granted to {List.Granted}"), Number, Pages,
        page => string.Create(CultureInfo.InvariantCulture, $"/admin/consent?q={Uri.EscapeDataString(Text)}&number={page}"));

    public async Task<IActionResult> OnGetAsync(string? q, int? number, CancellationToken cancel)
    {
        if (!Reader.IsAdministrator)
            return NotFound();
        (Text, Number) = ((q ?? "").Trim() is { Length: <= LongestSearch } text ? text : "", Math.Clamp(number ?? 1, 1, 100_000));
        List = await list.ReadAsync(Reader, Text, Number, cancel);
        return Page();
    }

    public Task<IActionResult> OnPostGrantAsync(string? provider, string? q, CancellationToken cancel) => ChangeAsync(consents.GrantAsync, provider, q, cancel);

    public Task<IActionResult> OnPostRevokeAsync(string? provider, string? q, CancellationToken cancel) => ChangeAsync(consents.RevokeAsync, provider, q, cancel);

    private async Task<IActionResult> ChangeAsync(Func<Accounts.Person, string, CancellationToken, Task<ConsentChange>> change, string? provider, string? q, CancellationToken cancel) =>
        !Reader.IsAdministrator || await change(Reader, (provider ?? "").ToLowerInvariant(), cancel) == ConsentChange.Unknown
            ? NotFound()
            : LocalRedirect($"/admin/consent?q={Uri.EscapeDataString(q ?? "")}");
}
