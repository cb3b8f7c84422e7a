using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Signing;

namespace ActionMail.Sdk.Tests;

/// <summary>What several tests start from.</summary>
internal static class TestData
{
    public const string Originator = "5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913";

    public const string Card = """
        {"type":"AdaptiveCard","version":"1.0","originator":"5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913",
         "body":[{"type":"TextBlock","text":"Grüße & </script> “quotes” 🙂"}],
         "actions":[{"type":"Action.Http","title":"Go","method":"POST","url":"https://api.contoso.test/go","body":"{}"}]}
        """;

    /// <summary>A vector of RFC 7520, from the public test suites.</summary>
    public static JsonDocument Cookbook(string file) =>
        JsonDocument.Parse(File.ReadAllText(ActionMail.Tests.TestData.Path($"jose/cookbook/jws/{file}")));

    public static string PrivateJwk(RSAParameters key) => $$"""
        {"kty":"RSA","n":"{{Text(key.Modulus)}}","e":"{{Text(key.Exponent)}}","d":"{{Text(key.D)}}","p":"{{Text(key.P)}}",
         "q":"{{Text(key.Q)}}","dp":"{{Text(key.DP)}}","dq":"{{Text(key.DQ)}}","qi":"{{Text(key.InverseQ)}}"}
        """;

    /// <summary>What the platform holds against a signed card.</summary>
    public static SignedCardContext Platform(PublicKey key, string from, string mailbox, DateTimeOffset arrivedAt) => new(
        EmailAddress.Parse(from),
        new Recipient(Guid.Empty, [EmailAddress.Parse(mailbox)], _ => false),
        arrivedAt,
        id => id == Originator
            ? new ProviderRegistration(id, "Test", Guid.Empty, ProviderState.Approved, 1, ProviderScope.Organization) { Keys = ImmutableArray.Create(key) }
            : null);

    private static string Text(byte[]? number) => Base64Url.EncodeToString(number);
}
