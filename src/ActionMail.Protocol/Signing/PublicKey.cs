using System.Buffers.Text;
using System.Globalization;
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

    internal PublicKey(RSAParameters rsa)
    {
        _rsa = RSA.Create(new RSAParameters { Modulus = rsa.Modulus, Exponent = rsa.Exponent });
        Jwk = string.Create(CultureInfo.InvariantCulture,
            $$"""{"e":"{{Base64Url.EncodeToString(rsa.Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(rsa.Modulus)}}"}""");
        Thumbprint = ThumbprintOf(Jwk);
        RsaKeyValue = $"<RSAKeyValue><Modulus>{Convert.ToBase64String(rsa.Modulus!)}</Modulus><Exponent>{Convert.ToBase64String(rsa.Exponent!)}</Exponent></RSAKeyValue>";
        Bits = _rsa.KeySize;
    }

    internal PublicKey(ECParameters ec)
    {
        _ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = ec.Q });
        Jwk = string.Create(CultureInfo.InvariantCulture,
            $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(ec.Q.X)}}","y":"{{Base64Url.EncodeToString(ec.Q.Y)}}"}""");
        Thumbprint = ThumbprintOf(Jwk);
        Bits = 256;
    }

    /// <summary>The size in bits.</summary>
    public int Bits { get; }

    /// <summary>The key type as JOSE names it, <c>RSA</c> or <c>EC</c>.</summary>
    public string KeyType => _rsa is null ? "EC" : "RSA";

    /// <summary>The required members of the JWK in the canonical order of RFC 7638 §3.</summary>
    public string Jwk { get; }

    /// <summary>The RFC 7638 SHA-256 thumbprint in base64url; the key's <c>kid</c>.</summary>
    public string Thumbprint { get; }

    /// <summary>The key as xmldsig's <c>RSAKeyValue</c>, as the dashboards show it; null for an EC key.</summary>
    public string? RsaKeyValue { get; }

    /// <summary>Whether the signature over the bytes is this key's under the algorithm; false for an algorithm of another key type.</summary>
    public bool Verifies(JwsAlgorithm algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) => algorithm switch
    {
        JwsAlgorithm.RS256 => _rsa?.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) ?? false,
        JwsAlgorithm.PS256 => _rsa?.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss) ?? false,
        JwsAlgorithm.ES256 => signature.Length == 64 && (_ec?.VerifyData(signed, signature, HashAlgorithmName.SHA256) ?? false),
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
