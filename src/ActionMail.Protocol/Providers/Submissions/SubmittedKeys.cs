using System.Diagnostics;
using ActionMail.Protocol.Signing;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>What may be kept of the keys that somebody handed in. Security J-01: a private key is not stored, logged or shown again, not even as a draft.</summary>
public static class SubmittedKeys
{
    /// <summary>The submission for a draft or for showing the form again: without keys that have a private half.</summary>
    public static ProviderSubmission WithoutPrivate(ProviderSubmission submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var keys = submission.Keys.GetValueOrDefault();
        return keys.IsDefaultOrEmpty ? submission : submission with { Keys = [.. keys.Where(key => !PublicKeyText.IsPrivate(key ?? ""))] };
    }

    /// <summary>An uploaded key file as an entry of <see cref="ProviderSubmission.Keys"/>: the JWK of what could be read, or why it could not.</summary>
    public static KeyFileReading OfFile(ReadOnlySpan<byte> file) => PublicKeyText.Read(file) switch
    {
        KeyReading.Read(var key) => new KeyFileReading.Read(key.Jwk),
        KeyReading.Refused refused => new KeyFileReading.Refused(
            new("keys", $"{SubmissionCode.KeyRejected}:{refused.Reason}", $"The public key is refused: {refused.Why}.")),
        _ => throw new UnreachableException(),
    };
}

/// <summary>What reading an uploaded key file came to.</summary>
public abstract record KeyFileReading
{
    private KeyFileReading() { }

    /// <summary>The file is a key; <paramref name="Jwk"/> is what to put into the list.</summary>
    public sealed record Read(string Jwk) : KeyFileReading;

    /// <summary>It is not, or is one that may not be used.</summary>
    public sealed record Refused(SubmissionError Error) : KeyFileReading;
}
