using System.Text.Json;

namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>Writes one action as the one of Adaptive Cards that does the same.</summary>
internal sealed class ActionConversion(ConversionOutput output)
{
    private const string OnlyLinksAndPosts = "in an ActionCard only OpenUri and HttpPOST are shown";

    public void Write(JsonNode action)
    {
        if (action.IsOfType("ActionCard"u8))
            WriteForm(action);
        else if (action.IsOfType("InvokeAddInCommand"u8))
            WriteAddIn(action);
        else
            WritePlain(action, "the action is of a type that is not known");
    }

    /// <summary>The actions of an <c>ActionCard</c>, which do not nest.</summary>
    public void WriteFormActions(JsonNode form)
    {
        foreach (var action in form["actions"u8].Parts)
            WritePlain(action, OnlyLinksAndPosts);
    }

    private void WritePlain(JsonNode action, string whyNot)
    {
        if (action.IsOfType("HttpPOST"u8))
            WritePost(action);
        else if (IsLink(action))
            WriteLink(action, AddressOf(action));
        else
            output.Lose(action, whyNot);
    }

    /// <summary>Whether the action is opened by the client alone.</summary>
    public static bool IsLink(JsonNode action) => action.IsOfType("OpenUri"u8) || action.IsOfType("ViewAction"u8);

    /// <summary>The address that a link opens in a browser, or null. The documentation's "default" opens there; "windows" is what is nearest to it.</summary>
    public static string? AddressOf(JsonNode link) => link.IsOfType("ViewAction"u8)
        ? FirstText(link["target"u8])
        : AddressFor(link["targets"u8], "default"u8) ?? AddressFor(link["targets"u8], "windows"u8);

    private void Begin(string type, JsonNode action)
    {
        output.Begin(type);
        output.Json.WriteString("title"u8, action["name"u8].ShownText);
        output.Flag("isPrimary", action["isPrimary"u8].IsTrue);
    }

    private void WriteForm(JsonNode form)
    {
        Begin("Action.ShowCard", form);
        output.Json.WriteStartObject("card"u8);
        output.Json.WriteString("type"u8, "AdaptiveCard"u8);
        if (!output.IsForDisplay)
            output.Json.WriteString("version"u8, output.Version);
        output.Json.WriteStartArray("body"u8);
        InputConversion.WriteAll(output, form["inputs"u8]);
        output.Json.WriteEndArray();
        output.Json.WriteStartArray("actions"u8);
        WriteFormActions(form);
        output.Json.WriteEndArray();
        output.Json.WriteEndObject();
        output.Json.WriteEndObject();
    }

    private void WritePost(JsonNode action)
    {
        var post = output.PostAt(action);
        Begin("Action.Http", action);
        if (output.IsForDisplay)
            WriteReference(post);
        else
            WriteCall(post);
        output.Json.WriteEndObject();
    }

    private void WriteReference(CardAction.Http post)
    {
        output.Json.WriteString("actionId"u8, post.Id);
        output.Json.WriteStartArray("inputIds"u8);
        foreach (var id in post.InputIds.Distinct(StringComparer.OrdinalIgnoreCase))
            output.Json.WriteStringValue(id);
        output.Json.WriteEndArray();
    }

    // Action.Http needs a body for POST; HttpPOST does without.
    private void WriteCall(CardAction.Http post)
    {
        output.Json.WriteString("method"u8, "POST"u8);
        output.Json.WriteString("url"u8, post.Url.ToString());
        if (!post.Headers.IsEmpty)
            WriteHeaders(post);
        output.Json.WriteString("body"u8, post.Body?.ToString() ?? "");
    }

    private void WriteHeaders(CardAction.Http post)
    {
        output.Json.WriteStartArray("headers"u8);
        foreach (var header in post.Headers.DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase))
        {
            output.Json.WriteStartObject();
            output.Json.WriteString("name"u8, header.Name);
            output.Json.WriteString("value"u8, header.Value.ToString());
            output.Json.WriteEndObject();
        }
        output.Json.WriteEndArray();
    }

    private void WriteLink(JsonNode action, string? address)
    {
        if (address is null)
            output.Lose(action, "the link has no address for a web browser");
        else if (output.IsForDisplay && !Template.Parse(address).IsLiteral)
            output.Lose(action, "the link names an input, whose value is given to services and not to pages");
        else
            WriteOpenUrl(action, address);
    }

    private void WriteOpenUrl(JsonNode action, string address)
    {
        Begin("Action.OpenUrl", action);
        output.Json.WriteString("url"u8, address);
        output.Json.WriteEndObject();
        if (output.IsForDisplay)
            return;
        foreach (var target in action["targets"u8].Parts)
        {
            if (target["uri"u8].Text is { } other && other != address)
                output.Lose(target, "an Adaptive Card opens one address on every system");
        }
    }

    private static string? AddressFor(JsonNode targets, ReadOnlySpan<byte> system)
    {
        foreach (var target in targets.Parts)
        {
            if (target["os"u8].SaysAnyCase(system) && target["uri"u8].Text is { Length: > 0 } uri)
                return uri;
        }
        return null;
    }

    // schema.org's ViewAction, which came before OpenUri, has its address in a list or alone.
    private static string? FirstText(JsonNode target)
    {
        if (target.IsString)
            return target.Text;
        foreach (var item in target.Items)
        {
            if (item.Text is { Length: > 0 } address)
                return address;
        }
        return null;
    }

    private void WriteAddIn(JsonNode action)
    {
        Begin("Action.InvokeAddInCommand", action);
        output.Text("addInId", action["addInId"u8].ShownText);
        output.Text("desktopCommandId", action["desktopCommandId"u8].ShownText);
        if (action["initializationContext"u8] is { Kind: not JsonValueKind.Undefined } context)
        {
            output.Json.WritePropertyName("initializationContext"u8);
            context.WriteTo(output.Json);
        }
        output.Json.WriteEndObject();
    }
}
