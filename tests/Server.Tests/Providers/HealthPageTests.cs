using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Providers.Health;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Providers;

/// <summary>The pages of a provider's health and diagnosis: for those who may see the registration, drawn by the server, and silent about people. Security D-09, E-05, J-10.</summary>
public sealed partial class HealthPageTests(SharedPlatform shared) : IClassFixture<SharedPlatform>, IAsyncLifetime
{
    private readonly StubProvider _provider = new();
    private Service _service = null!;
    private Browser _administrator = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await shared.RegisteredAsync(_provider);
        _administrator = await Browser.SignInAsync(shared.Running.Doors, "admin@contoso.test");
    }

    public ValueTask DisposeAsync()
    {
        _provider.Dispose();
        _administrator.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("admin@contoso.test", "organization", HttpStatusCode.OK)]
    [InlineData("owner@contoso.test", "organization", HttpStatusCode.NotFound)]
    [InlineData("admin@fabrikam.test", "organization", HttpStatusCode.NotFound)]
    [InlineData("reviewer@platform.test", "organization", HttpStatusCode.NotFound)]
    [InlineData("admin@contoso.test", "global", HttpStatusCode.OK)]
    [InlineData("reviewer@platform.test", "global", HttpStatusCode.OK)]
    [InlineData("admin@fabrikam.test", "global", HttpStatusCode.NotFound)]
    public async Task Who_may_not_see_the_registration_sees_neither_page(string who, string scope, HttpStatusCode status)
    {
        (await _service.RegisterAsync(_service.File(scope: scope))).EnsureSuccessStatusCode();
        using var browser = await Browser.SignInAsync(shared.Running.Doors, who);

        foreach (var page in new[] { "health", "health?range=7d", "diagnosis" })
            Assert.Equal((page, status), (page, (await browser.Http.GetAsync($"/providers/{_service.Id}/{page}")).StatusCode));
    }

    [Theory]
    [InlineData("health?range=24h", HttpStatusCode.OK)]
    [InlineData("health?range=7d", HttpStatusCode.OK)]
    [InlineData("health?range=30d", HttpStatusCode.OK)]
    [InlineData("health?range=1y", HttpStatusCode.NotFound)]
    public async Task The_ranges_are_three(string page, HttpStatusCode status) =>
        Assert.Equal(status, (await _administrator.Http.GetAsync($"/providers/{_service.Id}/{page}")).StatusCode);

    [Theory]
    [InlineData("admin@contoso.test", "", HttpStatusCode.OK, true)]
    [InlineData("admin@contoso.test", "?view=organization&range=30d", HttpStatusCode.OK, true)]
    [InlineData("admin@contoso.test", "?view=mine", HttpStatusCode.OK, false)]
    [InlineData("admin@contoso.test", "?view=global", HttpStatusCode.NotFound, false)]
    [InlineData("admin@contoso.test", "?range=1y", HttpStatusCode.NotFound, false)]
    [InlineData("admin@fabrikam.test", "", HttpStatusCode.OK, false)]
    [InlineData("reviewer@platform.test", "", HttpStatusCode.OK, false)]
    [InlineData("dev@contoso.test", "", HttpStatusCode.OK, false)]
    [InlineData("dev@contoso.test", "?view=organization", HttpStatusCode.NotFound, false)]
    public async Task The_overview_has_the_providers_that_are_the_readers_to_see(string who, string query, HttpStatusCode status, bool hasIt)
    {
        using var browser = await Browser.SignInAsync(shared.Running.Doors, who);

        using var answer = await browser.Http.GetAsync($"/providers/health{query}");

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(hasIt, (await answer.Content.ReadAsStringAsync()).Contains($"/providers/{_service.Id}/health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_overview_adds_up_each_providers_figures()
    {
        var id = await _service.DeliverAsync(_service.Mail(_service.Card()));
        await shared.Owner.OpenAndPressAsync(id, "Approve");
        await _service.DeliverAsync(_service.Mail(_service.Card(text: "Once more")));
        (await _service.MoveAsync("suspend")).EnsureSuccessStatusCode();
        await _service.DeliverAsync(_service.Mail(_service.Card()));

        var page = await _administrator.Http.GetStringAsync("/providers/health");

        var line = page[page.IndexOf($"/providers/{_service.Id}/health", StringComparison.Ordinal)..];
        var cells = Cell().Matches(line[..line.IndexOf("</tr>", StringComparison.Ordinal)]).Select(cell => (cell.Groups["label"].Value, WebUtility.HtmlDecode(cell.Groups["text"].Value))).ToList();
        Assert.Contains(">Suspended<", line[..line.IndexOf("</tr>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Equal([("Deliveries", "3"), ("Active cards", "66.7 %"), ("Acted on", "100.0 %"), ("Failed requests", "0.0 %")], cells[1..5]);
        Assert.EndsWith(" ms", cells[5].Item2, StringComparison.Ordinal);
        Assert.Equal(("Complaints", "0"), cells[6]);
    }

    [Fact]
    public async Task The_page_shows_what_happened_in_charts_and_in_tables()
    {
        var id = await _service.DeliverAsync(_service.Mail(_service.Card()));
        await shared.Owner.OpenAndPressAsync(id, "Approve");
        (await _service.MoveAsync("suspend")).EnsureSuccessStatusCode();
        await _service.DeliverAsync(_service.Mail(_service.Card()));

        var page = await _administrator.Http.GetStringAsync($"/providers/{_service.Id}/health");

        Assert.Equal(6, Chart().Count(page));
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.Contains("<code>provider_suspended</code>", page, StringComparison.Ordinal);
        Assert.Contains("card active: 1, card inert: 1", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("Too little data", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Adele", page[page.IndexOf("id=\"main\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_diagnosis_names_what_stands_in_the_way_and_nothing_of_the_recipients()
    {
        Assert.Contains("no_messages", await _administrator.Http.GetStringAsync($"/providers/{_service.Id}/diagnosis"), StringComparison.Ordinal);
        await _service.DeliverAsync(_service.Mail(_service.Card()));
        (await _service.MoveAsync("suspend")).EnsureSuccessStatusCode();
        await _service.DeliverAsync(_service.Mail(_service.Card()));

        var page = await DiagnosisAsync();

        foreach (var expected in new[] { "<code>suspended</code>", "<code>provider_suspended</code>", "contoso.test", Environment.MachineName, "up to date" })
            Assert.Contains(expected, page, StringComparison.Ordinal);
        var main = page[page.IndexOf("id=\"main\"", StringComparison.Ordinal)..];
        foreach (var secret in new[] { Service.Owner, "A request", "Please approve" })
            Assert.DoesNotContain(secret, main, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_is_XML_that_says_everything_twice()
    {
        var chart = new HealthChart("x", "A <chart> & more", ["first", "second"], [(0, "1"), (1, "2")], [new("good & new", "good", [3, 0]), new("bad", "bad", [1, -2])]);

        var svg = XElement.Parse(ColumnChart.Draw(chart).ToString()!);

        Assert.Equal("img", (string?)svg.Attribute("role"));
        Assert.Equal("A <chart> & more", svg.Elements().Single(element => element.Name.LocalName == "title").Value);
        Assert.Contains("good & new: 3, bad: -1", svg.Elements().Single(element => element.Name.LocalName == "desc").Value, StringComparison.Ordinal);
        Assert.Equal(2, svg.Descendants().Count(element => element.Name.LocalName == "rect"));
        Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName is "style" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    [InlineData(9, 10)]
    [InlineData(11, 20)]
    [InlineData(41, 100)]
    [InlineData(100, 100)]
    [InlineData(101, 200)]
    public void A_scale_ends_with_a_round_number_whose_half_is_whole(int highest, int top) => Assert.Equal(top, ChartScale.For(highest).Top);

    [Fact]
    public void Every_reason_has_words_for_the_page() => Assert.All(Enum.GetValues<Reason>(), reason => Assert.NotEmpty(reason.Entry().Words));

    [Fact]
    public async Task What_is_counted_is_read_by_its_key()
    {
        var plan = await shared.Running.ReadAsync(async db =>
        {
            await db.Database.OpenConnectionAsync();
            using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN SELECT * FROM provider_hours WHERE organization_id = '' AND provider_id = '' AND hour >= 0";
            using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return reader.GetString(3);
        });

        Assert.StartsWith("SEARCH", plan, StringComparison.Ordinal);
        Assert.Contains("hour>?", plan, StringComparison.Ordinal);
    }

    // The node says every second how far it is.
    private async Task<string> DiagnosisAsync()
    {
        var page = "";
        for (var attempt = 0; attempt < 100 && !page.Contains("up to date", StringComparison.Ordinal); attempt++)
        {
            page = await _administrator.Http.GetStringAsync($"/providers/{_service.Id}/diagnosis");
            await Task.Delay(100);
        }
        return page;
    }

    [GeneratedRegex("<td data-label=\"(?<label>[^\"]*)\"[^>]*>(?<text>[^<]*)<")]
    private static partial Regex Cell();

    [GeneratedRegex("<svg class=\"chart\"")]
    private static partial Regex Chart();
}
