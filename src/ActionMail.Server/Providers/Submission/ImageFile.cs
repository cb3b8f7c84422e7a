using System.Text;
using SkiaSharp;

namespace ActionMail.Server.Providers;

/// <summary>What the bytes of an uploaded image came to, before a decoder sees them.</summary>
internal abstract record ImageFileReading
{
    private ImageFileReading() { }

    public sealed record Read(SKEncodedImageFormat Format) : ImageFileReading;

    public sealed record Refused(string Why) : ImageFileReading;
}

/// <summary>
/// An image by its first and last bytes, whatever its name and media type say. A file that is an image and something else too is refused: it
/// would never be served, but nobody uploads one by mistake. Security J-07.
/// </summary>
internal static class ImageFile
{
    private static readonly (SKEncodedImageFormat Format, byte[] First, byte[] Last)[] Kinds =
    [
        // PNG: the signature, and the chunk IEND with its checksum.
        (SKEncodedImageFormat.Png, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], [0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82]),
        // JPEG: start and end of image.
        (SKEncodedImageFormat.Jpeg, [0xFF, 0xD8, 0xFF], [0xFF, 0xD9]),
        (SKEncodedImageFormat.Gif, [.. "GIF87a"u8], [0x3B]),
        (SKEncodedImageFormat.Gif, [.. "GIF89a"u8], [0x3B]),
    ];

    // What other readers look for anywhere in a file, or in its first kilobytes.
    private static readonly string[] OtherContent = ["<script", "<svg", "<html", "<!doctype", "<?php", "%pdf-", "pk\u0003\u0004"];

    public static ImageFileReading Read(ReadOnlySpan<byte> file)
    {
        foreach (var (format, first, last) in Kinds)
        {
            if (!file.StartsWith(first))
                continue;
            if (!file.EndsWith(last))
                return new ImageFileReading.Refused("it is cut off, or there is something behind the image");
            return HasOtherContent(file) ? new ImageFileReading.Refused("there is something else in the file than an image") : new ImageFileReading.Read(format);
        }
        return new ImageFileReading.Refused(IsMarkup(file) ? "SVG is not taken, because it can hold scripts. Give a PNG, JPEG or GIF" : "it is no PNG, JPEG or GIF");
    }

    private static bool HasOtherContent(ReadOnlySpan<byte> file)
    {
        var text = Encoding.Latin1.GetString(file);
        return OtherContent.Any(content => text.Contains(content, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsMarkup(ReadOnlySpan<byte> file) => Encoding.Latin1.GetString(file[..Math.Min(file.Length, 1024)]).Contains('<', StringComparison.Ordinal);
}
