using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary>Commands that the operator has and a signed-in person too: who asks decides which API answers.</summary>
internal static class AskedAs
{
    public static readonly Option<bool> Operator = new("--operator") { Description = "Ask with the operator's token, also where somebody is signed in." };

    // Where there is neither a sign-in nor a token, the missing sign-in is told: it is what people have.
    public static bool IsOperator(ParseResult parse) => parse.GetValue(Operator) || (!PersonalPlatform.IsSignedIn() && PlatformAddress.TryToken(out _, out _));

    /// <summary>Prints the registration that whoever asks gets.</summary>
    public static async Task<Answer> PrintAsync(
        ParseResult parse, Option<bool> json, Func<OperatorApi, Task<ApiReply>> asOperator, Func<PersonalApi, Task<ApiReply>> asPerson) =>
        IsOperator(parse)
            ? ProviderPage.Print(parse, parse.GetValue(json), await OperatorApi.AskAsync(asOperator))
            : RegistrationPage.Print(parse, parse.GetValue(json), await PersonalPlatform.AskAsync(asPerson));
}
