using System.Collections.Immutable;
using System.Globalization;
using ActionMail.Protocol.Providers.Submissions;

namespace ActionMail.Server.Providers;

/// <summary>
/// What the script took out of the form after it was refused: a private key, a file that is too large or is no image (src/web/src/dashboard/dropped.ts). Whoever submits is
/// told of it once, since they meant to hand it in; the page that tells it does not name it again, so that they may then submit without it. Security J-01.
/// </summary>
internal static class DroppedFields
{
    private const string Name = "dropped";
    private const string Keys = "keys";

    private const string Words = "What you gave here was refused and is not kept. Give another, or submit again without it.";

    private static readonly (string Field, string Code)[] Files =
    [
        ("logo", SubmissionCode.ImageRejected),
        ("scenario.screenshot", SubmissionCode.ImageRejected),
        ("keyFile", $"{SubmissionCode.KeyRejected}:dropped"),
    ];

    /// <summary>One error for each; a key's is in an entry of its own, behind <paramref name="keys"/> others.</summary>
    public static ImmutableArray<SubmissionError> Of(IFormCollection form, int keys) =>
    [
        .. form[Name].Where(field => field == Keys)
            .Select((_, index) => new SubmissionError(string.Create(CultureInfo.InvariantCulture, $"{Keys}[{keys + index}]"), $"{SubmissionCode.KeyRejected}:dropped", Words)),
        .. Files.Where(file => form[Name].Contains(file.Field, StringComparer.Ordinal)).Select(file => new SubmissionError(file.Field, file.Code, Words)),
    ];
}
