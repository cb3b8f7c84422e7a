using System.Collections.Immutable;
using System.Text.Json;
using ActionMail.Protocol.Actions;

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

    public static HttpActionReading Read(JsonNode action, string pointer, string id, string title)
    {
        HttpVerb method;
        switch (action["method"u8].Text?.ToUpperInvariant())
        {
            case "GET": method = HttpVerb.Get; break;
            case "POST": method = HttpVerb.Post; break;
            default: return new HttpActionReading.Malformed(pointer + "/method", "the method of an Action.Http is GET or POST");
        }
        if (pointer == "/autoInvokeAction" && method != HttpVerb.Post)
            return new HttpActionReading.Malformed(pointer + "/method", "an autoInvokeAction has the method POST");
        if (action["url"u8].Text is not { Length: > 0 } url)
            return new HttpActionReading.Malformed(pointer + "/url", "an Action.Http has a url");
        var template = Template.Parse(url);
        if (!OriginIsLiteral(template))
            return new HttpActionReading.Malformed(pointer + "/url", "an input value may not stand in the scheme, host or port of a URL");
        if (SplitsAnEscape(template))
            return new HttpActionReading.Malformed(pointer + "/url", "an input value may not stand in the middle of a percent escape");
        var body = BodyOf(action);
        if (method == HttpVerb.Post && body is null)
            return new HttpActionReading.Malformed(pointer + "/body", "an Action.Http with the method POST has a body");
        if (HeadersOf(action, out var headers) is { } fault)
            return new HttpActionReading.Malformed(pointer + "/headers", fault);
        return new HttpActionReading.Read(new(id, pointer, title, method, template, headers, method == HttpVerb.Post ? body : null));
    }

    // The authority must have ended before the first value may begin.
    public static bool OriginIsLiteral(Template url)
    {
        if (url.IsLiteral)
            return true;
        var prefix = url.LiteralPrefix;
        var authority = prefix.IndexOf("://", StringComparison.Ordinal);
        return authority > 0 && prefix.AsSpan(authority + 3).IndexOfAny('/', '?', '#') >= 0;
    }

    // "%{{a.value}}" would let a value choose what it is decoded to. Security G-08.
    public static bool SplitsAnEscape(Template url) =>
        url.Pieces.Zip(url.Pieces.Skip(1)).Any(pair => pair.Second.InputId is not null && SubstitutionEscape.EndsInPercentEscape(pair.First));

    // Senders write the body as a string, and some as JSON itself.
    public static Template? BodyOf(JsonNode action)
    {
        var body = action["body"u8];
        return body.Text is { } text ? Template.Parse(text) : body.IsObject || body.IsArray ? Template.Parse(body.RawText) : null;
    }

    public static string? HeadersOf(JsonNode action, out ImmutableArray<HeaderTemplate> headers)
    {
        headers = [];
        var list = action["headers"u8];
        if (list.Kind is JsonValueKind.Undefined or JsonValueKind.Null)
            return null;
        if (!list.IsArray)
            return "headers is an array of {name, value}";
        if (list.Count > MaxHeaders)
            return $"an action has at most {MaxHeaders} headers";
        var found = ImmutableArray.CreateBuilder<HeaderTemplate>();
        foreach (var header in list.Items)
        {
            if (header["name"u8].Text is not { } name || header["value"u8].Text is not { } value)
                return "each header has a name and a value";
            if (CardHeaderRules.Refusal(name, value) is { } why)
                return why;
            found.Add(new(name, Template.Parse(value)));
        }
        headers = found.ToImmutable();
        return null;
    }
}
