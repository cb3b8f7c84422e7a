using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Inbox;

/// <summary>The frame of a mail's body cannot be measured: a body of nothing, or of a line, takes no more room than that.</summary>
public sealed class BodyExtentTests(SharedPlatform shared) : IClassFixture<SharedPlatform>
{
    [Theory]
    [InlineData("a line", "text/plain", "The build is ready.", "is-short")]
    [InlineData("a line of HTML behind a style", "text/html", "<style>p{margin:0}</style><p>The build is ready.</p>", "is-short")]
    [InlineData("nothing", "text/plain", "", "The message has no text.")]
    [InlineData("HTML in which nothing is to be seen", "text/html", "<div><p> </p></div>", "The message has no text.")]
    [InlineData("a picture", "text/html", "<p>Look</p><img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==\">", null)]
    [InlineData("a letter", "text/plain", "A letter that goes on and on, about this and that, until nobody can say any more that it is a line or two of a mail.", null)]
    public async Task A_short_body_takes_little_room(string why, string type, string body, string? mark)
    {
        var messageId = $"<{Guid.NewGuid():N}@fabrikam.test>";
        var mail = $"From: someone@fabrikam.test\r\nTo: owner@contoso.test\r\nSubject: {why}\r\nMessage-ID: {messageId}\r\nMIME-Version: 1.0\r\nContent-Type: {type}\r\n\r\n{body}\r\n";
        await shared.Running.Doors.DeliverAsync(System.Text.Encoding.ASCII.GetBytes(mail), "someone@fabrikam.test", "owner@contoso.test");
        var copy = Assert.Single(await shared.Running.CopiesAsync("owner@contoso.test", messageId[1..^1]));

        var page = await shared.Owner.Http.GetStringAsync($"/inbox/{copy.Id}");

        Assert.Equal(mark, new[] { "is-short", "The message has no text." }.SingleOrDefault(part => page.Contains(part, StringComparison.Ordinal)));
        Assert.Equal(mark is not "The message has no text.", page.Contains("<iframe", StringComparison.Ordinal));
    }
}
