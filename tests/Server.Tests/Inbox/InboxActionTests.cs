using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Inbox;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Inbox;

/// <summary>What the page asks for when the inbox itself does what a card's action says. Protocol §4.</summary>
public sealed class InboxActionTests(InboxActionTests.WithAddIn shared) : IClassFixture<InboxActionTests.WithAddIn>
{
    /// <summary>A platform with a pane of another site.</summary>
    public sealed class WithAddIn : SharedPlatform
    {
        private protected override string[] Settings =>
            [.. base.Settings, "--AddIns:Installed:0:Id=A-1", "--AddIns:Installed:0:Name=Parcels", "--AddIns:Installed:0:Url=https://parcels.contoso.test/pane?x=1"];
    }

    private static string Mail(string subject, string messageId) =>
        $"From: someone@fabrikam.test\r\nTo: owner@contoso.test\r\nSubject: {subject}\r\nMessage-ID: {messageId}\r\n\r\nHello\r\n";

    [Fact]
    public async Task An_item_id_names_a_message_of_ones_own_by_our_id_or_its_message_id()
    {
        await DeliverAsync(Mail("The meeting", "<meeting-1@fabrikam.test>"), "owner@contoso.test");
        var byMessageId = await FindAsync(shared.Owner, "<meeting-1@fabrikam.test>");
        var id = byMessageId.GetProperty("id").GetString()!;

        Assert.Equal("The meeting", byMessageId.GetProperty("subject").GetString());
        Assert.Equal("someone@fabrikam.test", byMessageId.GetProperty("from").GetProperty("address").GetString());
        Assert.Equal(id, (await FindAsync(shared.Owner, "meeting-1@fabrikam.test")).GetProperty("id").GetString());
        Assert.Equal(id, (await FindAsync(shared.Owner, id)).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("somebody else's, by Message-ID", "<theirs@fabrikam.test>", false)]
    [InlineData("somebody else's, by our id", "", false)]
    [InlineData("an id of Exchange", "AAMkAGI2THVSAAA=", true)]
    [InlineData("nothing that was ever sent", "00000000-0000-0000-0000-000000000000", true)]
    [InlineData("empty brackets", "<>", true)]
    public async Task Whatever_else_an_item_id_names_is_not_there(string why, string itemId, bool isNobodys)
    {
        using var elvia = await Browser.SignInAsync(shared.Running.Doors, "elvia@contoso.test");
        await DeliverAsync(Mail("Theirs", "<theirs@fabrikam.test>"), "elvia@contoso.test");
        var theirs = (await FindAsync(elvia, "<theirs@fabrikam.test>")).GetProperty("id").GetString()!;
        var named = itemId.Length > 0 ? itemId : theirs;

        Assert.Equal((why, HttpStatusCode.NotFound), (why, await StatusAsync(shared.Owner, named)));
        Assert.Equal((why, isNobodys ? HttpStatusCode.NotFound : HttpStatusCode.OK), (why, await StatusAsync(elvia, named)));
    }

    [Theory]
    [InlineData("a-1", "Parcels", "https://parcels.contoso.test/pane?x=1")]
    [InlineData("6D2F4C1E-90B7-4A53-8F0E-2B7C5A1D9E34", "Sample add-in", "/add-ins/sample")]
    public async Task An_installed_add_in_is_found_in_any_letter_case(string id, string name, string url)
    {
        var addIn = await shared.Owner.Http.GetFromJsonAsync<JsonElement>($"/api/add-ins?id={id}");

        Assert.Equal((name, url), (addIn.GetProperty("name").GetString(), addIn.GetProperty("url").GetString()));
    }

    [Fact]
    public async Task Another_add_in_is_not_installed()
    {
        using var answer = await shared.Owner.Http.GetAsync("/api/add-ins?id=a-2");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("not_installed", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/api/items?id=x")]
    [InlineData("/api/add-ins?id=a-1")]
    public async Task Nobody_who_is_not_signed_in_is_told_anything(string path)
    {
        using var stranger = Browser.Anonymous(shared.Running.Doors);

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.Http.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_page_may_frame_the_origins_of_installed_add_ins_and_no_others()
    {
        using var page = await shared.Owner.Http.GetAsync("/inbox");

        Assert.Contains("; frame-src 'self' https://parcels.contoso.test; ", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sample_pane_has_no_origin_and_runs_no_script_but_its_own()
    {
        using var pane = await shared.Owner.Http.GetAsync("/add-ins/sample");
        var policy = pane.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Equal(HttpStatusCode.OK, pane.StatusCode);
        Assert.Contains("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.EndsWith("; frame-ancestors 'self'; sandbox allow-scripts", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("as it should be", "a", "A", "https://a.test/pane", null)]
    [InlineData("a page of ours", "a", "A", "/pane", null)]
    [InlineData("no id", "", "A", "https://a.test/", "Id and Name")]
    [InlineData("no name", "a", " ", "https://a.test/", "Id and Name")]
    [InlineData("no URL", "a", "A", "", "Url")]
    [InlineData("not https", "a", "A", "http://a.test/", "Url")]
    [InlineData("another host without a scheme", "a", "A", "//a.test/", "Url")]
    [InlineData("the same by a backslash", "a", "A", "/\\a.test/", "Url")]
    [InlineData("a script", "a", "A", "javascript:alert(1)", "Url")]
    [InlineData("a policy of its own", "a", "A", "https://a.test; script-src *", "Url")]
    [InlineData("there already", "B", "A", "/pane", "twice")]
    public void A_pane_that_could_not_be_opened_safely_is_refused_at_the_start(string why, string id, string name, string url, string? fault)
    {
        var found = new AddInOptions { Installed = [new() { Id = "b", Name = "B", Url = "/b" }, new() { Id = id, Name = name, Url = url }] }.Fault(UrlPolicy.HttpsOnly);

        Assert.True(fault is null ? found is null : found?.Contains(fault, StringComparison.Ordinal) is true, $"{why}: {found}");
    }

    private async Task DeliverAsync(string mail, string to) =>
        Assert.StartsWith("250", await shared.Running.Doors.DeliverAsync(System.Text.Encoding.ASCII.GetBytes(mail), "someone@fabrikam.test", to), StringComparison.Ordinal);

    private static Task<JsonElement> FindAsync(Browser browser, string itemId) =>
        browser.Http.GetFromJsonAsync<JsonElement>($"/api/items?id={Uri.EscapeDataString(itemId)}");

    private static async Task<HttpStatusCode> StatusAsync(Browser browser, string itemId)
    {
        using var answer = await browser.Http.GetAsync($"/api/items?id={Uri.EscapeDataString(itemId)}");
        return answer.StatusCode;
    }
}
