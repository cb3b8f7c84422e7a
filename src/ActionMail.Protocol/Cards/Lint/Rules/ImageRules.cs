using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Lint.LintRule;

namespace ActionMail.Protocol.Cards.Lint.Rules;

/// <summary>Pictures, media and colours, in both kinds of card.</summary>
internal sealed record ImageRules(string Prefix)
{
    public static readonly ImageRules Adaptive = new("AC");
    public static readonly ImageRules Message = new("MC");

    public LintRule AltMissing { get; } = Warning(Prefix + "0801", "A picture without a text in its place",
        Prefix == "AC" ? "Add altText; an empty one says that the picture is decoration." : "Add a title to the picture.",
        "Many clients load pictures after consent only, and a screen reader reads the text.");

    public LintRule NotHttps { get; } = Warning(Prefix + "0802", "A picture that is not loaded over https",
        "Serve pictures over https, or put small ones into the card as data:image/png.",
        "Clients refuse it, or tell everybody on the way which mail is being read.");

    public LintRule Format { get; } = Warning(Prefix + "0803", "A picture in a format that mail clients do not show",
        "Use PNG, JPEG or GIF.",
        "The space stays empty.");

    public LintRule Contrast { get; } = Info(Prefix + "0804", "A fixed colour that is lost on a light or a dark background",
        "Take a colour with a contrast of at least 3 to 1 against white and against near-black.",
        "In one of the two themes the shape cannot be seen. WCAG 1.4.11.");

    public ImmutableArray<LintRule> All => [AltMissing, NotHttps, Format, Contrast];
}

/// <summary>Pictures and media as only Adaptive Cards have them.</summary>
internal static class AdaptiveImageRules
{
    public static readonly LintRule TooWide = Warning("AC0811", "A picture that is wider than a phone",
        "Leave the width out, or use at most 320px; send the picture itself larger for sharp screens.",
        "The card gets a scrollbar, or the picture is cut off.");

    public static readonly LintRule SizeAndPixels = Info("AC0812", "A picture with both a size and pixels",
        "Keep one of the two.",
        "With a width or height in pixels, size is not looked at.");

    public static readonly LintRule LogoFirst = Info("AC0813", "The card begins with a logo",
        "Begin with what the card is about.",
        "The client already shows who sent it, with what is proven of it; a logo is chrome and proves nothing.");

    public static readonly LintRule MediaNotShown = Warning("AC0814", "Media is not played in mail",
        "Use an Image with a selectAction of Action.OpenUrl that opens the recording.",
        "The element is left out.");

    public static readonly LintRule BackgroundText = Info("AC0815", "Text on a background picture",
        "Put the text beside the picture, or onto a container style.",
        "Nobody can promise a contrast in both themes, and where pictures are not loaded the text stands on something else.");

    public static readonly LintRule Timer = Info("AC0816", "Something that moves by itself",
        "Leave the timer out.",
        "It moves away while somebody reads. WCAG 2.2.2.");

    public static ImmutableArray<LintRule> All => [TooWide, SizeAndPixels, LogoFirst, MediaNotShown, BackgroundText, Timer];
}
