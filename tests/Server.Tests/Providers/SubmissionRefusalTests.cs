using System.Net;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Tests.Providers;

/// <summary>What the submission form does not take is told by its name and its reason, and never dropped behind the submitter's back. Security J-01, J-14.</summary>
public sealed class SubmissionRefusalTests(SubmissionPageTests.Roomy shared) : IClassFixture<SubmissionPageTests.Roomy>
{
    private const string Developer = "dev@contoso.test";

    [Fact]
    public async Task A_form_of_ten_megabytes_is_refused()
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();

        using var answer = await dev.PostAsync(Edit(id), [("scenario.sampleCard", new string('x', 10 * 1024 * 1024)), ("command", "save")]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("What was sent has 10.1 MB; at most 4 MB are taken, files included. Nothing was kept of it. Go back: what you typed is still there.", await DashboardBrowser.TextOfAsync(answer));
    }

    // The script sends its token in a header, so that nobody looks for it in the form; and a length that is not announced is found out by reading.
    [Theory]
    [InlineData("announced", 10 * 1024 * 1024, "has 10.1 MB; at most 4 MB")]
    [InlineData("in chunks", (4 * 1024 * 1024) + 1024, "has more; at most 4 MB")]
    [InlineData("as one text", 2 * 1024 * 1024, "longer than any field takes")]
    public async Task What_is_too_large_is_said_however_it_was_sent(string how, int length, string words)
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();
        var token = DashboardBrowser.TokenOf(await dev.ReadAsync(Edit(id)));
        var text = new string('x', length);
        using HttpContent content = how == "as one text"
            ? new FormUrlEncodedContent([new("version", "1"), new("scenario.sampleCard", text)])
            : new MultipartFormDataContent { { new StringContent("1"), "version" }, { new StringContent(text), "scenario.sampleCard" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Edit(id)}?handler=Draft") { Content = content, Headers = { ExpectContinue = true, TransferEncodingChunked = how == "in chunks" } };
        request.Headers.Add("RequestVerificationToken", token);

        using var answer = await dev.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains(words, await DashboardBrowser.TextOfAsync(answer));
        Assert.Equal(1, (await DraftAsync(id)).Version);
    }

    [Theory]
    [InlineData("logo", "logo", "Logo: What you gave here was refused")]
    [InlineData("keyFile", "keyFile", "Key from a file: What you gave here was refused")]
    [InlineData("keys", "key-0", "Key 1: What you gave here was refused")]
    public async Task What_was_refused_while_one_typed_is_told_once_at_the_submission(string dropped, string field, string words)
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();
        (string, string)[] fields = [.. TestUsers("Told once", $"told-{dropped.ToLowerInvariant()}@contoso.test"), ("keys", ""), ("command", "submit")];

        using var typing = await dev.PostAsync($"{Edit(id)}?handler=Draft", [.. fields, ("dropped", dropped)]);
        using var first = await dev.PostAsync(Edit(id), [.. fields, ("dropped", dropped)]);
        var page = await first.Content.ReadAsStringAsync();
        using var second = await dev.PostAsync(Edit(id), fields);

        Assert.Empty((await DashboardBrowser.JsonOfAsync(typing)).GetProperty("notes").EnumerateArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, first.StatusCode);
        Assert.Contains(words, DashboardBrowser.TextOf(page).Replace(" :", ":", StringComparison.Ordinal));
        Assert.Matches($"(?s)id=\"{field}-notes\"[^>]*>\\s*<p class=\"form-error\"[^>]*>What you gave here was refused", page);
        Assert.DoesNotContain("name=\"dropped\"", page);
        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_not_kept_is_marked_so_for_the_script()
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();

        using var answer = await dev.PostAsync($"{Edit(id)}?handler=Draft", [("name", "")], [("logo", "no picture"u8.ToArray(), "logo.png")]);

        var note = Assert.Single((await DashboardBrowser.JsonOfAsync(answer)).GetProperty("notes").EnumerateArray());
        Assert.Equal(("logo", "refused"), (note.GetProperty("id").GetString(), note.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Each_line_of_the_summary_begins_with_the_name_of_its_field()
    {
        using var dev = await SignInAsync(Developer);
        var id = await dev.BeginAsync();

        using var answer = await dev.PostAsync(Edit(id), [("name", new string('x', 300)), ("scope", "Global"), ("contact.name", new string('x', 300)), ("keys", "nonsense"), ("command", "submit")]);

        var summary = DashboardBrowser.TextOf((await answer.Content.ReadAsStringAsync()).Split("error-summary")[1].Split("</ul>")[0]);
        Assert.Contains("Friendly name: It has 300 characters; at most 100 are taken.", summary);
        Assert.Contains("Contact name: It has 300 characters; at most 100 are taken.", summary);
        Assert.Contains("Key 1: The public key is refused", summary);
    }

    private static string Edit(string id) => $"/providers/{id}/edit";

    private static (string, string)[] TestUsers(string name, string sender) =>
        [("name", name), ("senders", sender), ("targets", "https://api.contoso.test"), ("tokenProfile", "Eat"), ("scope", "TestUsers"), ("testUsers", "dev@contoso.test")];

    private Task<DashboardBrowser> SignInAsync(string address) => DashboardBrowser.SignInAsync(shared.Running.Doors, address);

    private Task<ProviderDraftRow> DraftAsync(string id) => shared.Running.ReadAsync(db => db.ProviderDrafts.AsNoTracking().SingleAsync(draft => draft.ProviderId == id));
}
