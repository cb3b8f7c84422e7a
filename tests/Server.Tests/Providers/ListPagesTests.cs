using System.Net;
using System.Text.RegularExpressions;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Persistence;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Providers;

/// <summary>Lists that are longer than a page: every line is on one of them.</summary>
public sealed partial class ListPagesTests(ApprovalPlatform platform) : IClassFixture<ApprovalPlatform>, IAsyncLifetime
{
    private const int Lines = 51;

    public async ValueTask InitializeAsync() => await platform.Service<StoreWriter>().WriteAsync(db =>
    {
        var nestor = platform.Person(ApprovalPlatform.Administrator);
        var now = platform.Clock.GetUtcNow();
        for (var n = 0; n < Lines && !db.Providers.Any(row => row.Name == "Line 0"); n++)
        {
            var id = Guid.NewGuid().ToString("D");
            db.Providers.Add(new()
            {
                OrganizationId = nestor.OrganizationId,
                Id = id,
                Name = $"Line {n}",
                State = ProviderState.Approved,
                ActiveRevision = 1,
                LatestRevision = 1,
                IsGlobal = true,
                Scope = ProviderScope.Global,
                CreatedAt = now,
                ChangedAt = now,
            });
            db.ProviderOwners.Add(new() { OrganizationId = nestor.OrganizationId, ProviderId = id, PersonId = nestor.Id, Since = now });
        }
        return db.SaveChanges();
    }, ApprovalPlatform.Cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(ApprovalPlatform.Administrator, "/providers?q=line")]
    [InlineData(ApprovalPlatform.Administrator, "/admin?q=line")]
    [InlineData(ApprovalPlatform.Administrator, "/providers/health?view=mine&q=line")]
    [InlineData(ApprovalPlatform.Administrator, "/providers/health?view=organization&range=7d&q=line")]
    [InlineData(ApprovalPlatform.Reviewer, "/review?q=line")]
    [InlineData(ApprovalPlatform.Reviewer, "/providers/health?q=line")]
    public async Task The_next_page_goes_on_where_the_first_ends(string who, string path)
    {
        using var browser = await Browser.SignInAsync(platform.Running.Doors, who);

        var first = await browser.Http.GetStringAsync(path);
        var next = await browser.Http.GetStringAsync(WebUtility.HtmlDecode(Next().Match(first).Groups["href"].Value));

        Assert.Contains("page 1 of 2", first, StringComparison.Ordinal);
        Assert.Contains("page 2 of 2", next, StringComparison.Ordinal);
        Assert.Equal((50, 1), (Line().Count(first), Line().Count(next)));
        Assert.Equal(Lines, Line().Matches(first + next).Select(line => line.Value).Distinct().Count());
    }

    [GeneratedRegex("rel=\"next\" href=\"(?<href>[^\"]+)\"")]
    private static partial Regex Next();

    [GeneratedRegex(">Line [0-9]+<")]
    private static partial Regex Line();
}
