using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace ActionMail.Mail.Dkim;

/// <summary>A private key to sign mail with: RSA of 1024 bits or more (RFC 8301 §3.2), or Ed25519 (RFC 8463).</summary>
public sealed class DkimSigningKey : IDisposable
{
    private const string Ed25519Oid = "1.3.101.112";    // RFC 8410 §3

    private readonly RSA? _rsa;
    private readonly byte[] _seed = [];

    private DkimSigningKey(RSA rsa) => _rsa = rsa;

    private DkimSigningKey(byte[] seed) => _seed = seed;

    /// <summary>The algorithm as <c>a=</c> names it.</summary>
    public string Algorithm => _rsa is null ? "ed25519-sha256" : "rsa-sha256";

    /// <summary>The key record to publish, without line breaks. RFC 6376 §3.6.1.</summary>
    public string Record => _rsa is null
        ? $"v=DKIM1; k=ed25519; p={Convert.ToBase64String(PublicKeyOf(_seed))}"
        : $"v=DKIM1; k=rsa; p={Convert.ToBase64String(_rsa.ExportSubjectPublicKeyInfo())}";

    /// <summary>Reads a PEM private key: PKCS #8 of either kind, or RSA's own form. On false, <paramref name="problem"/> says what is wrong.</summary>
    public static bool TryReadPem(string pem, [NotNullWhen(true)] out DkimSigningKey? key, out string problem)
    {
        (key, problem) = (null, "It is no PEM private key, RSA or Ed25519, without a password.");
        if (!PemEncoding.TryFind(pem, out var fields))
            return false;
        try
        {
            var der = Convert.FromBase64String(pem[fields.Base64Data]);
            key = pem[fields.Label] switch
            {
                "PRIVATE KEY" => TrySeed(der, out var seed) ? new(seed) : new(ImportRsa(pem)),
                "RSA PRIVATE KEY" => new(ImportRsa(pem)),
                _ => null,
            };
        }
        catch (Exception unreadable) when (unreadable is AsnContentException or CryptographicException or ArgumentException)
        {
            return false;
        }
        if (key?._rsa?.KeySize < DkimKey.MinRsaBits)
        {
            problem = $"It has {key._rsa.KeySize} bits; RFC 8301 wants {DkimKey.AdvisedRsaBits}, and at least {DkimKey.MinRsaBits}.";
            key.Dispose();
            key = null;
        }
        return key is not null;
    }

    /// <inheritdoc/>
    public void Dispose() => _rsa?.Dispose();

    internal byte[] Sign(byte[] hash)
    {
        if (_rsa is not null)
            return _rsa.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, hash, 0, hash.Length, signature, 0);
        return signature;
    }

    private static RSA ImportRsa(string pem)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return rsa;
    }

    // RFC 5958 §2 and RFC 8410 §7: the seed is an octet string in the octet string of the key.
    private static bool TrySeed(byte[] pkcs8, out byte[] seed)
    {
        seed = [];
        var info = new AsnReader(pkcs8, AsnEncodingRules.DER).ReadSequence();
        info.ReadInteger();
        if (info.ReadSequence().ReadObjectIdentifier() != Ed25519Oid)
            return false;
        seed = new AsnReader(info.ReadOctetString(), AsnEncodingRules.DER).ReadOctetString();
        return seed.Length == Ed25519.SecretKeySize;
    }

    private static byte[] PublicKeyOf(byte[] seed)
    {
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        return key;
    }
}
