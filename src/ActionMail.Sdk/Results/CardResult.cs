using System.Text;
using ActionMail.Protocol.Actions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ActionMail.Sdk;

/// <summary>
/// The answer to an action request, for minimal APIs and controllers alike. Protocol §6.
/// Status texts are cut to one line of 256 characters, control characters are taken out, and the header is written in
/// UTF-8 by Kestrel once <c>AddActionableMessages</c> is called; a server that writes ASCII only gets '?' for the rest.
/// </summary>
public sealed class CardResult : IResult
{
    private readonly int _status;
    private readonly string? _text;
    private readonly string? _cardJson;
    private readonly Uri? _signIn;

    private CardResult(int status, string? text, string? cardJson = null, Uri? signIn = null)
    {
        _status = status;
        _text = text;
        _cardJson = cardJson;
        _signIn = signIn;
    }

    /// <summary>200: done. The card stays; the actor reads the text, and the platform adds who and when.</summary>
    public static CardResult Done(string text) => new(StatusCodes.Status200OK, RequireText(text));

    /// <summary>200 with a card that replaces the one acted on, if it keeps the provider's targets and originator.</summary>
    /// <param name="cardJson">The new card, as JSON text.</param>
    /// <param name="text">What the actor reads; null when nothing was done, as in the answer to an <c>autoInvokeAction</c>.</param>
    /// <exception cref="ArgumentException">The text is neither an Adaptive Card nor a MessageCard.</exception>
    public static CardResult Update(string cardJson, string? text = null)
    {
        CardText.RequireCard(cardJson);
        return new(StatusCodes.Status200OK, text, cardJson);
    }

    /// <summary>The action was not done.</summary>
    /// <param name="statusCode">400 to 599. From 500 on the platform offers the actor a retry.</param>
    /// <param name="text">What the actor reads: why, and what would help.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code is none of a refusal.</exception>
    public static CardResult Refused(int statusCode, string text)
    {
        if (statusCode is < 400 or > 599)
            throw new ArgumentOutOfRangeException(nameof(statusCode), statusCode, "A refusal has a status from 400 to 599.");
        return new(statusCode, RequireText(text));
    }

    /// <summary>
    /// 401: the actor must sign in with the service first. The platform opens the address; when the service redirects to the
    /// <c>Identity-Linking-Redirect-Url</c> of the request, the same action comes again with the same Action-Request-Id.
    /// </summary>
    /// <param name="url">An https address under one of the provider's target URLs.</param>
    /// <exception cref="ArgumentException">The address is not absolute, or neither https nor on loopback.</exception>
    public static CardResult SignInRequired(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback))
            throw new ArgumentException("The sign-in address must be an absolute https address.", nameof(url));
        return new(StatusCodes.Status401Unauthorized, text: null, signIn: url);
    }

    /// <summary>Writes the answer.</summary>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = _status;
        response.Headers.CacheControl = "no-store";
        if (_text is not null)
            response.Headers[ActionHeaders.CardActionStatus] = Writable(httpContext, StatusText.Clean(_text));
        if (_signIn is not null)
            response.Headers[ActionHeaders.ActionAuthenticate] = _signIn.AbsoluteUri;
        if (_cardJson is null)
            return;
        response.Headers[ActionHeaders.CardUpdateInBody] = "true";
        response.ContentType = "application/json";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(_cardJson), httpContext.RequestAborted);
    }

    private static string Writable(HttpContext context, string text)
    {
        var kestrel = context.RequestServices.GetService<IOptions<KestrelServerOptions>>()?.Value;
        return kestrel?.ResponseHeaderEncodingSelector(ActionHeaders.CardActionStatus) is null ? StatusText.ToAscii(text) : text;
    }

    private static string RequireText(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return text;
    }
}
