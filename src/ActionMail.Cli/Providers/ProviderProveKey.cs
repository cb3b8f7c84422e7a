using System.CommandLine;
using ActionMail.Cli.Keys;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;
using ActionMail.Protocol.Signing;
using ActionMail.Sdk;

namespace ActionMail.Cli.Providers;

/// <summary>
/// <c>actionmail provider prove-key ID --key FILE</c>: (1) the platform's challenge for the key; (2) its text, composed here and signed here, so that the private key never
/// leaves this machine and signs nothing else; (3) the signature goes to the platform.
/// </summary>
internal static class ProviderProveKey
{
    private static readonly Argument<string> Id = ProviderIdArgument.Of("The provider id (originator).");
    private static readonly Option<string> Key = new("--key") { Description = "The service's private key: PEM, RSAKeyValue or JWK. It is read here and sent nowhere.", HelpName = "FILE", Required = true };
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("prove-key", "Prove that you have the private half of a registered key.", RunAsync)
    {
        Arguments = { Id },
        Options = { Key, Json },
        Examples = ["actionmail provider prove-key 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913 --key expenses.pem"],
        NoMeans = "there is no such registration of yours, or the key is none of its keys",
        Notes = PlatformAddress.PersonalNotes + "\nNothing with a key that is not proven is approved; for Test Users no proof is needed.",
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!PrivateKeyFile.TryRead(parse.GetRequiredValue(Key), out var key, out var problem) || !PersonalPlatform.TryOpen(out var api, out problem))
        {
            key?.Dispose();
            return new Answer.BadInput(problem);
        }
        using (key)
        using (api)
            return await ProveAsync(parse, api!, key, cancel);
    }

    private static async Task<Answer> ProveAsync(ParseResult parse, PersonalApi api, SigningKey key, CancellationToken cancel)
    {
        var (id, part) = (parse.GetRequiredValue(Id), $"keys/{key.PublicKey.Thumbprint}");
        var reply = await api.ActAsync(id, $"{part}/challenge", new { }, cancel);                                                            // 1
        if (reply is ApiReply.Nothing { Code: "key_unknown", Because.Problem: var which })
            return new Answer.No($"{parse.GetRequiredValue(Key)} is the key {key.PublicKey.Thumbprint}. {which}");
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<KeyLine>(out var line, out var other))
            return other;
        if (line.ProvenAt is not null || line.Challenge is not { } challenge)
            return Print(parse, document);
        if (!TrySign(key, line.Algorithm, id, challenge.Nonce, out var signature, out var why))                                              // 2
            return new Answer.BadInput(why);
        var proven = await api.ActAsync(id, $"{part}/proof", new { signature }, cancel);                                                     // 3
        return proven is ApiReply.Document done ? Print(parse, done) : proven.WhyNoDocument;
    }

    private static bool TrySign(SigningKey key, string algorithm, string id, string nonce, out string signature, out string why)
    {
        (signature, why) = ("", "");
        try
        {
            // A PEM does not say whether an RSA key was registered for PS256.
            using var registered = SigningKey.FromPem(key.ToPem(), Enum.TryParse<JwsAlgorithm>(algorithm, out var named) ? named : key.Algorithm);
            signature = registered.ProvePossession(id, nonce);
            return true;
        }
        catch (ArgumentException refusal)
        {
            why = $"The challenge cannot be signed: {refusal.Sentence}";
            return false;
        }
    }

    private static Answer Print(ParseResult parse, ApiReply.Document document)
    {
        if (!document.TryRead<KeyLine>(out var key, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            parse.Output.WriteLine($"Proven since {key.ProvenAt}: key {key.Thumbprint} of {parse.GetRequiredValue(Id)}".Printable);
        return new Answer.Done();
    }

    private sealed record KeyLine
    {
        public required string Thumbprint { get; init; }
        public required string Algorithm { get; init; }
        public string? ProvenAt { get; init; }
        public ChallengeLine? Challenge { get; init; }
    }

    private sealed record ChallengeLine
    {
        public required string Nonce { get; init; }
    }
}
