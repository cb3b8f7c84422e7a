using System.Net.Mime;
using System.Text;
using ActionMail.Mail.Message;
using ActionMail.Server.Accounts;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Inbox;

/// <summary>A mail's body for the sandboxed frame: sanitized, and in a document that may load and run nothing (security E-01, E-04, E-07).</summary>
internal static class BodyEndpoint
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; "
        + "sandbox allow-popups allow-popups-to-escape-sandbox";

    private const string Style = "body{margin:12px;font:15px/1.5 'Segoe UI',system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}";

    // A mail that colours its text expects paper, and would be black on black in a dark page; one that colours nothing is as light or dark as the page around it.
    private const string Paper = "html{color-scheme:light;background:#fff;color:#242424}";
    private const string Plain = "html{color-scheme:light dark;background:light-dark(#fff,#292929);color:light-dark(#242424,#fff)}";

    public static void MapBody(this IEndpointRouteBuilder routes) => routes.MapGet("/inbox/{id:guid}/body", ShowAsync).RequireAuthorization();

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, InboxQueries inbox, IOptions<MessageLimits> limits, CancellationToken cancel)
    {
        if (SignedInPerson.Of(http.User) is not { } reader || await inbox.ContentAsync(reader, id, cancel) is not { } content)
            return TypedResults.NotFound();
        var mail = MailMessage.Read(content, limits.Value);
        var body = mail.HtmlBody is { } markup ? HtmlBody.Sanitize(markup).Html : PlainBody.Render(mail.TextBody ?? "");
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return TypedResults.Content($"<!DOCTYPE html><html lang=\"\"><head><meta charset=\"utf-8\"><style>{(HasColours(body) ? Paper : Plain)}{Style}</style></head><body>{body}</body></html>", MediaTypeNames.Text.Html, Encoding.UTF8);
    }

    // A word too many is taken for a colour, and paper is never wrong.
    private static bool HasColours(string body) => body.Contains("color", StringComparison.OrdinalIgnoreCase) || body.Contains("background", StringComparison.OrdinalIgnoreCase);
}
