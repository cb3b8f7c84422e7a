using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.SignIn;

/// <summary><c>actionmail login</c>: signs this machine's account in at a platform.</summary>
internal static class Login
{
    public static readonly Option<string?> Platform = new("--platform")
    {
        Description = "The platform's address. ACTIONMAIL_URL, or http://localhost:5080, when left out.",
        HelpName = "URL",
    };

    public static Verb Verb() => new("login", "Sign in at a platform: enter a code in a browser where you are signed in.", RunAsync)
    {
        Options = { Platform },
        Examples = ["actionmail login", "actionmail login --platform https://mail.contoso.com"],
        NoMeans = "the sign-in was refused, or nobody entered the code in time",
        Notes = PlatformAddress.PersonalNotes + "\nIn the emulator, open the page and pick a person.",
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!SignIns.TryRead(out var signIns, out var problem) || !TryPlatform(parse, out var platform, out problem))
            return new Answer.BadInput(problem);
        using var device = new DeviceSignIn(platform, parse.Output, TimeProvider.System);
        var reply = await device.RunAsync(cancel);
        if (reply is not TokenReply.Token(var token, var expiresAt))
            return ((TokenReply.Ended)reply).Because;
        using var api = new PersonalApi(platform, token);
        if (await api.MeAsync(cancel) is not ApiReply.Document document)
            return new Answer.Unreachable($"The platform at {platform} gave a token and does not know it; sign in again.");
        if (!document.TryRead<PersonLine>(out var person, out var other))
            return other;
        if (!signIns.With(platform, new(token, person.Address, expiresAt)).TryWrite(out problem))
            return new Answer.BadInput(problem);
        parse.Output.WriteLine($"Signed in at {platform} as {person.Name.Printable} <{person.Address.Printable}>, {(person.Organization.Name ?? "").Printable}.");
        return new Answer.Done();
    }

    private static bool TryPlatform(ParseResult parse, out Uri platform, out string problem) =>
        parse.GetValue(Platform) is { } given
            ? PlatformAddress.TryUrl(given, Platform.Name, out platform, out problem)
            : PlatformAddress.TryUrl(out platform, out problem);
}

/// <summary>A person as the platform tells it.</summary>
internal sealed record PersonLine
{
    public required string Name { get; init; }

    /// <summary>The first is the one that others see.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    public required OrganizationLine Organization { get; init; }
    public bool Administrator { get; init; }
    public bool Reviewer { get; init; }

    public string Address => Addresses is [var first, ..] ? first : "";

    public IEnumerable<string> Roles => ["developer", .. Administrator ? ["administrator"] : Array.Empty<string>(), .. Reviewer ? ["reviewer"] : Array.Empty<string>()];

    internal sealed record OrganizationLine(string? Name);
}
