using ActionMail.Browser.Tests.Platform;
using ActionMail.Protocol.Cards;
using ActionMail.Tests;

namespace ActionMail.Browser.Tests;

/// <summary>
/// What cards look like in the inbox's element: every official sample without a word in the console, and twelve cards that matter on a phone and at
/// a desk, light and dark. Pictures of the twelve go to TestResults/cards, to be looked at.
/// </summary>
public sealed class CardLooks(Emulator emulator, Chromium chromium) : BrowserTest(emulator, chromium)
{
    private static readonly Screen[] Screens = [new(390, 844), new(390, 844, IsDark: true), new(800, 900), new(800, 900, IsDark: true)];

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

    [Fact]
    public async Task The_twelve_cards_that_matter_fit_a_phone_and_a_desk_in_light_and_dark()
    {
        var (cards, found) = (Twelve(), new List<string>());
        foreach (var screen in Screens)
        {
            var gallery = await OpenAsync(screen);
            foreach (var card in cards)
            {
                await gallery.ShowAsync(card);
                await gallery.Reader.PhotographAsync(Checkout.CardPictures, $"{card.Name}-{screen}");
                found.AddRange((await gallery.NotDrawnAsync()).Select(name => $"{name} on {screen} is not drawn"));
                found.AddRange((await gallery.TooWideAsync()).Select(place => $"{card.Name} on {screen}: {place}"));
            }
        }
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task The_twelve_cards_that_matter_shut_nobody_out()
    {
        var (cards, found) = (Twelve(), new List<string>());
        foreach (var screen in Screens)
        {
            var gallery = await OpenAsync(screen, isInspected: true);
            foreach (var card in cards)
            {
                await gallery.ShowAsync(card);
                found.AddRange((await Accessibility.FindAsync(gallery.Reader.Page)).Select(finding => $"{card.Name} on {screen}: {finding}"));
            }
        }
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private async Task<CardGallery> OpenAsync(Screen screen, bool isInspected = false) =>
        new(await SitDownAsync($"cards on {screen}", screen, isInspected), Emulator);

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
