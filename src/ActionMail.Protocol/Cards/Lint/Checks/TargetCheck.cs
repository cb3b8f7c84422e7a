using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Providers;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>What a click calls: the URL, the headers and the body of an Action.Http or HttpPOST. Protocol §4, §5, §6.</summary>
internal sealed class TargetCheck(TargetRules rules, InputUse inputs, Findings findings)
{
    private const int MaxHeaders = 20;

    public void Url(JsonNode action, JsonNode url)
    {
        if (url.Text is not { Length: > 0 } text)
        {
            findings.Add(rules.UrlMissing, url.Exists ? url : action, $"the {rules.UrlMember} is {(url.IsString ? "empty" : "missing")}");
            return;
        }
        var template = Template.Parse(text);
        inputs.Names(template, url);
        if (UrlSecrets.NameIn(text) is { } name)
            findings.Add(rules.Secret, url, $"the query has a literal {name}");
        if (FaultOf(template, text) is var (rule, message))
            findings.Add(rule, url, message);
    }

    public void Headers(JsonNode headers)
    {
        if (headers.Kind is System.Text.Json.JsonValueKind.Undefined or System.Text.Json.JsonValueKind.Null)
            return;
        if (!headers.IsArray || headers.Count > MaxHeaders)
        {
            findings.Add(rules.HeaderForm, headers, headers.IsArray ? $"there are {headers.Count} headers; at most {MaxHeaders} are sent" : "headers is no array");
            return;
        }
        foreach (var header in headers.Items)
            Header(header);
    }

    /// <summary>A body that is a text, or JSON as some senders write it; <paramref name="contentType"/> is null where the card does not say it.</summary>
    public void Body(JsonNode body, string? contentType)
    {
        var text = body.Text ?? (body.IsObject || body.IsArray ? body.RawText : null);
        if (text is null)
            return;
        var template = Template.Parse(text);
        inputs.Names(template, body);
        if (FaultOf(template, text.AsSpan().TrimStart(), contentType?.Split(';', 2)[0].Trim()) is var (rule, message))
            findings.Add(rule, body, message);
    }

    public static string? ContentType(JsonNode headers)
    {
        foreach (var header in headers.Items)
        {
            if (header["name"u8].SaysAnyCase("Content-Type"u8))
                return header["value"u8].Text;
        }
        return null;
    }

    private (LintRule, string)? FaultOf(Template template, string text)
    {
        var isHttp = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
        if (!isHttp && !text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            return template.IsLiteral || template.LiteralPrefix.Contains("://", StringComparison.Ordinal)
                ? (rules.UrlForm, $"{Findings.Quoted(text)} does not begin with https://")
                : (rules.OriginNotLiteral, "an input value stands where scheme and host belong");
        var rest = text.AsSpan(isHttp ? 7 : 8);
        var end = rest.IndexOfAny('/', '?', '#');
        var authority = end < 0 ? rest : rest[..end];
        if (authority.Contains("{{", StringComparison.Ordinal) && !template.IsLiteral)
            return (rules.OriginNotLiteral, "an input value stands in the host or port");
        if (authority.Contains('@'))
            return (rules.UserInfo, "there is an @ before the host's name ends");
        if (authority.Equals("localhost", StringComparison.OrdinalIgnoreCase) || authority.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase))
            return (rules.OwnMachine, $"{(isHttp ? "http" : "https")}://localhost is the machine of whoever runs the platform");
        if (isHttp)
            return (rules.NotHttps, "the scheme is http");
        return ActionUrl.TryParse(template.Fill((_, _) => "x"), UrlPolicy.HttpsOnly, out _, out var why) ? null : (rules.UrlForm, why);
    }

    private void Header(JsonNode header)
    {
        if (header["name"u8].Text is not { } name || header["value"u8].Text is not { } value)
        {
            findings.Add(rules.HeaderForm, header, "a header has a name and a value, both texts");
            return;
        }
        inputs.Names(Template.Parse(value), header["value"u8]);
        if (CardHeaderRules.Refusal(name, value) is { } why)
            findings.Add(rules.HeaderForbidden, header["name"u8], why);
    }

    // A card that does not say the type may send JSON or a form.
    private (LintRule, string)? FaultOf(Template body, ReadOnlySpan<char> text, string? mediaType)
    {
        var looksLikeJson = text is ['{' or '[', ..] && !text.StartsWith("{{", StringComparison.Ordinal);
        if (mediaType is null)
            return looksLikeJson ? FaultOfJson(body) : null;
        if (mediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return looksLikeJson ? (rules.ContentTypeBody, "the body looks like JSON, and the content type says form") : null;
        if (mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
            return LooksLikeForm(text) ? (rules.ContentTypeBody, "the body looks like a form, and the content type says JSON") : looksLikeJson ? FaultOfJson(body) : null;
        return body.IsLiteral || looksLikeJson ? null : (rules.ValueUnescaped, $"the content type is {Findings.Quoted(mediaType)}");
    }

    private (LintRule, string)? FaultOfJson(Template body) =>
        JsonBody.CanBeJson(body.Pieces) ? null : (rules.ContentTypeBody, "the body looks like JSON, and a strict parser refuses it");

    // name=value, where JSON would begin with a bracket, a quotation mark, a digit or a word of its own.
    private static bool LooksLikeForm(ReadOnlySpan<char> text)
    {
        var equals = text.IndexOf('=');
        return equals > 0 && char.IsAsciiLetter(text[0]) && text[..equals].IndexOfAny("\"{}[]: \t\r\n") < 0;
    }
}
