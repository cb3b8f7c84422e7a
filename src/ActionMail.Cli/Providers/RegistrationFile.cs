using System.Text.Json;
using System.Text.Json.Nodes;
using ActionMail.Cli.Keys;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary>A registration that is kept as a file: the members of the API's submission, and <c>id</c> where it is registered already.</summary>
/// <param name="Path">Where it was read.</param>
/// <param name="Id">Null for one that is not registered yet.</param>
/// <param name="Submission">Everything else, as it stands in the file: the platform knows the members.</param>
internal sealed record RegistrationFile(string Path, string? Id, JsonElement Submission)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    public static bool TryRead(string path, out RegistrationFile file, out string problem)
    {
        file = null!;
        if (!InputFile.TryReadText(path, out var text, out problem))
            return false;
        try
        {
            if (JsonNode.Parse(text, null, Lenient) is not JsonObject members)
                problem = $"{path} is no JSON object; write the registration's members in one, as docs/api.md has them.";
            else if (TryId(path, members, out var id, out problem) && KeysArePublic(path, members, out problem))
                file = new(path, id, JsonSerializer.SerializeToElement(members, Printing.Json));
        }
        catch (JsonException unreadable)
        {
            problem = $"{path} is no registration: {unreadable.Sentence} Mend the JSON there.";
        }
        return problem.Length == 0;
    }

    private static bool TryId(string path, JsonObject members, out string? id, out string problem)
    {
        (id, problem) = (null, "");
        if (!members.Remove("id", out var given) || given is null)
            return true;
        if (given is JsonValue value && value.TryGetValue<string>(out var text) && Guid.TryParse(text, out var originator))
            id = originator.ToString("D");
        else
            problem = $"id in {path} is no provider id; give the GUID that the platform made, or leave id out to register anew.";
        return problem.Length == 0;
    }

    // The platform would refuse a private key, but it must not even be sent.
    private static bool KeysArePublic(string path, JsonObject members, out string problem)
    {
        problem = "";
        foreach (var key in members["keys"] as JsonArray ?? [])
        {
            if (key is JsonValue value && value.TryGetValue<string>(out var text) && !PublicKeyFile.IsPublic(path, text, out problem))
                return false;
        }
        return true;
    }
}
