using System.Text.Json;
using System.Text.Json.Nodes;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;

namespace ActionMail.Cli.Providers;

/// <summary>
/// A registration with what its document has not, for it changes without a new version or is costly: whose keys are proven, and in what the revision that waits differs from
/// the one that runs.
/// </summary>
internal static class RegistrationInFull
{
    /// <summary>The registration that was answered with, with the members <c>keys</c> and <c>difference</c>; any other answer as it is, and without what cannot be read.</summary>
    public static async Task<ApiReply> CompleteAsync(PersonalApi api, ApiReply reply, CancellationToken cancel)
    {
        if (reply is not ApiReply.Document document || !document.TryRead<RegistrationLine>(out var registration, out _))
            return reply;
        var whole = JsonObject.Create(document.Json)!;
        if (registration.Revisions.Any(revision => revision.Keys.Count > 0)
            && await api.ShowAsync(registration.Id, "keys", cancel) is ApiReply.Document(var keys) && keys.TryGetProperty("keys", out var proofs))
            whole["keys"] = JsonNode.Parse(proofs.GetRawText());
        if (registration is { PendingRevision: { } waiting, ActiveRevision: not null }
            && await api.ShowAsync(registration.Id, $"revisions/{waiting}/difference", cancel) is ApiReply.Document(var difference))
            whole["difference"] = JsonNode.Parse(difference.GetRawText());
        return document with { Json = JsonSerializer.SerializeToElement(whole) };
    }
}
