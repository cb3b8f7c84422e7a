using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Signing;

namespace ActionMail.Sdk;

/// <summary>
/// The private key that a provider signs its cards with: RSA of 2048 to 4096 bits (RS256, or PS256 on request) or EC on
/// P-256 (ES256). Register the public half with the provider's registration. Safe for use by several threads.
/// </summary>
public sealed class SigningKey : IDisposable
{
    private readonly Lock _gate = new();
    private readonly RSA? _rsa;
    private readonly ECDsa? _ec;

    private SigningKey(RSA rsa, JwsAlgorithm? wanted)
    {
        if (wanted is JwsAlgorithm.ES256)
            throw new ArgumentException("ES256 needs an EC key on P-256; this is an RSA key.");
        _rsa = rsa;
        PublicKey = RequireRegistrable(PublicJwk(rsa, wanted ?? JwsAlgorithm.RS256));
    }

    private SigningKey(ECDsa ec, JwsAlgorithm? wanted)
    {
        if (wanted is not (null or JwsAlgorithm.ES256))
            throw new ArgumentException($"{wanted} needs an RSA key; this is an EC key.");
        _ec = ec;
        PublicKey = RequireRegistrable(ec.ExportSubjectPublicKeyInfoPem());
    }

    /// <summary>What the key signs with.</summary>
    public JwsAlgorithm Algorithm => PublicKey.Algorithm;

    /// <summary>
    /// The public half, in each form that a registration takes. Its RFC 7638 thumbprint is the <c>kid</c> of every card
    /// that the key signs. A key for PS256 must be registered as a JWK: the other forms stand for RS256.
    /// </summary>
    public PublicKey PublicKey { get; }

    /// <summary>Makes a new RSA key.</summary>
    /// <param name="bits">Its length in bits, 2048 to 4096. Default 3072.</param>
    /// <exception cref="ArgumentException">Fewer or more bits.</exception>
    public static SigningKey CreateRsa(int bits = 3072)
    {
        if (bits is < PublicKey.MinRsaBits or > PublicKey.MaxRsaBits)
            throw new ArgumentException($"A card's RSA key has {PublicKey.MinRsaBits} to {PublicKey.MaxRsaBits} bits, not {bits}.", nameof(bits));
        return new(RSA.Create(bits), wanted: null);
    }

