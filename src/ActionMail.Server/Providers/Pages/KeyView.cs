using System.Globalization;
using ActionMail.Protocol.Signing;

namespace ActionMail.Server.Providers.Pages;

/// <summary>A key as it is shown back: as typed, and in the forms of a key that could be read. dashboard.md "Public key".</summary>
/// <param name="Text">As typed; empty for a private key, which is never shown again.</param>
/// <param name="Refusal">Why it is refused, in words; null for one that is not.</param>
/// <param name="IsPrivate">Whether it is refused for being a private key.</param>
/// <param name="Title">Kind and size, <c>RSA 2048 bits, RS256</c>.</param>
/// <param name="Thumbprint">The RFC 7638 SHA-256 thumbprint.</param>
/// <param name="RsaKeyValue">As xmldsig writes it; null for an EC key.</param>
/// <param name="Jwk">As a JWK.</param>
internal sealed record KeyView(string Text, string? Refusal, bool IsPrivate, string? Title, string? Thumbprint, string? RsaKeyValue, string? Jwk)
{
    /// <summary>One that is to be typed.</summary>
    public static KeyView Empty { get; } = new("", null, false, null, null, null, null);

    /// <summary>One that was accepted before, or lies in a draft: weaknesses are looked for when it is submitted.</summary>
    public static KeyView OfStored(string text) => Of(text, PublicKeyText.Stored(text));

    /// <summary>One that is being typed.</summary>
    public static KeyView OfTyped(string text) => Of(text, PublicKeyText.Read(text));

    private static KeyView Of(string text, KeyReading reading) => reading switch
    {
        KeyReading.Read(var key) => new(text, null, false, string.Create(CultureInfo.InvariantCulture, $"{key.KeyType} {key.Bits} bits, {key.Algorithm}"), key.Thumbprint, key.RsaKeyValue, key.Jwk),
        KeyReading.Refused(var fault, var why) when fault == KeyFault.PrivateKey => new("", $"The public key is refused: {why}.", true, null, null, null, null),
        KeyReading.Refused(_, var why) => new(text, $"The public key is refused: {why}.", false, null, null, null, null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
