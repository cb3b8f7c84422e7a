using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.SignIn;

/// <summary><c>actionmail logout</c>: forgets the sign-in here, and has the platform forget its token.</summary>
internal static class Logout
{
    private static readonly Option<string?> Platform = new("--platform") { Description = "The platform's address. That of the last login when left out.", HelpName = "URL" };

    public static Verb Verb() => new("logout", "Sign out: the token is forgotten here and by the platform.", RunAsync)
    {
        Options = { Platform },
        Examples = ["actionmail logout", "actionmail logout --platform https://mail.contoso.com"],
        NoMeans = "nobody was signed in there",
        Notes = PlatformAddress.PersonalNotes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!SignIns.TryRead(out var signIns, out var problem) || !TryPlatform(parse, signIns, out var platform, out problem))
            return new Answer.BadInput(problem);
        if (signIns.Of(platform) is not { } token)
            return new Answer.No($"You are not signed in at {platform}.");
        using var api = new PersonalApi(platform, token.Token);
        var reply = await api.SignOutAsync(cancel);
        if (!signIns.Without(platform).TryWrite(out problem))
            return new Answer.BadInput(problem);
        parse.Output.WriteLine(reply is ApiReply.Nothing { IsUnknown: true }
            ? $"Signed out here. {platform} was not reached: take the token back on its account page."
            : $"Signed out at {platform}.");
        return new Answer.Done();
    }

    private static bool TryPlatform(ParseResult parse, SignIns signIns, out Uri platform, out string problem) =>
        parse.GetValue(Platform) is { } given
            ? PlatformAddress.TryUrl(given, Platform.Name, out platform, out problem)
            : PersonalPlatform.TryAddress(signIns, out platform, out problem);
}
