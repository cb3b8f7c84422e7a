using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActionMail.Server.Inbox;

/// <summary>
/// The pane that the emulator has installed: it shows what it was invoked with, and is an example of the few lines that a pane needs
/// (docs/user-guide.md). Its frame gives it no origin, so that it can do nothing in the reader's name.
/// </summary>
internal static class SamplePane
{
    private const string Path = "/add-ins/sample";

    public static readonly AddIn AddIn = new() { Id = "6d2f4c1e-90b7-4a53-8f0e-2b7c5a1d9e34", Name = "Sample add-in", Url = Path };

    private const string Script = """
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => {
          document.getElementById("command").textContent = data.desktopCommandId || "none";
          document.getElementById("context").textContent = data.initializationContext || "none";
        };
        parent.postMessage({ type: "actionmail.ready" }, "*", [port2]);
        """;

    private const string Style = """
        :root { color-scheme: light dark; }
        body { margin: 16px; font: 14px/20px "Segoe UI", system-ui, sans-serif; overflow-wrap: anywhere; }
        h1 { margin: 0 0 8px; font-size: 16px; }
        h2 { margin: 16px 0 4px; font-size: 14px; }
        pre { margin: 0; white-space: pre-wrap; font: 13px/20px ui-monospace, monospace; }
        """;

    private const string Page = $"""
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Sample add-in</title><style>{Style}</style></head>
        <body>
        <h1>An add-in of the emulator</h1>
        <p>A card opened this pane. A real one would go on from here with what the card gave it:</p>
        <h2>Command</h2><pre id="command">waiting…</pre>
        <h2>Initialization context</h2><pre id="context">waiting…</pre>
        <script>{Script}</script>
        </body>
        </html>
        """;

    private static readonly string Policy =
        $"default-src 'none'; script-src '{HashOf(Script)}'; style-src '{HashOf(Style)}'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-scripts";

    public static void MapSamplePane(this IEndpointRouteBuilder routes) => routes.MapGet(Path, Show).RequireAuthorization();

    private static Results<ContentHttpResult, NotFound> Show(HttpContext http, AddIns addIns)
    {
        if (addIns.Find(AddIn.Id) is null)
            return TypedResults.NotFound();
        http.Response.Headers.ContentSecurityPolicy = Policy;
        return TypedResults.Content(Page, MediaTypeNames.Text.Html, Encoding.UTF8);
    }

    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
