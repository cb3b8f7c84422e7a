using System.Security.Cryptography;

namespace ActionMail.Protocol.Signing;

/// <summary>The numbers of a key, from whichever form, judged by their size and shape. Protocol §3, security J-01.</summary>
internal static class KeyNumbers
{
    public static KeyReading Rsa(byte[] modulus, byte[] exponent, JwsAlgorithm algorithm = JwsAlgorithm.RS256)
    {
        // Leading zeros are how a short key is made to look long.
        var n = modulus.AsSpan().TrimStart((byte)0).ToArray();
        var e = exponent.AsSpan().TrimStart((byte)0);
        var bits = n.Length == 0 ? 0 : (n.Length * 8) - int.CreateChecked(byte.LeadingZeroCount(n[0]));
        if (bits is < PublicKey.MinRsaBits or > PublicKey.MaxRsaBits)
            return new KeyReading.Refused(KeyFault.Size, $"the RSA key has {bits} bits; {PublicKey.MinRsaBits} to {PublicKey.MaxRsaBits} are accepted");
        if ((n[^1] & 1) == 0)
            return new KeyReading.Refused(KeyFault.EvenModulus, "the modulus is even, so this is not an RSA key");
        return e.SequenceEqual<byte>([1, 0, 1])
            ? new KeyReading.Read(new(new RSAParameters { Modulus = n, Exponent = e.ToArray() }, algorithm))
            : new KeyReading.Refused(KeyFault.Exponent, "the public exponent is not 65537 (AQAB)");
    }

    /// <exception cref="CryptographicException">The point is not of the curve.</exception>
    public static KeyReading Ec(ECPoint point)
    {
        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point };
        parameters.Validate();
        return new KeyReading.Read(new(parameters));
    }
}
