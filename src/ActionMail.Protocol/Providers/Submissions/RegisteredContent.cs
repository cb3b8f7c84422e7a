using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActionMail.Protocol.Actions;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>
/// The fields of one revision: checked, canonical, without what its scope does not need. Its JSON is what is stored, and the hash of that JSON
/// is what an approval names (security J-02).
/// </summary>
/// <param name="Name">The friendly name.</param>
/// <param name="Senders">The From addresses, in lower case.</param>
/// <param name="Targets">The origins that actions may call.</param>
/// <param name="Keys">The public keys, each as a JWK.</param>
/// <param name="Scope">Whose mail it covers.</param>
/// <param name="TestUsers">For <see cref="ProviderScope.TestUsers"/>: who they are, in lower case; otherwise empty.</param>
/// <param name="TokenProfile">The shape of the action token.</param>
/// <param name="AppId">For an Entra token: the application id; otherwise null.</param>
/// <param name="AppIdUri">For an Entra token: the App ID URI; otherwise null.</param>
public sealed record RegisteredContent(
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

    /// <summary>The logo's SHA-256 in lower-case hex; null when there is none. The bytes are kept beside the content.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Logo { get; init; }

    /// <summary>For <see cref="ProviderScope.Global"/>: whom to ask; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegisteredContact? Contact { get; init; }

    /// <summary>For <see cref="ProviderScope.Global"/>: who publishes the service; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegisteredPublisher? Publisher { get; init; }

    /// <summary>For <see cref="ProviderScope.Global"/>: what the mails are for; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegisteredScenario? Scenario { get; init; }

    /// <summary>For <see cref="ProviderScope.Global"/>: how a reviewer can try them; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegisteredVerification? Verification { get; init; }

    /// <summary>The content as it is stored; equal contents give equal texts.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote, in this release or an earlier one.</summary>
    /// <exception cref="JsonException">The text is not such a one.</exception>
    public static RegisteredContent FromJson(string json) => JsonSerializer.Deserialize<RegisteredContent>(json, Json) ?? throw new JsonException("null is no content");

    /// <summary>The SHA-256 of a stored text: what an approval names beside the revision's number.</summary>
    public static byte[] HashOf(string json) => SHA256.HashData(Encoding.UTF8.GetBytes(json));
}

/// <summary>"Contact info".</summary>
/// <param name="Name">A person or a team.</param>
/// <param name="Email">The e-mail address, in lower case.</param>
/// <param name="Phone">The telephone number as typed.</param>
public sealed record RegisteredContact(string Name, string Email, string Phone);

/// <summary>"Publisher information".</summary>
/// <param name="Name">Who publishes the service.</param>
/// <param name="Website">An https URL.</param>
/// <param name="Support">An e-mail address in lower case, or an https URL.</param>
/// <param name="Privacy">An https URL.</param>
/// <param name="Terms">An https URL.</param>
public sealed record RegisteredPublisher(string Name, string Website, string Support, string Privacy, string Terms);

/// <summary>"Scenario details".</summary>
/// <param name="Description">What the mails are for; lines end with LF.</param>
/// <param name="DailyVolume">Expected mails a day, at least 1.</param>
/// <param name="SampleCard">The JSON of a card, as typed.</param>
/// <param name="Screenshot">A picture's SHA-256 in lower-case hex; null when there is none.</param>
public sealed record RegisteredScenario(string Description, int DailyVolume, string SampleCard, string? Screenshot);

/// <summary>"Verification details".</summary>
/// <param name="Steps">How a reviewer can verify the message and each action; lines end with LF.</param>
public sealed record RegisteredVerification(string Steps);
