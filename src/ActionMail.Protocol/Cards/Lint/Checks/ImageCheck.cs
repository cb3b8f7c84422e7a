using System.Text;
using ActionMail.Protocol.Cards.Lint.Rules;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>Pictures: where they are loaded from, what stands in their place, how wide they are.</summary>
internal sealed class ImageCheck(ImageRules rules, Findings findings)
{
    /// <summary>What is left of a phone of 360 pixels inside the frames of mail and card.</summary>
    public const int NarrowScreen = 320;

    public void Image(JsonNode image, PartMembers members)
    {
        Url(members[Known.Url]);
        if (members[Known.AltText] is { IsString: false })
            findings.Add(rules.AltMissing, image, "there is no altText");
        else if (members[Known.AltText].Bytes.IsEmpty && members[Known.SelectAction].IsObject)
            findings.Add(rules.AltMissing, members[Known.AltText], "the picture can be pressed, and its altText is empty");
        Size(members[Known.Size], members[Known.Width], members[Known.Height]);
        if (members[Known.BackgroundColor] is { Exists: true } color)
            Color(color);
    }

    public void Media(JsonNode media, PartMembers members)
    {
        findings.Add(AdaptiveImageRules.MediaNotShown, media, "Media is not shown");
        Url(members[Known.Poster]);
    }

    /// <summary>A picture's address: of an Image, a background, a MessageCard's picture.</summary>
    public void Url(JsonNode url)
    {
        if (!url.IsString || url.Bytes.IsEmpty)
            return;
        var text = url.PlainBytes;
        if (StartsWith(text, "data:"u8))
        {
            if (!StartsWith(text, "data:image/png"u8) && !StartsWith(text, "data:image/jp"u8) && !StartsWith(text, "data:image/gif"u8))
                findings.Add(rules.Format, url, $"the picture is {Findings.Quoted(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 24)]))}");
            return;
        }
        if (!StartsWith(text, "https://"u8) && text.IndexOf("${"u8) < 0)
            findings.Add(rules.NotHttps, url, $"{Findings.Quoted(Encoding.UTF8.GetString(text))} is no https address");
        else if (HasOtherFormat(text))
            findings.Add(rules.Format, url, $"the picture is {Findings.Quoted(Encoding.UTF8.GetString(text))}");
    }

    public void Color(JsonNode color)
    {
        if (HexColor.Of(color) is not { } fixedColor || fixedColor.Weakest() is not { Ratio: < HexColor.Least } weakest)
            return;
        findings.Add(rules.Contrast, color, FormattableString.Invariant($"{color.Text} has a contrast of {weakest.Ratio:0.0} to 1 on a {weakest.Background} background"));
    }

    private void Size(JsonNode size, JsonNode width, JsonNode height)
    {
        if (ShapeCheck.PixelsOf(width) is { } pixels and > NarrowScreen)
            findings.Add(AdaptiveImageRules.TooWide, width, FormattableString.Invariant($"the width is {pixels}px; a phone leaves about {NarrowScreen}px"));
        if (size.Exists && (ShapeCheck.PixelsOf(width) ?? ShapeCheck.PixelsOf(height)) is not null)
            findings.Add(AdaptiveImageRules.SizeAndPixels, size, "the picture has a size in pixels too");
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) => text.Length >= start.Length && Ascii.EqualsIgnoreCase(text[..start.Length], start);

    private static bool HasOtherFormat(ReadOnlySpan<byte> url)
    {
        var end = url.IndexOfAny((byte)'?', (byte)'#');
        var path = end < 0 ? url : url[..end];
        return EndsWith(path, ".svg"u8) || EndsWith(path, ".webp"u8) || EndsWith(path, ".bmp"u8) || EndsWith(path, ".tif"u8) || EndsWith(path, ".tiff"u8) || EndsWith(path, ".heic"u8) || EndsWith(path, ".avif"u8);
    }

    private static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end) => text.Length > end.Length && Ascii.EqualsIgnoreCase(text[^end.Length..], end);
}
