using System.Diagnostics;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ActionMail.Server.Accounts.OpenId;

/// <summary>
/// The sign-in with an organization's provider, from our button and back. State, nonce, PKCE, signature, issuer and audience are the handler's; whom the token means, and
/// the session that follows, are ours.
/// </summary>
internal sealed class OpenIdEvents(
    OpenIdSignIn signIn, Sessions sessions, IOptions<AccountOptions> accounts, TimeProvider time, ILogger<OpenIdEvents> log) : OpenIdConnectEvents
{
    /// <summary>Marks a sign-in that must prove anew who is there, with who that is.</summary>
    public const string Again = "again";

    // The session that the browser has when it leaves: a strict cookie does not come back with it. State is protected, so this is ours when it returns.
    private const string Previous = "previous";

    // Two clocks, and the way back.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(2);

    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        if (context.Properties.Items.ContainsKey(Again))
        {
            // Core §3.1.2.1: ask even a person with a session there, and say in the token when.
            context.ProtocolMessage.Prompt = OpenIdConnectPrompt.Login;
            context.ProtocolMessage.MaxAge = "0";
        }
        if (Sessions.KeyOf(context.HttpContext.User) is { } previous)
            context.Properties.Items[Previous] = previous;
        return Task.CompletedTask;
    }

    public override async Task TokenValidated(TokenValidatedContext context)
    {
        var provider = accounts.Value.OpenId.Single(each => each.Scheme == context.Scheme.Name);
        switch (await signIn.FindAsync(provider, context.Principal!, context.HttpContext.RequestAborted))
        {
            case OpenIdResult.Refused(var problem):
                Refuse(context, problem);
                return;
            case OpenIdResult.Known(var person, _) when IsSomebodyElse(context.Properties!, person):
                Refuse(context, SignInProblem.AnotherPerson);
                return;
            case OpenIdResult.Known(_, var provenAt) when context.Properties!.Items.ContainsKey(Again) && !(provenAt > time.GetUtcNow() - Leeway):
                Refuse(context, SignInProblem.NotFresh);
                return;
            case OpenIdResult.Known(var person, var provenAt):
                await EndPreviousAsync(context.HttpContext, context.Properties!);
                context.Properties!.Items.Remove(Again);
                context.Properties.Items.Remove(Previous);
                context.Principal = await sessions.StartAsync(new(person, SignInWay.OpenId, provenAt, RemoteAddress.Of(context.HttpContext)), context.HttpContext.RequestAborted);
                return;
            default: throw new UnreachableException();
        }
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        var problem = context.Failure switch
        {
            SignInRefusedException refused => refused.Problem,
            OpenIdConnectProtocolException when context.Request.Query.ContainsKey("error") => SignInProblem.ProviderRefused,
            _ => SignInProblem.NotVerified,
        };
        log.OpenIdRefused(context.Scheme.Name, problem, context.Failure?.Message ?? "");
        context.Response.Redirect($"/sign-in?problem={problem.Code}");
        context.HandleResponse();
        return Task.CompletedTask;
    }

    private static void Refuse(TokenValidatedContext context, SignInProblem problem) => context.Fail(new SignInRefusedException(problem));

    private static bool IsSomebodyElse(AuthenticationProperties properties, Person person) =>
        properties.Items.TryGetValue(Again, out var expected) && expected != person.Id.ToString("D");

    // Whatever was begun in between, in another tab, has a cookie: a callback is answered before anybody asked whose came with it.
    private async Task EndPreviousAsync(HttpContext http, AuthenticationProperties properties)
    {
        if (properties.Items.TryGetValue(Previous, out var key) && key is not null)
            await sessions.EndAsync(key, http.RequestAborted);
        if (await http.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme) is { Principal: { } previous })
            await sessions.EndAsync(previous, http.RequestAborted);
    }

    /// <summary>The handler knows failures as exceptions alone.</summary>
    private sealed class SignInRefusedException(SignInProblem problem) : Exception(problem.Words)
    {
        public SignInProblem Problem => problem;
    }
}

internal static partial class AccountsLog // 6000–6099
{
    [LoggerMessage(6001, LogLevel.Warning, "A sign-in by {Scheme} was refused: {Problem}: {Why}")]
    public static partial void OpenIdRefused(this ILogger logger, string scheme, SignInProblem problem, string why);
}
