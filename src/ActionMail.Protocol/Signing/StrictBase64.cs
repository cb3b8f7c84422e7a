using System.Buffers.Text;

namespace ActionMail.Protocol.Signing;

/// <summary>Base64 that has one way to be written, so that two texts are two keys. RFC 4648 §3.5.</summary>
internal static class StrictBase64
{
    /// <summary>The bytes of base64 with padding; white space in it is passed over, as senders have it.</summary>
    /// <exception cref="FormatException">The text is no such base64, or has spare bits.</exception>
    public static byte[] Decode(string text)
    {
        var packed = string.Concat(text.Where(c => c is not (' ' or '\t' or '\r' or '\n')));
        var bytes = Convert.FromBase64String(packed);
        return string.Equals(Convert.ToBase64String(bytes), packed, StringComparison.Ordinal) ? bytes : throw new FormatException("spare bits");
    }

    /// <summary>The bytes of base64url without padding and white space. RFC 7515 §2.</summary>
    /// <exception cref="FormatException">The text is no such base64url, or has spare bits.</exception>
    public static byte[] DecodeUrl(string text)
    {
        var bytes = Base64Url.DecodeFromChars(text);
        return string.Equals(Base64Url.EncodeToString(bytes), text, StringComparison.Ordinal) ? bytes : throw new FormatException("spare bits");
    }
}
