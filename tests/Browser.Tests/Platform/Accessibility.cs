using System.Text.Json;
using Microsoft.Playwright;

namespace ActionMail.Browser.Tests.Platform;

/// <summary>What axe-core finds on a page, by the rules of WCAG 2.2 AA. It is a check for machines: it finds no more than they can.</summary>
internal static class Accessibility
{
    private static readonly string Axe = File.ReadAllText(Checkout.AxeScript);

    private const string Run = """
        async () => (scrollTo(0, 0), await axe.run(document, {
            resultTypes: ['violations'], iframes: false,
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        })).violations.map(found => ({
            rule: found.id, impact: found.impact, places: found.nodes.map(node => `${node.target.join(' ')} — ${node.failureSummary}`),
        }))
        """;

    /// <summary>No finding that keeps somebody from using the page; what is minor is left to the eye.</summary>
    public static async Task AssertAsync(IPage page, string what)
    {
        var serious = (await FindAsync(page)).Where(each => each.GetProperty("impact").GetString() is "serious" or "critical" or "moderate").ToList();
        Assert.True(serious.Count == 0, $"{what}:\n{string.Join('\n', serious)}");
    }

    /// <summary>All that it finds.</summary>
    public static async Task<IReadOnlyList<JsonElement>> FindAsync(IPage page)
    {
        // By the debugger's door, which our policy does not guard: the page that is looked at is under the policy that everybody's is under.
        if (await page.EvaluateAsync<bool>("() => typeof axe === 'undefined'"))
            await page.EvaluateAsync(Axe);
        return [.. (await page.EvaluateAsync<JsonElement>(Run)).EnumerateArray()];
    }
}
