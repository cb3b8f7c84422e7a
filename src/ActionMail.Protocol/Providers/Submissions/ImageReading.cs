namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>What an uploaded image is for.</summary>
public enum ImagePurpose
{
    /// <summary>The logo, which recipients see beside the card.</summary>
    Logo,

    /// <summary>A screenshot for the reviewer.</summary>
    Screenshot,
}

/// <summary>What reading an uploaded image came to. Security J-07, J-14.</summary>
public abstract record ImageReading
{
    private ImageReading() { }

    /// <summary>It is an image, and was made anew as PNG.</summary>
    public sealed record Read(ReadImage Image) : ImageReading;

    /// <summary>It is refused; <paramref name="Why"/> goes on after "The image is refused: ".</summary>
    public sealed record Refused(string Why) : ImageReading;
}

/// <summary>An image as it is stored.</summary>
/// <param name="Sha256">The hash of <paramref name="Png"/>, in lower-case hex: the image's name.</param>
/// <param name="Png">The PNG file, made by us and not by whoever uploaded it.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record ReadImage(string Sha256, ReadOnlyMemory<byte> Png, int Width, int Height);
