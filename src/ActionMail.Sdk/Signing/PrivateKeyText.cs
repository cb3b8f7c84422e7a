using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Xml;

namespace ActionMail.Sdk;

/// <summary>
/// Reads private keys from RSAKeyValue and JWK text into parameters. Neither goes through RSA.FromXmlString, which takes
/// document types, duplicate members and keys of any strength.
/// </summary>
internal static class PrivateKeyText
{
    private static readonly string[] XmlMembers = ["Modulus", "Exponent", "D", "P", "Q", "DP", "DQ", "InverseQ"];

    public static RSAParameters ReadRsaKeyValue(string xml)
    {
        var members = ReadMembers(xml);
        var missing = XmlMembers.Where(name => !members.ContainsKey(name)).ToList();
        if (missing.Count > 0)
            throw new ArgumentException($"The RSAKeyValue is no private key: it lacks {string.Join(", ", missing)}.");
        return new RSAParameters
        {
            Modulus = members["Modulus"],
            Exponent = members["Exponent"],
            D = members["D"],
            P = members["P"],
            Q = members["Q"],
            DP = members["DP"],
            DQ = members["DQ"],
            InverseQ = members["InverseQ"],
        };
    }

    public static RSAParameters ReadRsaJwk(JsonElement jwk) => new()
    {
        Modulus = Member(jwk, "n"),
        Exponent = Member(jwk, "e"),
        D = Member(jwk, "d"),
        P = Member(jwk, "p"),
        Q = Member(jwk, "q"),
        DP = Member(jwk, "dp"),
        DQ = Member(jwk, "dq"),
        InverseQ = Member(jwk, "qi"),
    };

    public static ECParameters ReadEcJwk(JsonElement jwk) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Member(jwk, "x"), Y = Member(jwk, "y") },
        D = Member(jwk, "d"),
    };

    private static Dictionary<string, byte[]> ReadMembers(string xml)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = 64 * 1024,
            IgnoreComments = true,
            IgnoreWhitespace = true,
        };
        var members = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), settings);
            reader.ReadStartElement("RSAKeyValue");
            while (reader.IsStartElement())
            {
                var name = reader.LocalName;
                if (!members.TryAdd(name, Convert.FromBase64String(reader.ReadElementContentAsString())))
                    throw new ArgumentException($"The RSAKeyValue has {name} twice.");
            }
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            throw new ArgumentException($"The text is no RSAKeyValue: {e.Message}", e);
        }
        return members;
    }

    private static byte[] Member(JsonElement jwk, string name)
    {
        if (!jwk.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            throw new ArgumentException($"The JWK lacks the member '{name}', so it is no private key.");
        try
        {
            return Base64Url.DecodeFromChars(value.GetString());
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"The member '{name}' of the JWK is not base64url.", e);
        }
    }
}
