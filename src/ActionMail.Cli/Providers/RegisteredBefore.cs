using System.Text.Json;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;

namespace ActionMail.Cli.Providers;

/// <summary>One's own registrations that have a file's name and a sender of it: where the file has no id, it was likely registered before and the id not put in.</summary>
internal static class RegisteredBefore
{
    // Of one name; whoever has more knows it.
    private const int MostLookedAt = 5;

    public static async Task<IReadOnlyList<string>> FindAsync(PersonalApi api, JsonElement submission, CancellationToken cancel)
    {
        var senders = SendersOf(submission);
        if (NameOf(submission) is not { Length: > 0 } name || senders.Count == 0
            || await api.ListAsync("mine", status: null, name, page: 1, cancel) is not ApiReply.Document document || !document.TryRead<Listing>(out var listing, out _))
            return [];
        var found = new List<string>();
        foreach (var line in listing.Registrations.Where(line => line.State != "revoked" && string.Equals(line.Name, name, StringComparison.OrdinalIgnoreCase)).Take(MostLookedAt))
        {
            if (await api.ShowAsync(line.Id, cancel) is ApiReply.Document shown && shown.TryRead<RegistrationLine>(out var registration, out _)
                && registration.Revisions.Any(revision => SendersOf(revision.Content).Overlaps(senders)))
                found.Add(line.Id);
        }
        return found;
    }

    private static string? NameOf(JsonElement submission) =>
        submission.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()!.Trim() : null;

    private static HashSet<string> SendersOf(JsonElement content) =>
        content.ValueKind == JsonValueKind.Object && content.TryGetProperty("senders", out var senders) && senders.ValueKind == JsonValueKind.Array
            ? senders.EnumerateArray().Select(sender => sender.ToString().Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : [];

    private sealed record Listing
    {
        public required IReadOnlyList<RegistrationLine> Registrations { get; init; }
    }
}
