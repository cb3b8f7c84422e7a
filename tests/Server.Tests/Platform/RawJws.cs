using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ActionMail.Sdk;

namespace ActionMail.Server.Tests.Platform;

/// <summary>A compact JWS with whatever header and payload a test wants, which the SDK would not sign.</summary>
internal static class RawJws
{
    public static string Sign(SigningKey key, string header, string payload)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.ToPem());
        var input = $"{Encode(header)}.{Encode(payload)}";
        return $"{input}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public static string Decode(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
