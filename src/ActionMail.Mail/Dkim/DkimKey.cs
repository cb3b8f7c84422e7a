using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace ActionMail.Mail.Dkim;

/// <summary>A published key, imported. RFC 6376 §3.6.1, RFC 8463 §4.</summary>
internal sealed class DkimKey
{
    /// <summary>Fewest bits of an RSA key that counts. RFC 8301 §3.2.</summary>
    public const int MinRsaBits = 1024;

    /// <summary>Most bits: what RFC 8301 §3.2 asks verifiers for. Longer ones cost us more than they cost the sender (security C-09).</summary>
    public const int MaxRsaBits = 4096;

    /// <summary>Bits that RFC 8301 §3.2 advises signers to have; fewer are reported.</summary>
    public const int AdvisedRsaBits = 2048;

    private readonly RSA? _rsa;
    private readonly byte[] _ed25519 = [];

    public DkimKey(RSA rsa, DkimKeyTerms terms) => (_rsa, Bits, Terms) = (rsa, rsa.KeySize, terms);

    public DkimKey(byte[] ed25519, DkimKeyTerms terms) => (_ed25519, Bits, Terms) = (ed25519, 256, terms);

    public int Bits { get; }

    public bool IsRsa => _rsa is not null;

    public DkimKeyTerms Terms { get; }

    /// <summary>Whether this is the key's signature over a SHA-256 hash: PKCS #1 v1.5, or Ed25519 of the hash (RFC 8463 §3).</summary>
    public bool Verifies(ReadOnlySpan<byte> hash, byte[] signature)
    {
        if (_rsa is null)
            return signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, _ed25519, 0, hash.ToArray(), 0, hash.Length);
        try
        {
            return _rsa.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)  // numbers that are no RSA key show only when it is used
        {
            return false;
        }
    }
}

/// <summary>What reading a key record came to.</summary>
internal abstract record DkimKeyReading
{
    private DkimKeyReading() { }

    public sealed record Read(DkimKey Key) : DkimKeyReading;

    public sealed record Refused(DkimFinding Finding) : DkimKeyReading;

    /// <summary>A record of something else, whose <c>v=</c> is not ours. RFC 6376 §3.6.1: it is discarded.</summary>
    public sealed record Foreign : DkimKeyReading;
}
