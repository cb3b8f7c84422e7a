using System.CommandLine;
using System.Text.Json;
using ActionMail.Cli.Terminal;
using ActionMail.Protocol.Signing;
using ActionMail.Sdk;

namespace ActionMail.Cli.Keys;

/// <summary><c>actionmail key new</c>: a key pair, the private half to a file, the public half to the screen.</summary>
internal static class KeyNew
{
    private const string All = "all";

    private static readonly Option<string> Format = new Option<string>("--format")
    {
        Description = "How the public key is printed: RSAKeyValue is what a registration form asks for.",
        DefaultValueFactory = _ => "rsakeyvalue",
    }.AcceptOnlyFromAmong("rsakeyvalue", "pem", "jwk", All);

    private static readonly Option<int> Bits = new Option<int>("--bits")
    {
        Description = "Length of the modulus.",
        DefaultValueFactory = _ => PublicKey.MinRsaBits,
    }.AcceptOnlyFromAmong("2048", "3072", "4096");

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Where the private key goes: a PEM file with mode 0600. Without it the key is printed.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replace the file if it exists." };

    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("new", "Make an RSA key pair to sign cards with.", RunAsync)
    {
        Examples =
        [
            "actionmail key new --out groups.pem",
            "actionmail key new --bits 3072 --format jwk --out groups.pem",
            "actionmail key new --format all --json",
        ],
        NoMeans = "not used",
        Notes = "Keep the private key with the service and register the public one.\n"
            + "The thumbprint is SHA-256 after RFC 7638; the platform shows the same one.",
        Options = { Format, Bits, Out, Force, Json },
    };

    private static Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        using var key = SigningKey.CreateRsa(parse.GetValue(Bits));
        var privatePem = key.ToPem();
        var file = parse.GetValue(Out);
        if (file is not null && !PrivateKeyFile.TryWrite(file, privatePem, parse.GetValue(Force), out var problem))
            return Task.FromResult<Answer>(new Answer.BadInput(problem));

        var format = parse.GetRequiredValue(Format);
        var keys = new NewKeys(privatePem, key.PublicKeyToPem(), key.PublicKey, format, file);
        if (parse.GetValue(Json))
            parse.PrintJson(Result(keys));
        else
            Print(parse.Output, keys);
        return Task.FromResult<Answer>(new Answer.Done());
    }

    private static Printed Result(NewKeys keys) => new(
        keys.Public.Thumbprint,
        new(
            keys.Wants("rsakeyvalue") ? keys.Public.RsaKeyValue : null,
            keys.Wants("pem") ? keys.PublicPem : null,
            keys.Wants("jwk") ? JsonElement.Parse(keys.Public.Jwk) : null),
        keys.File,
        keys.File is null ? keys.PrivatePem : null);

    private static void Print(TextWriter output, NewKeys keys)
    {
        output.WriteLine(keys.File is { } file
            ? $"Private key: {file} (PEM, readable by you alone)\n"
            : $"PRIVATE KEY, keep it secret (PEM):\n{keys.PrivatePem}\n");
        if (keys.Wants("rsakeyvalue"))
            output.WriteLine($"PUBLIC KEY, to register (RSAKeyValue):\n{keys.Public.RsaKeyValue}\n");
        if (keys.Wants("pem"))
            output.WriteLine($"PUBLIC KEY, to register (PEM):\n{keys.PublicPem}\n");
        if (keys.Wants("jwk"))
            output.WriteLine($"PUBLIC KEY, to register (JWK):\n{keys.Public.Jwk}\n");
        output.WriteLine($"SHA-256 thumbprint: {keys.Public.Thumbprint}");
    }

    private sealed record NewKeys(string PrivatePem, string PublicPem, PublicKey Public, string Format, string? File)
    {
        public bool Wants(string format) => Format is All || Format == format;
    }

    private sealed record Printed(string Thumbprint, PublicForms PublicKey, string? PrivateKeyFile, string? PrivateKeyPem);

    private sealed record PublicForms(string? RsaKeyValue, string? Pem, JsonElement? Jwk);
}
