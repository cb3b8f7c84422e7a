using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ActionMail.Cli.Tests;

public sealed partial class CardRenderTests : IDisposable
{
    private const string Card = """
        {"type":"AdaptiveCard","version":"1.0","originator":"secret-originator",
         "body":[{"type":"TextBlock","text":"May we </script><script>alert(1)</script> <!-- <script>?"},
                 {"type":"Media","sources":[],"altText":"A film"},
                 {"type":"Input.Time","id":"when","fallback":{"type":"Input.Text","id":"whenText","placeholder":"At what time?"}}],
         "actions":[{"type":"Action.Submit","title":"Submit it"},{"type":"Action.Http","title":"Say yes","method":"POST","url":"https://secret.contoso.test/","body":"{}"}]}
        """;

    private const string MessageCard = """
        {"@type":"MessageCard","@context":"https://schema.org/extensions","summary":"A build","title":"The build failed","themeColor":"C4311B",
         "potentialAction":[{"@type":"HttpPOST","name":"Run it again","target":"https://secret.contoso.test/"}]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_page_holds_all_it_needs_and_lets_nothing_else_run_or_load()
    {
        var page = await PageAsync(Card);
        var policy = Policy().Match(page).Groups[1].Value;

        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
        // What the policy lets run is what stands there: the one script and the two style sheets, as a parser of HTML finds them.
        var hashes = Hash().Matches(policy).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var inline = Inline().Matches(page).Where(match => !match.Groups["open"].Value.Contains("json", StringComparison.Ordinal)).Select(match => HashOf(match.Groups["text"].Value)).ToList();
        Assert.Equal(3, inline.Count);
        Assert.All(inline, hash => Assert.Contains(hash, hashes));
        Assert.Contains("May we \\u003C/script\\u003E", page, StringComparison.Ordinal);
    }

    /// <summary>A browser ends a script at the first of these, whatever the script means by it.</summary>
    [Fact]
    public async Task The_script_in_the_page_has_nothing_in_it_that_would_end_it()
    {
        var script = Inline().Matches(await PageAsync(Card)).Last(match => match.Groups["open"].Value.Contains("module", StringComparison.Ordinal)).Groups["text"].Value;

        Assert.Contains("actionable-card", script, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", script, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("</script", script, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("actionmail", "A film", "/body/2", "At what time?")]
    [InlineData("outlook-web", null, "/body/1", "At what time?")]
    [InlineData("ios", null, "/body/1", "At what time?")]
    public async Task What_a_client_leaves_out_is_left_out_and_listed_and_its_fallback_stands_in_its_place(string client, string? kept, string listed, string fallback)
    {
        var page = await PageAsync(Card, out var output, "--client", client);

        Assert.Contains(listed + "  left out: ", await output, StringComparison.Ordinal);
        Assert.Contains(fallback, page, StringComparison.Ordinal);
        Assert.Contains("Say yes", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Submit it", page, StringComparison.Ordinal);
        Assert.Equal(kept is not null, page.Contains("A film", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("office-professional-plus", Card, "the client shows no cards")]
    [InlineData("exchange-on-premises-web", MessageCard, "the client shows no cards")]
    [InlineData("mac", MessageCard, "the client shows no MessageCards")]
    public async Task A_client_without_the_card_gives_a_page_that_says_so(string client, string card, string why)
    {
        var page = await PageAsync(card, "--client", client);

        Assert.Contains(why, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<actionable-card preview>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_MessageCard_is_drawn_too()
    {
        var page = await PageAsync(MessageCard);

        Assert.Contains("Run it again", page, StringComparison.Ordinal);
        Assert.Contains("#C4311B", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("light", 390)]
    [InlineData("dark", 800)]
    public async Task A_picture_is_as_wide_as_asked_and_as_tall_as_the_card(string theme, int width)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/chromium"), "There is no Chromium here.");
        var png = _folder.File("card.png");

        var drawn = await RenderAsync(Card, png, "--theme", theme, "--width", $"{width}");

        Assert.Equal((0, ""), (drawn.ExitCode, drawn.Error));
        var bytes = await File.ReadAllBytesAsync(png);
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(bytes[..8]));
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)));
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)), 120, 400);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(800)]
    public async Task A_client_without_the_card_gives_a_picture_that_says_so(int width)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/chromium"), "There is no Chromium here.");
        var png = _folder.File("card.png");

        var drawn = await RenderAsync(MessageCard, png, "--client", "mac", "--width", $"{width}");

        Assert.Equal((0, ""), (drawn.ExitCode, drawn.Error));
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian((await File.ReadAllBytesAsync(png)).AsSpan(16)));
    }

    [Fact]
    public async Task Without_Chromium_a_picture_is_refused_with_what_is_missing()
    {
        var refused = await CliProcess.RunAsync(
            ["card", "render", _folder.Write("card.json", Card), "-o", _folder.File("card.png")],
            new Dictionary<string, string> { ["ACTIONMAIL_CHROMIUM"] = _folder.File("nowhere") });

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("needs Chromium or Chrome", refused.OneLine, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("card.png")));
    }

    [Theory]
    [InlineData("no card", "{}", "card.html", "type")]
    [InlineData("another kind of file", Card, "card.pdf", ".html or .png")]
    [InlineData("a folder that is not there", Card, "nowhere/card.html", "cannot be written")]
    [InlineData("too narrow", Card, "card.html", "--width", "--width", "100")]
    [InlineData("a client that nobody knows", Card, "card.html", "outlook-web", "--client", "pine")]
    [InlineData("a theme that nobody knows", Card, "card.html", "--theme", "--theme", "sepia")]
    public async Task What_cannot_be_drawn_is_refused_with_the_way_to_mend_it(string why, string card, string file, string named, params string[] more)
    {
        var refused = await RenderAsync(card, _folder.File(file), more);

        Assert.True(refused.ExitCode == 2, why);
        Assert.Contains(named, refused.OneLine, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File(file)));
    }

    private Task<string> PageAsync(string card, params string[] more) => PageAsync(card, out _, more);

    private Task<string> PageAsync(string card, out Task<string> output, params string[] more)
    {
        var drawn = RenderAsync(card, _folder.File("card.html"), more);
        output = OutputOf(drawn);
        return PageOf(drawn);

        static async Task<string> OutputOf(Task<CliResult> drawn) => (await drawn).Output;

        async Task<string> PageOf(Task<CliResult> drawing)
        {
            var done = await drawing;
            Assert.Equal((0, ""), (done.ExitCode, done.Error));
            return await File.ReadAllTextAsync(_folder.File("card.html"));
        }
    }

    private Task<CliResult> RenderAsync(string card, string path, params string[] more) =>
        CliProcess.RunAsync(["card", "render", _folder.Write("card.json", card), "--out", path, .. more]);

    private static string HashOf(string text) => "'sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text))) + "'";

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Policy();

    [GeneratedRegex("'sha256-[^']+'", RegexOptions.CultureInvariant)]
    private static partial Regex Hash();

    [GeneratedRegex("(?<open><(?<name>script|style)[^>]*>)(?<text>.*?)</\\k<name>>", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Inline();
}
