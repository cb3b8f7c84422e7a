using System.Net;
using System.Text.RegularExpressions;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Outbound;

/// <summary>The form of a reply or a forward, as a browser without script fills it in and sends it.</summary>
internal sealed partial class AnswerForm
{
    private readonly Browser _browser;
    private readonly string _path;

    private AnswerForm(Browser browser, string path, string page) => (_browser, _path, Page, Fields) = (browser, path, page, FieldsOf(page));

    public string Page { get; }

    /// <summary>What is in it now; a test writes over it.</summary>
    public Dictionary<string, string> Fields { get; }

    public static async Task<AnswerForm> OpenAsync(Browser browser, Guid message, string kind)
    {
        var path = $"/inbox/{message}/{kind}";
        return new(browser, path, await browser.Http.GetStringAsync(path));
    }

    /// <summary>Sends it; the page that comes back where it was not taken.</summary>
    public async Task<(HttpStatusCode Status, AnswerForm Form)> PostAsync()
    {
        using var answer = await _browser.Http.PostAsync(_path, new FormUrlEncodedContent(Fields));
        return (answer.StatusCode, new(_browser, _path, await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>Sends it, and it is taken: the answer leads to another page, so that a reload sends nothing.</summary>
    public async Task SendAsync()
    {
        var (status, form) = await PostAsync();
        Assert.True(status == HttpStatusCode.Redirect, form.Page);
    }

    private static Dictionary<string, string> FieldsOf(string page)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match input in Input().Matches(page))
        {
            if (Name().Match(input.Value) is { Success: true } name && name.Groups[1].Value != "person")
                fields[name.Groups[1].Value] = WebUtility.HtmlDecode(Value().Match(input.Value).Groups[1].Value);
        }
        if (Area().Match(page) is { Success: true } area)
            fields["text"] = WebUtility.HtmlDecode(area.Groups[1].Value);
        return fields;
    }

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex(" name=\"([^\"]*)\"")]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"([^\"]*)\"")]
    private static partial Regex Value();

    // The line end behind the start tag is no part of the text (HTML §13.1.2.5).
    [GeneratedRegex("<textarea[^>]*>\r?\n?([^<]*)</textarea>")]
    private static partial Regex Area();
}
