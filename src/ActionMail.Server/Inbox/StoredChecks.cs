using System.Text.Json;
using System.Text.Json.Serialization;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Server.Inbox;

/// <summary>The checks of a decision record as they are stored: by their codes, which never change their meaning.</summary>
internal static class StoredChecks
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    public static string Write(IEnumerable<Check> checks) => JsonSerializer.Serialize(checks, Json);

    public static List<Check> Read(string json) => JsonSerializer.Deserialize<List<Check>>(json, Json) ?? [];
}
