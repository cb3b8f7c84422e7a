using System.Collections.Immutable;
using System.Globalization;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Signing;

namespace ActionMail.Server.Providers;

/// <summary>What a posted form comes to: the fields as typed, what must not be kept of it, and the images that came along.</summary>
/// <param name="Fields">What a draft keeps.</param>
/// <param name="Refused">What was handed in and is not kept, each with the reason: private keys, files that are no images.</param>
/// <param name="Dropped">What was refused at an earlier saving, and nothing else was given for it since.</param>
/// <param name="Images">Images to be kept with the draft, which names them by their hashes.</param>
internal sealed record PostedSubmission(
    ProviderSubmission Fields, ImmutableArray<SubmissionError> Refused, ImmutableArray<SubmissionError> Dropped, ImmutableArray<ReadImage> Images)
{
    /// <summary>All that was meant to be handed in and is not among the fields.</summary>
    public ImmutableArray<SubmissionError> Missing => [.. Refused, .. Dropped];
}

/// <summary>
/// Reads the form of a submission. A field that the form did not show, because another scope was chosen, keeps what the draft has: nothing that was typed is lost. A private
/// key is dropped here, before anything is stored or shown again. dashboard.md "The submission".
/// </summary>
internal static class SubmissionForm
{
    /// <summary>Most bytes of a whole posted form: two images and a card, and room.</summary>
    public const long MaxBytes = 4 * 1024 * 1024;

    public static async Task<PostedSubmission> ReadAsync(HttpRequest request, ProviderSubmission before, CancellationToken cancel)
    {
        var form = await request.ReadFormAsync(cancel);
        var refused = ImmutableArray.CreateBuilder<SubmissionError>();
        var images = ImmutableArray.CreateBuilder<ReadImage>();
        var fields = new ProviderSubmission
        {
            Name = Text(form, "name", before.Name),
            Logo = await ImageAsync(form, "logo", ImagePurpose.Logo, before.Logo, refused, images, cancel),
            Senders = List(form, "senders", before.Senders),
            Targets = List(form, "targets", before.Targets),
            Keys = await KeysAsync(form, before.Keys, refused, cancel),
            TokenProfile = Choice(form, "tokenProfile", before.TokenProfile),
            AppId = Text(form, "appId", before.AppId),
            AppIdUri = before.AppIdUri,
            Scope = Choice(form, "scope", before.Scope),
            TestUsers = List(form, "testUsers", before.TestUsers),
            Contact = new()
            {
                Name = Text(form, "contact.name", before.Contact?.Name),
                Email = Text(form, "contact.email", before.Contact?.Email),
                Phone = Text(form, "contact.phone", before.Contact?.Phone),
            },
            Publisher = new()
            {
                Name = Text(form, "publisher.name", before.Publisher?.Name),
                Website = Text(form, "publisher.website", before.Publisher?.Website),
                Support = Text(form, "publisher.support", before.Publisher?.Support),
                Privacy = Text(form, "publisher.privacy", before.Publisher?.Privacy),
                Terms = Text(form, "publisher.terms", before.Publisher?.Terms),
            },
            Scenario = new()
            {
                Description = Text(form, "scenario.description", before.Scenario?.Description),
                DailyVolume = Text(form, "scenario.dailyVolume", before.Scenario?.DailyVolume),
                SampleCard = Text(form, "scenario.sampleCard", before.Scenario?.SampleCard),
                Screenshot = await ImageAsync(form, "scenario.screenshot", ImagePurpose.Screenshot, before.Scenario?.Screenshot, refused, images, cancel),
            },
            Verification = new() { Steps = Text(form, "verification.steps", before.Verification?.Steps) },
        };
        var shown = fields.Keys.GetValueOrDefault() is { IsDefault: false } keys ? keys.Length : 0;
        return new(fields, refused.ToImmutable(), DroppedFields.Of(form, shown + refused.Count(error => error.Field.StartsWith("keys[", StringComparison.Ordinal))), images.ToImmutable());
    }

    private static string? Text(IFormCollection form, string field, string? before) => form.TryGetValue(field, out var typed) ? typed.ToString() : before;

    private static ImmutableArray<string>? List(IFormCollection form, string field, ImmutableArray<string>? before) =>
        form.TryGetValue(field, out var typed) ? SubmittedLists.Split(typed.ToString()) : before;

    private static T? Choice<T>(IFormCollection form, string field, T? before)
        where T : struct, Enum =>
        form.TryGetValue(field, out var typed) && Enum.GetValues<T>().Where(value => string.Equals(value.ToString(), typed, StringComparison.OrdinalIgnoreCase)).ToArray() is [var chosen]
            ? chosen
            : before;

    // Each key has a field of its own; a file may hold any of the forms, and a certificate as bytes.
    private static async Task<ImmutableArray<string>?> KeysAsync(
        IFormCollection form, ImmutableArray<string>? before, ImmutableArray<SubmissionError>.Builder refused, CancellationToken cancel)
    {
        if (!form.ContainsKey("keys"))
            return before;
        var typed = form["keys"].Select(key => key?.Trim() ?? "").Where(key => key.Length > 0).ToLookup(PublicKeyText.IsPrivate);
        var keys = typed[false].ToImmutableArray().ToBuilder();
        foreach (var file in form.Files.GetFiles("keyFile").Where(file => file.Length > 0))
        {
            switch (SubmittedKeys.OfFile(await BytesAsync(file, PublicKeyText.MaxLength + 1, cancel)))
            {
                case KeyFileReading.Read(var jwk):
                    keys.Add(jwk);
                    break;
                case KeyFileReading.Refused(var error):
                    refused.Add(error with { Field = "keyFile" });
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
        // Each is refused in a field of its own, behind those that are kept: it is shown empty there, with the reason.
        foreach (var (secret, index) in typed[true].Select((secret, index) => (secret, keys.Count + index)))
            Refuse(refused, string.Create(CultureInfo.InvariantCulture, $"keys[{index}]"), PublicKeyText.Read(secret));
        return keys.ToImmutable();
    }

    private static void Refuse(ImmutableArray<SubmissionError>.Builder refused, string field, KeyReading reading)
    {
        if (reading is KeyReading.Refused why)
            refused.Add(new(field, $"{SubmissionCode.KeyRejected}:{why.Reason}", $"The public key is refused: {why.Why}."));
    }

    private static async Task<SubmittedImage?> ImageAsync(
        IFormCollection form, string field, ImagePurpose purpose, SubmittedImage? before, ImmutableArray<SubmissionError>.Builder refused,
        ImmutableArray<ReadImage>.Builder images, CancellationToken cancel)
    {
        if (form.Files.GetFile(field) is not { Length: > 0 } file)
            return form["command"] == $"remove-{field}" ? null : before;
        switch (UploadedImage.Read(purpose, await BytesAsync(file, (int)MaxBytes, cancel)))
        {
            case ImageReading.Read(var image):
                images.Add(image);
                return new() { Sha256 = image.Sha256 };
            case ImageReading.Refused(var why):
                refused.Add(new(field, SubmissionCode.ImageRejected, $"The image is refused: {why}."));
                return before;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static async Task<byte[]> BytesAsync(IFormFile file, int most, CancellationToken cancel)
    {
        var bytes = new byte[(int)Math.Min(file.Length, most)];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }
}
