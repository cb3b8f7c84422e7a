using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActionMail.Cli.Keys;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider add</c>: hands in a registration, from a file or from flags.</summary>
internal static class ProviderAdd
{
    private static readonly Argument<string?> File = new("FILE")
    {
        Description = "The registration as JSON: name, senders, targets, keys, scope, testUsers, organization, tokenProfile, appId, appIdUri, and optionally id. \"-\" reads standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Id = new("--id")
    {
        Description = "The provider id (originator), a GUID. The same id again is a new revision; without it a new one is made.",
        HelpName = "GUID",
    };

    private static readonly Option<string?> Name = new("--name") { Description = "What people see." };
    private static readonly Option<string[]> Sender = Many("--sender", "ADDR", "An address that the service sends from.");
    private static readonly Option<string[]> Target = Many("--target", "URL", "An origin that actions may call: https, a host covers its subdomains.");
    private static readonly Option<string[]> Key = Many("--key", "FILE", "A public key: RSAKeyValue, PEM or JWK. Of a PEM private key only the public half is sent.");

    private static readonly Option<string?> Scope = new Option<string?>("--scope")
    {
        Description = "Who may get the service's cards. testUsers when left out.",
    }.AcceptOnlyFromAmong("testUsers", "organization", "global");

    private static readonly Option<string[]> TestUser = Many("--test-user", "ADDR", "A recipient, for the scope testUsers.");
    private static readonly Option<string?> Organization = new("--organization") { Description = "A domain of the organization that registers it. The first sender's when left out.", HelpName = "DOMAIN" };

    private static readonly Option<string?> TokenProfile = new Option<string?>("--token-profile")
    {
        Description = "The shape of the token that says who acted. eat when left out.",
    }.AcceptOnlyFromAmong("eat", "entra");

    private static readonly Option<string?> AppId = new("--app-id") { Description = "The application id, for the token profile entra.", HelpName = "GUID" };
    private static readonly Option<string?> AppIdUri = new("--app-id-uri") { Description = "The App ID URI, for the token profile entra.", HelpName = "URI" };
    private static readonly Option<bool> Json = Printing.JsonOption();

    private static readonly Option[] Flags =
        [Name, Sender, Target, Key, Scope, TestUser, Organization, TokenProfile, AppId, AppIdUri];

    /// <summary>A member that is misspelt would silently be a registration without it.</summary>
    private static JsonSerializerOptions Strict { get; } =
        new(Printing.Json) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static Verb Verb()
    {
        var verb = new Verb("add", "Register a service, or hand in a new revision of its registration.", RunAsync)
        {
            Arguments = { File },
            Examples =
            [
                "actionmail provider add expenses.json",
                "actionmail provider add --name Expenses --sender expenses@contoso.test --target https://expenses.contoso.test --key expenses.pem --scope testUsers --test-user miguel@contoso.test",
                "actionmail provider add expenses.json --id 0d4c3c0e-5f0b-4a55-9d0f-6c0f7a4f7a10 --json",
            ],
            NoMeans = "the platform says no to this registration",
            Notes = PlatformAddress.Notes,
            Options = { Id },
        };
        foreach (var option in Flags)
            verb.Options.Add(option);
        verb.Options.Add(Json);
        return verb;
    }

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!TryRegistration(parse, out var registration, out var problem))
            return new Answer.BadInput(problem);
        var id = parse.GetValue(Id) ?? registration.Id ?? Guid.NewGuid().ToString();
        if (!Guid.TryParse(id, out var originator))
            return new Answer.BadInput($"'{id}' is no provider id; give a GUID, or leave --id out for a new one.");

        var file = registration with { Id = null };
        var reply = await OperatorApi.AskAsync(api => api.RegisterAsync(originator.ToString(), file, cancel));
        return ProviderPage.Print(parse, parse.GetValue(Json), reply);
    }

    private static bool TryRegistration(ParseResult parse, out ProviderFile registration, out string problem)
    {
        registration = new();
        var flags = Flags.Where(flag => parse.GetResult(flag) is { Implicit: false }).ToList();
        if (parse.GetValue(File) is not { } file)
            return TryFlags(parse, out registration, out problem);
        if (flags.Count > 0)
        {
            problem = $"{flags[0].Name} beside FILE could contradict it; write it into {file}, or use flags alone.";
            return false;
        }
        return InputFile.TryReadText(file, out var text, out problem) && TryJson(file, text, out registration, out problem);
    }

    private static bool TryJson(string file, string text, out ProviderFile registration, out string problem)
    {
        (registration, problem) = (new(), "");
        try
        {
            registration = JsonSerializer.Deserialize<ProviderFile>(text, Strict)!;
            if (registration is null)
                problem = $"{file} is 'null'; write the registration as a JSON object.";
        }
        catch (JsonException unreadable)
        {
            problem = $"{file} is no registration: {unreadable.Sentence} Mend the JSON there.";
        }
        return problem.Length == 0 && KeysArePublic(file, registration!, out problem);
    }

    private static bool KeysArePublic(string file, ProviderFile registration, out string problem)
    {
        problem = "";
        foreach (var key in registration.Keys)
        {
            if (!PublicKeyFile.IsPublic(file, key, out problem))
                return false;
        }
        return true;
    }

    private static bool TryFlags(ParseResult parse, out ProviderFile registration, out string problem)
    {
        registration = new();
        problem = parse.GetValue(Name) is null || parse.GetValue(Sender) is not { Length: > 0 } || parse.GetValue(Target) is not { Length: > 0 }
            ? "There is nothing to register; give FILE, or at least --name, --sender and --target."
            : "";
        if (problem.Length > 0)
            return false;

        var keys = new List<string>();
        foreach (var path in parse.GetValue(Key) ?? [])
        {
            if (!PublicKeyFile.TryRead(path, out var key, out problem))
                return false;
            keys.Add(key);
        }
        registration = new()
        {
            Name = parse.GetValue(Name),
            Senders = parse.GetValue(Sender)!,
            Targets = parse.GetValue(Target)!,
            Keys = keys,
            Scope = parse.GetValue(Scope) ?? "testUsers",
            TestUsers = parse.GetValue(TestUser) ?? [],
            Organization = parse.GetValue(Organization) ?? parse.GetValue(Sender)![0].Split('@')[^1],
            TokenProfile = parse.GetValue(TokenProfile) ?? "eat",
            AppId = parse.GetValue(AppId),
            AppIdUri = parse.GetValue(AppIdUri),
        };
        return true;
    }

    private static Option<string[]> Many(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, AllowMultipleArgumentsPerToken = true };
}
