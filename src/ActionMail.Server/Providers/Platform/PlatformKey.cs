using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Signing;
using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers.Platform;

/// <summary>
/// The key that the platform signs its own cards with: made at the first start and kept as the token service's keys are, in a file that only the platform's account can read.
/// </summary>
internal sealed class PlatformKey : IDisposable
{
    private const string FileName = "platform-cards.p8";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public PlatformKey(IOptions<ServerOptions> server)
    {
        var file = Path.Combine(PrivateFile.Folder(Path.Combine(server.Value.DataFolder, "keys")), FileName);
        if (File.Exists(file))
            Load(file);
        else
            PrivateFile.Write(file, _key.ExportPkcs8PrivateKey());
        Public = ((KeyReading.Read)PublicKeyText.Stored(_key.ExportSubjectPublicKeyInfoPem())).Key;
    }

    /// <summary>What its cards are verified by.</summary>
    public PublicKey Public { get; }

    /// <summary>The card bound to its sender and recipients, as a compact JWS. Protocol §3.</summary>
    public string Sign(string cardJson, string originator, EmailAddress sender, IEnumerable<EmailAddress> recipients, DateTimeOffset now)
    {
        var header = new Dictionary<string, string> { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = Public.Thumbprint };
        var claims = new Dictionary<string, object>
        {
            [SignedCardClaims.Sender] = sender.ToString(),
            [SignedCardClaims.Originator] = originator,
            [SignedCardClaims.RecipientsSerialized] = JsonSerializer.Serialize(recipients.Select(recipient => recipient.ToString())),
            [SignedCardClaims.AdaptiveCardSerialized] = cardJson,
            [SignedCardClaims.IssuedAt] = now.ToUnixTimeSeconds(),
        };
        var input = $"{Part(header)}.{Part(claims)}";
        return $"{input}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => _key.Dispose();

    private void Load(string file)
    {
        try
        {
            _key.ImportPkcs8PrivateKey(File.ReadAllBytes(file), out _);
        }
        catch (CryptographicException)
        {
            throw new StartupException($"The key {file} is damaged. Restore it from a backup, or delete it: the platform's older cards will act no more.");
        }
    }

    private static string Part<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