    /// <summary>Makes a new EC key on P-256.</summary>
    public static SigningKey CreateEc() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256), wanted: null);

    /// <summary>Reads an unencrypted PEM private key (PKCS#8, PKCS#1 or SEC 1; RFC 7468).</summary>
    /// <param name="pem">The text, with its BEGIN and END lines.</param>
    /// <param name="algorithm">PS256 for an RSA key that shall not sign RS256; null for the usual one of the key's kind.</param>
    /// <exception cref="ArgumentException">The text is no private key, is too weak, or does not fit the algorithm.</exception>
    public static SigningKey FromPem(string pem, JwsAlgorithm? algorithm = null)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var rsa = RSA.Create();
        if (TryImport(rsa, pem))
            return Guard(rsa, () => new SigningKey(RequirePrivate(rsa), algorithm));
        rsa.Dispose();
        var ec = ECDsa.Create();
        if (TryImport(ec, pem))
            return Guard(ec, () => new SigningKey(RequirePrivate(ec), algorithm));
        ec.Dispose();
        throw new ArgumentException("The text holds no unencrypted RSA or EC private key in PEM.", nameof(pem));
    }

    /// <summary>Reads a private key in the XML form that Outlook's dashboard and .NET use.</summary>
    /// <param name="xml">An <c>RSAKeyValue</c> element with all eight members. White space inside their base64 is accepted.</param>
    /// <param name="algorithm">PS256, or null for RS256.</param>
    /// <exception cref="ArgumentException">The text is no private key, is too weak, or does not fit the algorithm.</exception>
    public static SigningKey FromRsaKeyValue(string xml, JwsAlgorithm? algorithm = null)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return FromParameters(PrivateKeyText.ReadRsaKeyValue(xml), algorithm);
    }

    /// <summary>Reads a private JWK (RFC 7517) of type RSA or EC; its <c>alg</c>, when present, chooses the algorithm.</summary>
    /// <exception cref="ArgumentException">The text is no private key, is too weak, or its <c>alg</c> is not one of cards.</exception>
    public static SigningKey FromJwk(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var document = ParseJwk(json);
        var jwk = document.RootElement;
        var algorithm = jwk.TryGetProperty("alg", out var alg) ? ParseAlgorithm(alg.ToString()) : (JwsAlgorithm?)null;
        var type = jwk.TryGetProperty("kty", out var kty) ? kty.ToString() : null;
        return type switch
        {
            "RSA" => FromParameters(PrivateKeyText.ReadRsaJwk(jwk), algorithm),
            "EC" => FromParameters(PrivateKeyText.ReadEcJwk(jwk), algorithm),
            _ => throw new ArgumentException($"A JWK of kty '{type}' cannot sign cards: RSA or EC can.", nameof(json)),
        };
    }

    /// <summary>The private key as PKCS#8 PEM. Keep it where only the service reads it.</summary>
    public string ToPem() => _rsa?.ExportPkcs8PrivateKeyPem() ?? _ec!.ExportPkcs8PrivateKeyPem();

    /// <summary>The public key as SubjectPublicKeyInfo PEM.</summary>
    public string PublicKeyToPem() => _rsa?.ExportSubjectPublicKeyInfoPem() ?? _ec!.ExportSubjectPublicKeyInfoPem();

    /// <summary>
    /// Proves to a platform that whoever registers the public half has this one, by a compact JWS over the platform's challenge. What is signed is composed here, so that
    /// nobody can have anything else signed by it.
    /// </summary>
    /// <param name="originator">The registration's provider id, a GUID.</param>
    /// <param name="nonce">The challenge's nonce: 16 to 128 letters, digits, '-' and '_'.</param>
    /// <exception cref="ArgumentException">The originator or the nonce has another form.</exception>
    public string ProvePossession(string originator, string nonce)
    {
        ArgumentNullException.ThrowIfNull(nonce);
        if (!Guid.TryParseExact(originator, "D", out var id))
            throw new ArgumentException($"The originator '{originator}' is no GUID.", nameof(originator));
        if (nonce.Length is < 16 or > 128 || !nonce.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            throw new ArgumentException("A nonce is 16 to 128 letters, digits, '-' and '_'.", nameof(nonce));
        var header = $$"""{"alg":"{{Algorithm}}","kid":"{{PublicKey.Thumbprint}}"}""";
        var challenge = new KeyChallenge(id.ToString("D"), PublicKey.Thumbprint, nonce);
        var signed = $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(challenge.Text))}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose()
    {
        _rsa?.Dispose();
        _ec?.Dispose();
    }

    internal byte[] Sign(ReadOnlySpan<byte> signingInput)
    {
        // RSA and ECDsa objects do not promise to be safe for several threads.
        lock (_gate)
        {
            return Algorithm switch
            {
                JwsAlgorithm.PS256 => _rsa!.SignData(signingInput, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
                JwsAlgorithm.ES256 => _ec!.SignData(signingInput, HashAlgorithmName.SHA256),   // r‖s, as RFC 7518 §3.4 wants it
                _ => _rsa!.SignData(signingInput, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            };
        }
    }

    private static SigningKey FromParameters(RSAParameters parameters, JwsAlgorithm? algorithm)
    {
        var rsa = RSA.Create();
        return Guard(rsa, () =>
        {
            rsa.ImportParameters(parameters);
            return new SigningKey(rsa, algorithm);
        });
    }

    private static SigningKey FromParameters(ECParameters parameters, JwsAlgorithm? algorithm)
    {
        var ec = ECDsa.Create();
        return Guard(ec, () =>
        {
            ec.ImportParameters(parameters);
            return new SigningKey(ec, algorithm);
        });
    }

    private static SigningKey Guard(IDisposable key, Func<SigningKey> make)
    {
        try
        {
            return make();
        }
        catch (CryptographicException e)
        {
            key.Dispose();
            throw new ArgumentException($"The members of the key do not belong together: {e.Message}", e);
        }
        catch (ArgumentException)
        {
            key.Dispose();
            throw;
        }
    }

    private static bool TryImport(AsymmetricAlgorithm key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    private static T RequirePrivate<T>(T key) where T : AsymmetricAlgorithm
    {
        try
        {
            CryptographicOperations.ZeroMemory(key.ExportPkcs8PrivateKey());
            return key;
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException("The PEM holds a public key; signing needs the private one.", e);
        }
    }

    // The platform reads registered keys with the same rules: a key that it would refuse must not sign a single card.
    private static PublicKey RequireRegistrable(string publicKey) => PublicKeyText.Read(publicKey) switch
    {
        KeyReading.Read(var registrable) => registrable,
        KeyReading.Refused(_, var why) => throw new ArgumentException($"No platform would register this key: {why}."),
        _ => throw new UnreachableException(),
    };

    private static string PublicJwk(RSA rsa, JwsAlgorithm algorithm)
    {
        var key = rsa.ExportParameters(includePrivateParameters: false);
        return $$"""{"kty":"RSA","alg":"{{algorithm}}","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{Base64Url.EncodeToString(key.Exponent)}}"}""";
    }

    private static JsonDocument ParseJwk(string json)
    {
        try
        {
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new ArgumentException("A JWK is a JSON object.", nameof(json));
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The text is no JWK: {e.Message}", nameof(json), e);
        }
    }

    private static JwsAlgorithm ParseAlgorithm(string text) => text switch
    {
        "RS256" => JwsAlgorithm.RS256,
        "PS256" => JwsAlgorithm.PS256,
        "ES256" => JwsAlgorithm.ES256,
        _ => throw new ArgumentException($"Cards are signed with RS256, PS256 or ES256; the JWK says alg '{text}'."),
    };
}
