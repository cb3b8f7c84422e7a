using System.Text.Json.Nodes;

namespace ActionMail.Server.Providers.Platform;

/// <summary>
/// The few parts that the platform's own cards are made of. Whatever a person wrote stands in text runs, which no client reads as Markdown: a name cannot become a link.
/// Security J-08.
/// </summary>
internal static class CardParts
{
    private const int LongestText = 4_000;
    private const int MostLines = 60;

    public static JsonObject Card(IEnumerable<JsonNode> body, IEnumerable<JsonNode> actions) => new()
    {
        ["type"] = "AdaptiveCard",
        ["version"] = "1.4",
        ["hideOriginalBody"] = true,
        ["body"] = new JsonArray([.. body]),
        ["actions"] = new JsonArray([.. actions]),
    };

    public static JsonObject Heading(string text) => Line(Run(text, ("size", "Large"), ("weight", "Bolder")));

    public static JsonObject Label(string text) => Line(Run(text, ("weight", "Bolder")));

    public static JsonObject Quiet(string text) => Line(Run(text, ("isSubtle", true)));

    /// <summary>A sentence in a colour: Good, Warning, Attention.</summary>
    public static JsonObject Toned(string text, string colour) => Line(Run(text, ("color", colour), ("weight", "Bolder")));

    /// <summary>Text of any length as people wrote it, line by line; what is more than a card should hold is on the page.</summary>
    public static IEnumerable<JsonObject> Prose(string text)
    {
        var lines = (text.Length <= LongestText ? text : text[..LongestText]).ReplaceLineEndings("\n").Split('\n').Where(line => line.Trim().Length > 0).ToList();
        foreach (var line in lines.Take(MostLines))
            yield return Close(Line(Run(line)));
        if (text.Length > LongestText || lines.Count > MostLines)
            yield return Quiet("… the rest is on the page.");
    }

    /// <summary>A label with values below it.</summary>
    public static JsonObject Field(string label, IEnumerable<string> values) => Container([Quiet(label), .. values.SelectMany(Prose)]);

    /// <summary>A value that gives way to another.</summary>
    public static JsonObject Change(string label, string? before, string? after) => Container(
    [
        Quiet(label),
        .. before is null ? [] : new[] { Close(Line(Run($"− {Shortened(before)}", ("strikethrough", true), ("color", "Attention")))) },
        .. after is null ? [] : new[] { Close(Line(Run($"+ {Shortened(after)}", ("color", "Good")))) },
    ]);

    public static JsonObject Container(IEnumerable<JsonNode> items, string style = "default", bool separated = false) => new()
    {
        ["type"] = "Container",
        ["style"] = style,
        ["separator"] = separated,
        ["spacing"] = "Medium",
        ["items"] = new JsonArray([.. items]),
    };

    public static JsonObject Text(string id, string label, string error, int longest, bool isMultiline) => new()
    {
        ["type"] = "Input.Text",
        ["id"] = id,
        ["label"] = label,
        ["isRequired"] = true,
        ["errorMessage"] = error,
        ["maxLength"] = longest,
        ["isMultiline"] = isMultiline,
    };

    public static JsonObject Open(string title, string url) => new() { ["type"] = "Action.OpenUrl", ["title"] = title, ["url"] = url };

    public static JsonObject Show(string title, IEnumerable<JsonNode> body, JsonNode action) => new()
    {
        ["type"] = "Action.ShowCard",
        ["title"] = title,
        ["card"] = new JsonObject { ["type"] = "AdaptiveCard", ["body"] = new JsonArray([.. body]), ["actions"] = new JsonArray(action) },
    };

    /// <summary>An action of the platform: a call that never leaves the house (<see cref="PlatformService"/>).</summary>
    public static JsonObject Call(string title, string url, string body) => new()
    {
        ["type"] = "Action.Http",
        ["title"] = title,
        ["method"] = "POST",
        ["url"] = url,
        ["body"] = body,
        ["headers"] = new JsonArray(new JsonObject { ["name"] = "Content-Type", ["value"] = "application/json" }),
    };

    private static JsonObject Line(JsonObject run) => new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };

    private static JsonObject Close(JsonObject element)
    {
        element["spacing"] = "Small";
        return element;
    }

    private static JsonObject Run(string text, params (string Name, JsonNode Value)[] looks)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = text };
        foreach (var (name, value) in looks)
            run[name] = value;
        return run;
    }

    private static string Shortened(string text) => text.Length <= 500 ? text : text[..500] + "…";
}
