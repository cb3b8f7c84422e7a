using System.Security.Cryptography;
using ActionMail.Protocol.Providers.Submissions;
using SkiaSharp;

namespace ActionMail.Server.Providers;

/// <summary>
/// Takes an uploaded image apart and makes it anew: what is stored and shown is a PNG of ours, never a file of a stranger's. Security J-07, J-14.
/// 1. The size, the first bytes, and that nothing else is in the file.
/// 2. The dimensions that the header claims, before a pixel is decoded.
/// 3. The pixels, of the first frame alone; a file that ends early is refused.
/// 4. Made smaller where it is too large, and encoded.
/// </summary>
internal static class UploadedImage
{
    private const int LongestSide = 4_096;
    private const int MostPixels = 4_000_000;

    public static ImageReading Read(ImagePurpose purpose, byte[] file)
    {
        var limits = ImageLimits.Of(purpose);
        if (file.Length > limits.MaxBytes)
            return Refused($"it has {file.Length:N0} bytes; at most {limits.MaxBytes:N0} are taken");
        return ImageFile.Read(file) switch
        {
            ImageFileReading.Refused(var why) => Refused(why),
            ImageFileReading.Read(var format) => Decode(file, format, limits),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static ImageReading Decode(byte[] file, SKEncodedImageFormat format, ImageLimits limits)
    {
        using var stream = new SKMemoryStream(file);
        using var codec = SKCodec.Create(stream);
        if (codec is null || codec.EncodedFormat != format)
            return Refused("it cannot be read");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width > LongestSide || height > LongestSide || (long)width * height > MostPixels)
            return Refused($"it is {width} by {height} pixels large; at most {LongestSide} a side and {MostPixels:N0} together are taken");
        using var pixels = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        return codec.GetPixels(pixels.Info, pixels.GetPixels()) == SKCodecResult.Success ? Encode(pixels, limits.MaxSide) : Refused("it is damaged or not complete");
    }

    private static ImageReading Encode(SKBitmap pixels, int maxSide)
    {
        var scale = Math.Min(1.0, (double)maxSide / Math.Max(pixels.Width, pixels.Height));
        if (scale == 1.0)
            return Encoded(pixels);
        var (width, height) = (Math.Max(1, (int)Math.Round(pixels.Width * scale)), Math.Max(1, (int)Math.Round(pixels.Height * scale)));
        using var smaller = pixels.Resize(new SKImageInfo(width, height, pixels.ColorType, pixels.AlphaType), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return Encoded(smaller);
    }

    private static ImageReading.Read Encoded(SKBitmap pixels)
    {
        using var encoded = pixels.Encode(SKEncodedImageFormat.Png, 100);
        var png = encoded.ToArray();
        return new(new(Convert.ToHexStringLower(SHA256.HashData(png)), png, pixels.Width, pixels.Height));
    }

    private static ImageReading.Refused Refused(string why) => new(why);
}

/// <summary>How large an image may come, and how large it is kept.</summary>
/// <param name="MaxBytes">Most bytes of the uploaded file.</param>
/// <param name="MaxSide">Longest side of what is kept, in pixels.</param>
internal sealed record ImageLimits(int MaxBytes, int MaxSide)
{
    // dashboard.md "Details of your provider": 60 KB.
    private static readonly ImageLimits Logo = new(60 * 1024, 256);
    private static readonly ImageLimits Screenshot = new(1024 * 1024, 1_600);

    public static ImageLimits Of(ImagePurpose purpose) => purpose == ImagePurpose.Logo ? Logo : Screenshot;
}
