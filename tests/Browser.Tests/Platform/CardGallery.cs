using System.Net;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards;

namespace ActionMail.Browser.Tests.Platform;

/// <summary>
/// Cards in the inbox's own element, in a page of the tests' own at the emulator's address: script, styles and content policy are the
/// emulator's, and each card is what its page would get.
/// </summary>
internal sealed class CardGallery(Reader reader, Emulator emulator)
{
    private readonly Uri _address = new(emulator.Url, "cards-of-the-tests");

    public Reader Reader => reader;

    /// <summary>Opens a page with these cards; returns once each is drawn.</summary>
    public async Task ShowAsync(params IReadOnlyCollection<(string Name, Card Card)> cards)
    {
        var policy = await PolicyAsync();
        await reader.Page.UnrouteAllAsync();
        await reader.Page.RouteAsync(_address.ToString(), route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Headers = new Dictionary<string, string> { ["Content-Type"] = "text/html; charset=utf-8", ["Content-Security-Policy"] = policy },
            Body = PageOf(cards),
        }));
        await reader.Page.GotoAsync(_address.ToString());
        await Expect(reader.Page.Locator("actionable-card[data-drawn-height]")).ToHaveCountAsync(cards.Count);
    }

    /// <summary>The names of the cards of which nothing but an excuse is shown.</summary>
    public Task<string[]> NotDrawnAsync() => reader.Page.EvaluateAsync<string[]>(
        "() => [...document.querySelectorAll('actionable-card')].filter(card => !card.querySelector('.ac-adaptiveCard')).map(card => card.id)");

    /// <summary>What is wider than its place: the window, a card, or a text, field or button in it that is cut off.</summary>
    public Task<string[]> TooWideAsync() => reader.Page.EvaluateAsync<string[]>("""
        () => [document.documentElement, ...document.querySelectorAll('.am-card-surface, .am-card-surface :is(.ac-textBlock, .ac-richTextBlock, button, button > div, td)')]
            .filter(element => element.scrollWidth > element.clientWidth && element.clientWidth > 0)
            .map(element => `${element.tagName}.${element.className}: ${element.scrollWidth} > ${element.clientWidth} (${element.textContent.trim().slice(0, 40)})`)
        """);

    private async Task<string> PolicyAsync()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(emulator.Url, "sign-in"));
        return answer.Headers.GetValues("Content-Security-Policy").Single();
    }

    private static string PageOf(IEnumerable<(string Name, Card Card)> cards)
    {
        var page = new StringBuilder("""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Cards</title>
            <link rel="icon" href="data:,"><link rel="stylesheet" href="/assets/inbox.css"><script type="module" src="/assets/inbox.js"></script></head>
            <body><main class="reading-pane"><article class="reading">
            """);
        foreach (var (name, card) in cards)
        {
            page.Append($"""<h1 class="subject">{WebUtility.HtmlEncode(name)}</h1><actionable-card preview id="{WebUtility.HtmlEncode(name)}"><script type="application/json">""")
                .Append(JsonSerializer.Serialize(CardDisplay.Of(card))).Append("</script></actionable-card>");
        }
        return page.Append("</article></main></body></html>").ToString();
    }
}
