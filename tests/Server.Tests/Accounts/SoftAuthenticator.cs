using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ActionMail.Server.Tests.Accounts;

/// <summary>An authenticator in software: one P-256 key, the answers of WebAuthn §6, and what a test wants to be wrong with them.</summary>
internal sealed class SoftAuthenticator(string origin) : IDisposable
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasAttestedData = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private byte[] _user = [];

    /// <summary>What a browser on this page would say.</summary>
    public string Origin { get; set; } = origin;

    public byte Flags { get; set; } = UserPresent | UserVerified;

    public uint Count { get; set; }

    /// <summary>Another challenge than the one that was asked.</summary>
    public string? Challenge { get; set; }

    /// <summary>Makes the key's passkey, as asked.</summary>
    public string Make(JsonElement asked)
    {
        _user = Base64Url.DecodeFromChars(asked.GetProperty("user").GetProperty("id").GetString());
        var point = _key.ExportParameters(false).Q;
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] attested = [.. new byte[16], 0, (byte)_id.Length, .. _id, .. cose];
        byte[] data = [.. DataOf(asked.GetProperty("rp").GetProperty("id").GetString()!, (byte)(Flags | HasAttestedData)), .. attested];
        // {"fmt": "none", "attStmt": {}, "authData": bytes}, as CBOR (RFC 8949).
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), 0x58, (byte)data.Length, .. data];
        return Answer(new { clientDataJSON = ClientData("webauthn.create", asked), attestationObject = Encode(attestation), transports = new[] { "internal" } });
    }

    /// <summary>Shows the passkey, as asked.</summary>
    public string Show(JsonElement asked)
    {
        var client = ClientData("webauthn.get", asked);
        var data = DataOf(asked.GetProperty("rpId").GetString()!, Flags);
        var signature = _key.SignData([.. data, .. SHA256.HashData(Base64Url.DecodeFromChars(client))], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new { clientDataJSON = client, authenticatorData = Encode(data), signature = Encode(signature), userHandle = Encode(_user) });
    }

    public void Dispose() => _key.Dispose();

    private string Answer(object response) => JsonSerializer.Serialize(new { id = Encode(_id), rawId = Encode(_id), type = "public-key", clientExtensionResults = new { }, response });

    private string ClientData(string type, JsonElement asked) =>
        Encode(JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = Challenge ?? asked.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false }));

    private byte[] DataOf(string party, byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(party)), flags, .. count];
    }

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
