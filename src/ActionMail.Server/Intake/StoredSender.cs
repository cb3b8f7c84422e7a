using System.Text.Json;

namespace ActionMail.Server.Intake;

/// <summary>What was found out about a sender, as it is stored with the mail.</summary>
internal static class StoredSender
{
    public static string Write(SenderReport report) => JsonSerializer.Serialize(report, JsonSerializerOptions.Web);

    public static SenderReport? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<SenderReport>(json, JsonSerializerOptions.Web);
}
