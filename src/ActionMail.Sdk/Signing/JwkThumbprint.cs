using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ActionMail.Sdk;

/// <summary>The name of a key, made from the key itself: SHA-256 over its required members in lexical order. RFC 7638 §3.</summary>
internal static class JwkThumbprint
{
    public static string Of(RSAParameters key) =>
        Hash($$"""{"e":"{{Text(key.Exponent)}}","kty":"RSA","n":"{{Text(key.Modulus)}}"}""");

    public static string Of(ECParameters key) =>
        Hash($$"""{"crv":"P-256","kty":"EC","x":"{{Text(key.Q.X)}}","y":"{{Text(key.Q.Y)}}"}""");

    private static string Text(byte[]? number) => Base64Url.EncodeToString(number);

    private static string Hash(string canonicalJson) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalJson)));
}
