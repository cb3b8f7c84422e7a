using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Inbox;

/// <summary>A mail that brings colours of its own is shown on paper; any other is as light or dark as the page.</summary>
public sealed class BodyColourTests(SharedPlatform shared) : IClassFixture<SharedPlatform>
{
    private const string Paper = "html{color-scheme:light;";
    private const string AsThePage = "html{color-scheme:light dark;";

    [Theory]
    [InlineData("plain text", "text/plain", "Hello", AsThePage)]
    [InlineData("words and structure", "text/html", "<p>Hello <b>there</b></p>", AsThePage)]
    [InlineData("a coloured text", "text/html", "<p style=\"color:#000\">Hello</p>", Paper)]
    [InlineData("a coloured table", "text/html", "<table bgcolor=\"#fff\"><tr><td>Hello</td></tr></table>", Paper)]
    [InlineData("a background", "text/html", "<p style=\"background:#eee\">Hello</p>", Paper)]
    public async Task A_body_is_paper_where_it_is_coloured(string why, string type, string body, string expected)
    {
        var messageId = $"<{Guid.NewGuid():N}@fabrikam.test>";
        var mail = $"From: someone@fabrikam.test\r\nTo: owner@contoso.test\r\nSubject: {why}\r\nMessage-ID: {messageId}\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\n\r\n{body}\r\n";
        await shared.Running.Doors.DeliverAsync(System.Text.Encoding.ASCII.GetBytes(mail), "someone@fabrikam.test", "owner@contoso.test");
        var copy = Assert.Single(await shared.Running.CopiesAsync("owner@contoso.test", messageId[1..^1]));

        var page = await shared.Owner.Http.GetStringAsync($"/inbox/{copy.Id}/body");

        Assert.Contains("Hello", page, StringComparison.Ordinal);
        Assert.Contains(expected, page, StringComparison.Ordinal);
    }
}
