using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Providers;
using SkiaSharp;

namespace ActionMail.Server.Tests.Providers;

/// <summary>dashboard.md "logo", security J-07, J-14: what is taken comes out as our own small PNG, and what is refused is refused before it is decoded.</summary>
public sealed class UploadedImageTests
{
    // One black pixel. GIF89a.
    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==");

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, 100, 40, 100, 40)]
    [InlineData(SKEncodedImageFormat.Png, 256, 256, 256, 256)]
    [InlineData(SKEncodedImageFormat.Png, 1024, 512, 256, 128)]
    [InlineData(SKEncodedImageFormat.Png, 3000, 2, 256, 1)]
    [InlineData(SKEncodedImageFormat.Jpeg, 400, 800, 128, 256)]
    public void An_image_is_kept_as_a_png_that_fits(SKEncodedImageFormat format, int width, int height, int keptWidth, int keptHeight)
    {
        var image = Assert.IsType<ImageReading.Read>(UploadedImage.Read(ImagePurpose.Logo, Image(width, height, format))).Image;

        using var png = SKBitmap.Decode(image.Png.Span);
        Assert.Equal((keptWidth, keptHeight), (image.Width, image.Height));
        Assert.Equal((keptWidth, keptHeight), (png.Width, png.Height));
        Assert.True(image.Png.Span.StartsWith(new byte[] { 0x89, (byte)'P' }));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(image.Png.Span)), image.Sha256);
        var color = png.GetPixel(keptWidth / 2, keptHeight / 2);
        Assert.True(color.Red > 190 && color.Green < 60 && color.Alpha == 255, color.ToString());
    }

    [Fact]
    public void A_gif_is_taken_by_its_first_frame() =>
        Assert.Equal((1, 1), Assert.IsType<ImageReading.Read>(UploadedImage.Read(ImagePurpose.Logo, Gif)).Image is var image ? (image.Width, image.Height) : default);

    [Fact]
    public void Transparency_is_kept()
    {
        using var clear = new SKBitmap(new SKImageInfo(8, 8, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        using var file = clear.Encode(SKEncodedImageFormat.Png, 100);

        var image = Assert.IsType<ImageReading.Read>(UploadedImage.Read(ImagePurpose.Logo, file.ToArray())).Image;

        using var png = SKBitmap.Decode(image.Png.Span);
        Assert.Equal(0, png.GetPixel(4, 4).Alpha);
    }

    [Fact]
    public void Nothing_of_the_file_but_its_pixels_is_kept()
    {
        var marked = WithChunk(Image(10, 10, SKEncodedImageFormat.Png), "tEXt"u8, "Comment\0the-marker-of-the-uploader"u8);

        var image = Assert.IsType<ImageReading.Read>(UploadedImage.Read(ImagePurpose.Logo, marked)).Image;

        Assert.Contains("the-marker", Encoding.Latin1.GetString(marked), StringComparison.Ordinal);
        Assert.DoesNotContain("the-marker", Encoding.Latin1.GetString(image.Png.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void The_limit_is_61440_bytes_for_a_logo_and_a_megabyte_for_a_screenshot()
    {
        Assert.IsType<ImageReading.Read>(UploadedImage.Read(ImagePurpose.Logo, Padded(61_440)));
        Assert.Contains("61,440", Assert.IsType<ImageReading.Refused>(UploadedImage.Read(ImagePurpose.Logo, Padded(61_441))).Why, StringComparison.Ordinal);
        Assert.IsType<ImageReading.Read>(UploadedImage.Read(ImagePurpose.Screenshot, Padded(1_048_576)));
        Assert.IsType<ImageReading.Refused>(UploadedImage.Read(ImagePurpose.Screenshot, Padded(1_048_577)));
        Assert.Equal(1_600, Assert.IsType<ImageReading.Read>(UploadedImage.Read(ImagePurpose.Screenshot, Image(2000, 1000, SKEncodedImageFormat.Png))).Image.Width);
    }

    public static TheoryData<string, string> Refused() => new()
    {
        { "nothing", "no PNG" },
        { "text", "no PNG" },
        { "svg", "SVG" },
        { "svg with a byte order mark", "SVG" },
        { "webp", "no PNG" },
        { "bmp", "no PNG" },
        { "cut off", "cut off" },
        { "a zip behind a png", "behind the image" },
        { "html behind a gif", "behind the image" },
        { "a script in a chunk", "something else" },
        { "a zip in a chunk", "something else" },
        { "a pixel flood", "by 30000 pixels" },
        { "a side too long", "4097 by 1" },
        { "too many pixels", "2001 by 2000" },
        { "a png of noise", "cannot be read" },
        { "a png without its pixels", "damaged" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Anything_else_is_refused(string what, string words)
    {
        var refused = Assert.IsType<ImageReading.Refused>(UploadedImage.Read(ImagePurpose.Logo, File(what)));

        Assert.True(refused.Why.Contains(words, StringComparison.Ordinal), $"{what}: {refused.Why}");
    }

    [Fact]
    public void A_pixel_flood_costs_no_memory()
    {
        var flood = File("a pixel flood");
        UploadedImage.Read(ImagePurpose.Logo, flood);
        var before = Environment.WorkingSet;

        for (var round = 0; round < 50; round++)
            UploadedImage.Read(ImagePurpose.Logo, flood);

        Assert.True(Environment.WorkingSet - before < 200 << 20);
    }

    [Fact]
    public void Any_damage_gives_a_documented_result()
    {
        var random = new Random(14);
        byte[][] files = [Image(40, 30, SKEncodedImageFormat.Png), Image(40, 30, SKEncodedImageFormat.Jpeg), Gif];
        for (var round = 0; round < 600; round++)
        {
            var file = files[round % 3].ToArray();
            for (var change = 0; change < 3; change++)
                file[random.Next(file.Length)] = (byte)random.Next(256);
            Assert.NotNull(UploadedImage.Read(ImagePurpose.Logo, file));
        }
    }

    private static byte[] File(string what) => what switch
    {
        "nothing" => [],
        "text" => "hello"u8.ToArray(),
        "svg" => "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray(),
        "svg with a byte order mark" => [0xEF, 0xBB, 0xBF, .. "<?xml version='1.0'?><svg/>"u8],
        "webp" => Image(4, 4, SKEncodedImageFormat.Webp),
        "bmp" => [.. "BM"u8, .. new byte[60]],
        "cut off" => Image(10, 10, SKEncodedImageFormat.Png)[..^4],
        "a zip behind a png" => [.. Image(10, 10, SKEncodedImageFormat.Png), .. "PK\u0003\u0004"u8],
        "html behind a gif" => [.. Gif, .. "<script>alert(1)</script>"u8],
        "a script in a chunk" => WithChunk(Image(10, 10, SKEncodedImageFormat.Png), "tEXt"u8, "Comment\0<SCRIPT>alert(1)</SCRIPT>"u8),
        "a zip in a chunk" => WithChunk(Image(10, 10, SKEncodedImageFormat.Png), "tEXt"u8, "Comment\0PK\u0003\u0004"u8),
        "a pixel flood" => Png(30_000, 30_000, Deflated(new byte[20_000])),
        "a side too long" => Png(4_097, 1, Deflated(new byte[4_097 * 3 + 1])),
        "too many pixels" => Png(2_001, 2_000, Deflated(new byte[2_000])),
        "a png of noise" => [.. Image(10, 10, SKEncodedImageFormat.Png)[..8], .. new byte[100], 0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82],
        "a png without its pixels" => Png(100, 100, Deflated(new byte[10])),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static byte[] Image(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(new SKColor(200, 40, 40));
        using var encoded = bitmap.Encode(format, 90);
        return encoded.ToArray();
    }

    // A good image that a text chunk makes exactly so long.
    private static byte[] Padded(int length)
    {
        var image = Image(10, 10, SKEncodedImageFormat.Png);
        return WithChunk(image, "tEXt"u8, Encoding.ASCII.GetBytes("Comment\0" + new string('x', length - image.Length - 20)));
    }

    private static byte[] Png(int width, int height, byte[] pixels)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, pixels), .. Chunk("IEND"u8, [])];
    }

    private static byte[] WithChunk(byte[] png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) => [.. png[..33], .. Chunk(type, data), .. png[33..]];

    private static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Checksum(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    // PNG, annex D.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFF_FFFFu;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? 0xEDB8_8320u ^ (crc >> 1) : crc >> 1;
        }
        return ~crc;
    }

    private static byte[] Deflated(byte[] raw)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.SmallestSize))
            zlib.Write(raw);
        return output.ToArray();
    }
}
