using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider owners add|remove ID ADDRESS</c>.</summary>
internal static class ProviderOwners
{
    private static readonly Argument<string> Id = ProviderIdArgument.Of("The provider id (originator).");
    private static readonly Argument<string> Address = new("ADDRESS") { Description = "The address of a person of the registration's organization." };
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Command Command() => new("owners", "Who owns a registration beside its submitter.")
    {
        Verb("add", HttpMethod.Put, "Let a colleague see and change a registration.", "there is no such registration of yours"),
        Verb("remove", HttpMethod.Delete, "Take a colleague out again; the last owner stays.", "there is no such registration of yours, or it is the last owner"),
    };

    private static Verb Verb(string name, HttpMethod method, string description, string noMeans) => new(name, description, (parse, cancel) => RunAsync(parse, method, cancel))
    {
        Arguments = { Id, Address },
        Options = { Json },
        Examples = [$"actionmail provider owners {name} 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913 elvia@contoso.test"],
        NoMeans = noMeans,
        Notes = PlatformAddress.PersonalNotes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, HttpMethod method, CancellationToken cancel)
    {
        var reply = await PersonalPlatform.AskAsync(api => api.OwnerAsync(method, parse.GetRequiredValue(Id), parse.GetRequiredValue(Address), cancel));
        if (reply is not ApiReply.Text)
            return RegistrationPage.Print(parse, parse.GetValue(Json), reply);
        parse.Output.WriteLine("You are not an owner any more, so there is nothing to show.");
        return new Answer.Done();
    }
}
