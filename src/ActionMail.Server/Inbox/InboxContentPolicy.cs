namespace ActionMail.Server.Inbox;

/// <summary>
/// The content security policy of every page. No script, style, frame or picture but our own (pictures may be in the card
/// itself, as data), and no string becomes HTML or script unless one of the named Trusted Types policies made it: DOMPurify's,
/// our default one, which calls DOMPurify, and those of the card renderer, which is given sanitized text only
/// (src/web/src/safety/html.ts). The pages of installed add-ins may come into a frame.
/// </summary>
internal static class InboxContentPolicy
{
    public static string For(AddIns addIns) =>
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
        + $"frame-src {string.Join(' ', ["'self'", .. addIns.Origins])}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        + "trusted-types default dompurify adaptivecards#markdownPassthroughPolicy adaptivecards#restoreContentsPolicy "
        + "adaptivecards#deprecatedExportedFunctionPolicy";
}
