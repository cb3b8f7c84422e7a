using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace ActionMail.Server.Tokens;

/// <summary>One key of the token service. It signs from <paramref name="ActiveFrom"/> until the next one does.</summary>
internal sealed record SigningKey(string KeyId, DateTimeOffset ActiveFrom, string Modulus, string Exponent, SigningCredentials Credentials);

/// <summary>
/// The platform's signing keys: files in the data folder that only its account can read, never in the database or its backups (security I-09). The next key is
/// made and published well before it signs, and a key stays published after its last signature, so that no verifier's cache ever lacks one.
/// </summary>
internal sealed class SigningKeys
{
    private const int KeyBits = 2048;

    private readonly Lock _rotating = new();
    private readonly string _folder;
    private readonly TokenOptions _options;
    private readonly TimeProvider _time;
    private volatile ImmutableArrayBox _keys;

    public SigningKeys(IOptions<ServerOptions> server, IOptions<TokenOptions> options, TimeProvider time)
    {
        _folder = PrivateFile.Folder(Path.Combine(server.Value.DataFolder, "keys"));
        _options = options.Value;
        _time = time;
        _keys = new([.. Directory.EnumerateFiles(_folder, "*.json").Select(Load).OrderBy(key => key.ActiveFrom)]);
    }

    /// <summary>The key that signs now.</summary>
    public SigningKey Current()
    {
        var now = _time.GetUtcNow();
        var keys = WithSuccessor(now);
        for (var i = keys.Length - 1; i > 0; i--)
        {
            if (keys[i].ActiveFrom <= now)
                return keys[i];
        }
        return keys[0];
    }

    /// <summary>Every key that a verifier may meet or should know already.</summary>
    public ImmutableArray<SigningKey> Published()
    {
        var now = _time.GetUtcNow();
        var keys = WithSuccessor(now);
        return [.. keys.Where((_, index) => index + 1 >= keys.Length || keys[index + 1].ActiveFrom + _options.Lifetime + _options.KeyOverlap > now)];
    }

    // A successor exists at all times: the last key is always one that does not sign yet.
    private ImmutableArray<SigningKey> WithSuccessor(DateTimeOffset now)
    {
        var keys = _keys.Value;
        if (keys is [.., var last] && last.ActiveFrom > now + _options.KeyOverlap)
            return keys;
        lock (_rotating)
        {
            keys = _keys.Value;
            while (keys is not [.., var newest] || newest.ActiveFrom <= now + _options.KeyOverlap)
                keys = keys.Add(Make(keys is [] ? now : Later(keys[^1].ActiveFrom + _options.KeyPeriod, now + _options.KeyOverlap + _options.KeyOverlap)));
            _keys = new(keys);
            return keys;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private SigningKey Make(DateTimeOffset activeFrom)
    {
        using var rsa = RSA.Create(KeyBits);
        var stored = new StoredKey(activeFrom, rsa.ExportPkcs8PrivateKey());
        var key = ToKey(stored);
        PrivateFile.Write(Path.Combine(_folder, key.KeyId + ".json"), JsonSerializer.SerializeToUtf8Bytes(stored, JsonSerializerOptions.Web));
        return key;
    }

    private static SigningKey Load(string file)
    {
        try
        {
            return ToKey(JsonSerializer.Deserialize<StoredKey>(File.ReadAllBytes(file), JsonSerializerOptions.Web) ?? throw new JsonException("null"));
        }
        catch (Exception error) when (error is JsonException or CryptographicException or ArgumentNullException)
        {
            throw new StartupException($"The signing key {file} is damaged. Restore it from a backup, or delete it: providers will meet a new key.");
        }
    }

    private static SigningKey ToKey(StoredKey stored)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(stored.Pkcs8, out _);
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        var key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        // Kept: making credentials anew for each token costs a third of the signing rate.
        return new(key.KeyId, stored.ActiveFrom, Base64UrlEncoder.Encode(parameters.Modulus), Base64UrlEncoder.Encode(parameters.Exponent),
            new SigningCredentials(key, SecurityAlgorithms.RsaSha256));
    }

    private sealed record StoredKey(DateTimeOffset ActiveFrom, byte[] Pkcs8);

    private sealed record ImmutableArrayBox(ImmutableArray<SigningKey> Value);
}
