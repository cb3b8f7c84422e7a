using System.Collections.Immutable;
using System.Text.Json;

namespace ActionMail.Protocol.Cards;

internal abstract record HttpActionReading
{
    private HttpActionReading() { }

    public sealed record Read(CardAction.Http Action) : HttpActionReading;

    public sealed record Malformed(string Pointer, string Message) : HttpActionReading;
}

/// <summary>Reads an <c>Action.Http</c>: what would be called, checked as far as the card alone can say. Protocol §4, security G-08, G-10.</summary>
internal static class HttpActionReader
{
    private const int MaxHeaders = 20;

    public static HttpActionReading Read(JsonElement element, string pointer, string id, string title)
    {
        HttpVerb method;
        switch (element.TextMember("method")?.ToUpperInvariant())
        {
            case "GET": method = HttpVerb.Get; break;
            case "POST": method = HttpVerb.Post; break;
            default: return new HttpActionReading.Malformed(pointer + "/method", "the method of an Action.Http is GET or POST");
        }
        if (pointer == "/autoInvokeAction" && method != HttpVerb.Post)
            return new HttpActionReading.Malformed(pointer + "/method", "an autoInvokeAction has the method POST");
        if (element.TextMember("url") is not { Length: > 0 } url)
            return new HttpActionReading.Malformed(pointer + "/url", "an Action.Http has a url");
        var template = Template.Parse(url);
        if (!OriginIsLiteral(template))
            return new HttpActionReading.Malformed(pointer + "/url", "an input value may not stand in the scheme, host or port of a URL");
        var body = BodyOf(element);
        if (method == HttpVerb.Post && body is null)
            return new HttpActionReading.Malformed(pointer + "/body", "an Action.Http with the method POST has a body");
        if (HeadersOf(element, out var headers) is { } fault)
            return new HttpActionReading.Malformed(pointer + "/headers", fault);
        return new HttpActionReading.Read(new(id, pointer, title, method, template, headers, method == HttpVerb.Post ? body : null));
    }

    // The authority must have ended before the first value may begin.
    private static bool OriginIsLiteral(Template url)
    {
        if (url.IsLiteral)
            return true;
        var prefix = url.LiteralPrefix;
        var authority = prefix.IndexOf("://", StringComparison.Ordinal);
        return authority > 0 && prefix.AsSpan(authority + 3).IndexOfAny('/', '?', '#') >= 0;
    }

    // Senders write the body as a string, and some as JSON itself.
    private static Template? BodyOf(JsonElement element) =>
        !element.TryGetProperty("body", out var body) ? null : body.ValueKind switch
        {
            JsonValueKind.String => Template.Parse(body.GetString()!),
            JsonValueKind.Object or JsonValueKind.Array => Template.Parse(body.GetRawText()),
            _ => null,
        };

    private static string? HeadersOf(JsonElement element, out ImmutableArray<HeaderTemplate> headers)
    {
        headers = [];
        if (!element.TryGetProperty("headers", out var list) || list.ValueKind == JsonValueKind.Null)
            return null;
        if (list.ValueKind != JsonValueKind.Array)
            return "headers is an array of {name, value}";
        if (list.GetArrayLength() > MaxHeaders)
            return $"an action has at most {MaxHeaders} headers";
        var found = ImmutableArray.CreateBuilder<HeaderTemplate>();
        foreach (var header in list.EnumerateArray())
        {
            if (header.TextMember("name") is not { } name || header.TextMember("value") is not { } value)
                return "each header has a name and a value";
            if (CardHeaderRules.Refusal(name, value) is { } why)
                return why;
            found.Add(new(name, Template.Parse(value)));
        }
        headers = found.ToImmutable();
        return null;
    }
}
