using System.Collections.Immutable;
using System.Diagnostics;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>Reads a field that may hold an image: uploaded now, or stored before and kept.</summary>
internal static class ImageField
{
    public static string? Read(
        SubmissionFindings findings, string field, SubmittedImage? submitted, ImagePurpose purpose, SubmissionContext context, ImmutableArray<ReadImage>.Builder images)
    {
        if (submitted is { Bytes.Length: > 0 })
            return Uploaded(findings, field, context.ReadImage(purpose, submitted.Bytes), images);
        if (submitted?.Sha256 is not { } kept)
            return null;
        if (context.StoredImages.Contains(kept))
            return kept;
        findings.Refuse(field, SubmissionCode.ImageRejected, "The image that is named here is not stored with this registration. Upload it again.");
        return null;
    }

    private static string? Uploaded(SubmissionFindings findings, string field, ImageReading reading, ImmutableArray<ReadImage>.Builder images)
    {
        switch (reading)
        {
            case ImageReading.Read(var image):
                images.Add(image);
                return image.Sha256;
            case ImageReading.Refused(var why):
                findings.Refuse(field, SubmissionCode.ImageRejected, $"The image is refused: {why}.");
                return null;
            default:
                throw new UnreachableException();
        }
    }
}
