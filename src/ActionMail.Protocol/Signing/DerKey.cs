using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActionMail.Protocol.Signing;

/// <summary>
/// A public key in DER: a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) or a certificate. The numbers are taken out here, so that a bad key is told
/// by the same words in each form. Every other structure that is met in files of this kind holds a private key.
/// </summary>
internal static class DerKey
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <exception cref="AsnContentException">The bytes are no DER.</exception>
    /// <exception cref="CryptographicException">The bytes are no certificate.</exception>
    public static KeyReading Read(byte[] der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var body = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        // PKCS #1, #8 and #12 and SEC 1 begin with a version number.
        if (body.PeekTag() == Asn1Tag.Integer)
            return KeyReading.Refused.PrivateKey;
        var first = body.ReadSequence();
        if (first.PeekTag() != Asn1Tag.ObjectIdentifier)
            return ReadCertificate(der);
        // An encrypted private key has octets where a public key has bits. RFC 5958 §3.
        return body.PeekTag() == Asn1Tag.PrimitiveOctetString ? KeyReading.Refused.PrivateKey : ReadInfo(first, body);
    }

    private static KeyReading ReadCertificate(byte[] der)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        return Read(certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }

    private static KeyReading ReadInfo(AsnReader algorithm, AsnReader info)
    {
        var bits = info.ReadBitString(out _);
        info.ThrowIfNotEmpty();
        return algorithm.ReadObjectIdentifier() switch
        {
            RsaEncryption => Rsa(bits),
            EcPublicKey when algorithm.PeekTag() == Asn1Tag.ObjectIdentifier && algorithm.ReadObjectIdentifier() == P256 && bits is [4, ..] && bits.Length == 65 =>
                KeyNumbers.Ec(new ECPoint { X = bits[1..33], Y = bits[33..] }),
            _ => new KeyReading.Refused(KeyFault.Kind, "the key is neither RSA nor EC on P-256"),
        };
    }

    private static KeyReading Rsa(byte[] bits)
    {
        var outer = new AsnReader(bits, AsnEncodingRules.DER);
        var key = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var (modulus, exponent) = (key.ReadIntegerBytes().ToArray(), key.ReadIntegerBytes().ToArray());
        key.ThrowIfNotEmpty();
        return KeyNumbers.Rsa(modulus, exponent);
    }
}
