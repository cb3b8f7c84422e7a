using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards.MessageCards;

internal abstract record MessageActionReading
{
    private MessageActionReading() { }

    public sealed record Read(CardAction Action) : MessageActionReading;

    public sealed record Malformed(string Pointer, string Message) : MessageActionReading;
}

/// <summary>
/// Reads an action of a MessageCard. <c>HttpPOST</c> is what an <c>Action.Http</c> with POST is, except that it needs no body.
/// Protocol §4, security G-08, G-10.
/// </summary>
internal static class MessageActionReader
{
    public static MessageActionReading Read(PlacedAction placed, MessageCardParts parts, string id, string pointer)
    {
        var title = placed.Json["name"u8].ShownText;
        return placed.Json.IsOfType("HttpPOST"u8)
            ? ReadPost(placed, parts, id, pointer, title)
            : new MessageActionReading.Read(new CardAction.Local(id, pointer, title, placed.Json.TypeMember.Text ?? ""));
    }

    private static MessageActionReading ReadPost(PlacedAction placed, MessageCardParts parts, string id, string pointer, string title)
    {
        var action = placed.Json;
        if (action["target"u8].Text is not { Length: > 0 } target)
            return new MessageActionReading.Malformed(pointer + "/target", "an HttpPOST has a target");
        var url = InForm(Template.Parse(target));
        if (!HttpActionReader.OriginIsLiteral(url))
            return new MessageActionReading.Malformed(pointer + "/target", "an input value may not stand in the scheme, host or port of a URL");
        if (HttpActionReader.SplitsAnEscape(url))
            return new MessageActionReading.Malformed(pointer + "/target", "an input value may not stand in the middle of a percent escape");
        if (HttpActionReader.HeadersOf(action, out var headers) is { } fault)
            return new MessageActionReading.Malformed(pointer + "/headers", fault);
        var contentType = action["bodyContentType"u8].Text;
        if (contentType is { Length: > 0 } && CardHeaderRules.Refusal("Content-Type", contentType) is { } why)
            return new MessageActionReading.Malformed(pointer + "/bodyContentType", why);
        var body = HttpActionReader.BodyOf(action) is { } written ? InForm(written) : null;
        return new MessageActionReading.Read(new CardAction.Http(id, pointer, title, HttpVerb.Post, url, [.. TypeOfBody(contentType), .. headers.Select(Header)], body));

        Template InForm(Template template) => template.WithInputs(input => parts.KeyOf(placed.Owner, input));

        HeaderTemplate Header(HeaderTemplate header) => header with { Value = InForm(header.Value) };
    }

    // It comes before the headers, and what comes first counts. Without either the body is application/json, as the documentation says.
    private static ImmutableArray<HeaderTemplate> TypeOfBody(string? contentType) =>
        contentType is { Length: > 0 } ? [new("Content-Type", Template.Parse(contentType))] : [];
}
