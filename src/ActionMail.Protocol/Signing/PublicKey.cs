using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ActionMail.Protocol.Signing;

/// <summary>
/// A provider's public key: RSA of 2048 to 4096 bits or EC P-256, imported once (an import costs eight verifications) and kept
/// for as long as this value is. Two keys are equal when their thumbprints are.
/// </summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>Fewest bits of an RSA key. Protocol §3.</summary>
    public const int MinRsaBits = 2048;

    /// <summary>Most bits of an RSA key: longer ones cost the verifier and nobody uses them.</summary>
    public const int MaxRsaBits = 4096;

    private readonly RSA? _rsa;
    private readonly ECDsa? _ec;

    internal PublicKey(RSAParameters rsa, JwsAlgorithm algorithm)
    {
        Algorithm = algorithm;
        _rsa = RSA.Create(new RSAParameters { Modulus = rsa.Modulus, Exponent = rsa.Exponent });
        var (n, e) = (Base64Url.EncodeToString(rsa.Modulus), Base64Url.EncodeToString(rsa.Exponent));
        Jwk = $$"""{"alg":"{{algorithm}}","e":"{{e}}","kty":"RSA","n":"{{n}}"}""";
        Thumbprint = ThumbprintOf($$"""{"e":"{{e}}","kty":"RSA","n":"{{n}}"}""");
        RsaKeyValue = $"<RSAKeyValue><Modulus>{Convert.ToBase64String(rsa.Modulus!)}</Modulus><Exponent>{Convert.ToBase64String(rsa.Exponent!)}</Exponent></RSAKeyValue>";
        Bits = _rsa.KeySize;
    }

    internal PublicKey(ECParameters ec)
    {
        Algorithm = JwsAlgorithm.ES256;
        _ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = ec.Q });
        var (x, y) = (Base64Url.EncodeToString(ec.Q.X), Base64Url.EncodeToString(ec.Q.Y));
        Jwk = $$"""{"alg":"ES256","crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""";
        Thumbprint = ThumbprintOf($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""");
        Bits = 256;
    }

    /// <summary>The size in bits.</summary>
    public int Bits { get; }

    /// <summary>The key type as JOSE names it, <c>RSA</c> or <c>EC</c>.</summary>
    public string KeyType => _rsa is null ? "EC" : "RSA";

    /// <summary>The one algorithm that the key is for: RS256, unless a JWK says PS256; ES256 for an EC key. RFC 8725 §3.1.</summary>
    public JwsAlgorithm Algorithm { get; }

    /// <summary>The key as a JWK, its algorithm included. RFC 7517 §4.</summary>
    public string Jwk { get; }

    /// <summary>The RFC 7638 SHA-256 thumbprint in base64url; the key's <c>kid</c>.</summary>
    public string Thumbprint { get; }

    /// <summary>The key as xmldsig's <c>RSAKeyValue</c>, as the dashboards show it; null for an EC key.</summary>
    public string? RsaKeyValue { get; }

    /// <summary>The modulus of an RSA key, big-endian; null for an EC key.</summary>
    internal byte[]? Modulus => _rsa?.ExportParameters(false).Modulus;

    /// <summary>Whether the signature over the bytes is this key's; false for every algorithm but the key's own.</summary>
    public bool Verifies(JwsAlgorithm algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) => algorithm == Algorithm && algorithm switch
    {
        JwsAlgorithm.RS256 => _rsa!.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        JwsAlgorithm.PS256 => _rsa!.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        JwsAlgorithm.ES256 => signature.Length == 64 && _ec!.VerifyData(signed, signature, HashAlgorithmName.SHA256),
        _ => false,
    };

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && string.Equals(Thumbprint, other.Thumbprint, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Thumbprint);

    private static string ThumbprintOf(string jwk) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(jwk)));
}
