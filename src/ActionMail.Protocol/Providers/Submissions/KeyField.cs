using System.Diagnostics;
using ActionMail.Protocol.Signing;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>Reads one public key into the JWK that is stored. Security J-01.</summary>
internal static class KeyField
{
    public static string? Read(SubmissionFindings findings, string field, string typed, SubmissionContext context) => PublicKeyText.Read(typed) switch
    {
        KeyReading.Read(var key) => Unheld(findings, field, key, context),
        KeyReading.Refused refused => Refuse(findings, field, refused.Reason, refused.Why),
        _ => throw new UnreachableException(),
    };

    private static string? Unheld(SubmissionFindings findings, string field, PublicKey key, SubmissionContext context) => context.HolderOfKey(key.Thumbprint) switch
    {
        KeyHolder.Nobody => key.Jwk,
        KeyHolder.OtherProvider => Refuse(findings, field, "taken", "it is registered by another provider. Make a pair of your own"),
        KeyHolder.Platform => Refuse(findings, field, "platform", "it is a key of this platform. Give the public half of your own pair"),
        _ => throw new UnreachableException(),
    };

    private static string? Refuse(SubmissionFindings findings, string field, string reason, string why)
    {
        findings.Refuse(field, $"{SubmissionCode.KeyRejected}:{reason}", $"The public key is refused: {why}.");
        return null;
    }
}
