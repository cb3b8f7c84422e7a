using ActionMail.Browser.Tests.Platform;
using ActionMail.Protocol.Cards;
using ActionMail.Tests;

namespace ActionMail.Browser.Tests;

/// <summary>
/// What cards look like in the inbox's element: every official sample without a word in the console, and twelve cards that matter on a phone and at
/// a desk, light and dark. Pictures of the twelve go to TestResults/cards, to be looked at.
/// </summary>
[Collection(AtTheForms.Name)]
public sealed class CardLooks(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
{
    [Fact]
    public async Task Every_official_sample_is_drawn_without_a_word_in_the_console()
    {
        var (read, refused) = Read(Directory.EnumerateFiles(TestData.Path("cards/samples"), "*.json", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(TestData.Path("cards/outlook-docs-samples"), "*.json")));
        var gallery = await OpenAsync(Screen.Desk);

        await gallery.ShowAsync(read);

        Assert.Empty(await gallery.NotDrawnAsync());
        Assert.Empty(refused);
        Assert.Equal(187, read.Count);
    }

    /// <summary>Each is drawn at the width that it is looked at: what lays itself out once must do so there.</summary>
    [Theory]
    [InlineData(390, 844)]
    [InlineData(800, 900)]
    public async Task The_twelve_cards_that_matter_fit_in_light_and_dark_and_shut_nobody_out(int width, int height)
    {
        var (screen, found) = (new Screen(width, height), new List<string>());
        var gallery = await OpenAsync(screen);
        var reader = gallery.Reader;
        foreach (var card in Twelve())
        {
            await gallery.ShowAsync(card);
            await reader.LookOnAsync([screen, screen.InTheDark], async light =>
            {
                await reader.PhotographAsync(Checkout.CardPictures, $"{card.Name}-{light}");
                found.AddRange((await gallery.NotDrawnAsync()).Select(name => $"{name} on {light} is not drawn"));
                found.AddRange((await gallery.TooWideAsync()).Select(place => $"{card.Name} on {light}: {place}"));
                found.AddRange((await Accessibility.FindAsync(reader.Page)).Select(finding => $"{card.Name} on {light}: {finding}"));
            });
        }
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private async Task<CardGallery> OpenAsync(Screen screen) => new(await SitDownAsync($"cards on {screen}", screen), Emulator);

    private static List<(string Name, Card Card)> Twelve()
    {
        var (read, refused) = Read(Directory.EnumerateFiles(Checkout.Cards, "*.json"));
        Assert.Empty(refused);
        Assert.Equal(12, read.Count);
        return read;
    }

    private static (List<(string Name, Card Card)> Read, List<string> Refused) Read(IEnumerable<string> files)
    {
        var (read, refused) = (new List<(string, Card)>(), new List<string>());
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            if (Card.Read(File.ReadAllBytes(file), CardLimits.Default) is CardReading.Read(var card))
                read.Add((Path.GetFileNameWithoutExtension(file), card));
            else
                refused.Add($"{file}: {Card.Read(File.ReadAllBytes(file), CardLimits.Default)}");
        }
        return (read, refused);
    }
}
