using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Signing;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers;

/// <summary>The fields of a revision as they are stored: checked, canonical, and hashed as what an approval names.</summary>
internal sealed record ProviderContent(
    string Name,
    ImmutableArray<string> Senders,
    ImmutableArray<string> Targets,
    ImmutableArray<string> Keys,
    ProviderScope Scope,
    ImmutableArray<string> TestUsers,
    TokenProfile TokenProfile,
    string? AppId,
    string? AppIdUri)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static ProviderContent FromJson(string json) => JsonSerializer.Deserialize<ProviderContent>(json, Json)!;

    public static byte[] HashOf(string json) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json));

    public ProviderRegistration ToRegistration(ProviderRow row, UrlPolicy policy) => new(row.Id, Name, row.OrganizationId, row.State, row.ActiveRevision ?? 0, Scope)
    {
        Senders = [.. Senders.Select(EmailAddress.Parse)],
        Targets = [.. Targets.SelectMany(target => TargetUrl.TryParse(target, policy, out var url, out _) ? [url] : Array.Empty<TargetUrl>())],
        Keys = [.. Keys.Select(PublicKeyText.Stored).OfType<KeyReading.Read>().Select(read => read.Key)],
        TestUsers = [.. TestUsers.Select(EmailAddress.Parse)],
        TokenProfile = TokenProfile,
        TokenAudience = AppIdUri ?? AppId,
    };
}
