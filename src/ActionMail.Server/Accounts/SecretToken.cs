using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ActionMail.Server.Accounts;

/// <summary>256 random bits that whoever holds them is believed by. The store keeps the hash: who reads it can do nothing with it.</summary>
internal static class SecretToken
{
    private const int Bytes = 32;

    public static string New(string prefix = "") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
