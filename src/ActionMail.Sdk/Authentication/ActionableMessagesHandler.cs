using System.Diagnostics;
using System.Text.Encodings.Web;
using ActionMail.Protocol.Actions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace ActionMail.Sdk;

/// <summary>
/// Authenticates action requests. The caller learns no more than 401; why is in the service's log. When the platform's
/// keys cannot be had the answer is 503: that is nobody's wrong token, and the platform offers the actor a retry.
/// </summary>
internal sealed class ActionableMessagesHandler(
    IOptionsMonitor<ActionableMessagesOptions> options, ILoggerFactory log, UrlEncoder encoder, TokenValidation validation)
    : AuthenticationHandler<ActionableMessagesOptions>(options, log, encoder)
{
    private const string Bearer = "Bearer ";

    private TokenVerdict? _verdict;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ReadBearer() is not { } token)
            return AuthenticateResult.NoResult();
        _verdict = await validation.ValidateAsync(token, Options, Context.RequestAborted);
        switch (_verdict)
        {
            case TokenVerdict.Accepted(var actor):
                return AuthenticateResult.Success(new AuthenticationTicket(actor, Scheme.Name));
            case TokenVerdict.Rejected(var why):
                Logger.TokenRejected(why);
                return AuthenticateResult.Fail("The action token is not valid.");
            case TokenVerdict.KeysUnavailable(var issuer):
                Logger.KeysMissing(issuer);
                return AuthenticateResult.Fail("The action token cannot be checked now.");
            default:
                throw new UnreachableException();
        }
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        if (_verdict is TokenVerdict.KeysUnavailable)
        {
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = "10";
            return;
        }
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        // RFC 6750 §3.1: a request without a token gets no error code.
        Response.Headers.WWWAuthenticate = _verdict is null ? "Bearer" : "Bearer error=\"invalid_token\"";
    }

    // A card that sets Authorization to "" moves the token, so that the service's gateway may have the usual header.
    private string? ReadBearer() => ReadBearer(ActionHeaders.ActionAuthorization) ?? ReadBearer(HeaderNames.Authorization);

    private string? ReadBearer(string header) =>
        Request.Headers[header] is [{ } value] && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? value[Bearer.Length..].Trim(' ')
            : null;
}
