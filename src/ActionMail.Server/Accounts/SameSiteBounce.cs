using System.Net;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;

namespace ActionMail.Server.Accounts;

/// <summary>
/// The step that a link from another site takes to a page of ours. The session's cookie is strict (security E-11), so it does not come along with such a link, and whoever is
/// signed in would be asked to sign in again. The answer is a page of ours that goes on by itself: what it asks for comes from here, with the cookie. It goes by the sign-in page,
/// which lets whoever has a session on to where they wanted, so that nobody goes round in circles.
/// </summary>
internal static class SameSiteBounce
{
    /// <summary>Whether a request without a session may only lack its cookie: a navigation that another site has begun. Fetch Metadata §2.</summary>
    public static bool Helps(HttpRequest request) => HttpMethods.IsGet(request.Method)
        && string.Equals(request.Headers["Sec-Fetch-Site"], "cross-site", StringComparison.Ordinal)
        && string.Equals(request.Headers["Sec-Fetch-Mode"], "navigate", StringComparison.Ordinal)
        && string.Equals(request.Headers["Sec-Fetch-Dest"], "document", StringComparison.Ordinal);

    /// <summary>Goes on to the page that was asked for, by the sign-in page.</summary>
    public static Task WriteAsync(HttpContext http) => WriteAsync(http, $"/sign-in?handler=Return&returnUrl={Uri.EscapeDataString(http.Request.GetEncodedPathAndQuery())}");

    /// <summary>Goes on to a path of this site.</summary>
    public static Task WriteAsync(HttpContext http, string path)
    {
        var next = WebUtility.HtmlEncode(path);
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers[HeaderNames.Vary] = "Sec-Fetch-Site";
        return http.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>ActionMail</title><meta http-equiv="refresh" content="0; url={next}"></head>
            <body><main><p><a href="{next}">Go on to ActionMail</a></p></main></body>
            </html>
            """, http.RequestAborted);
    }
}
