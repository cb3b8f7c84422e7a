using ActionMail.Protocol.Providers.Submissions;

namespace ActionMail.Server.Providers;

/// <summary>Reads an uploaded image.</summary>
internal static class UploadedImage
{
    public static ImageReading Read(ImagePurpose purpose, byte[] bytes) => new ImageReading.Refused("images are not read yet");
}
