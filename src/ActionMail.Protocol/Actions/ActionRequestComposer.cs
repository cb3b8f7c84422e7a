using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;

namespace ActionMail.Protocol.Actions;

/// <summary>
/// Input value substitution: fills an action's URL, headers and body, each value escaped for its place, in one pass over a parsed template.
/// Afterwards the URL is judged once more, as a whole. Protocol §4, security G-08 to G-12.
/// </summary>
public static class ActionRequestComposer
{
    private const string Json = "application/json";
    private static readonly SearchValues<char> FormName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.$[]%+");

    /// <summary>Fills the templates with values that <see cref="InputValidation"/> found valid.</summary>
    public static ActionRequestReading Compose(
        CardAction.Http action, ImmutableSortedDictionary<string, string> values, ProviderRegistration provider, UrlPolicy policy, ActionLimits limits)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(limits);
        string ValueOf(string id) => values.GetValueOrDefault(id, "");

        string Escaped(string id) => Uri.EscapeDataString(ValueOf(id));

        // Lengths are known before anything is made: a card that repeats a large value must not cost memory.
        if (LengthOf(action.Url, Escaped) > limits.MaxUrlLength)
            return new ActionRequestReading.TooLarge($"the URL is over {limits.MaxUrlLength} characters");
        if (action.Headers.Any(header => LengthOf(header.Value, Escaped) > limits.MaxHeaderLength))
            return new ActionRequestReading.TooLarge($"a header is over {limits.MaxHeaderLength} characters");
        var url = action.Url.Fill((_, id) => Escaped(id));
        if (DottedInput(action.Url, Escaped) is { } dotted)
            return new ActionRequestReading.ValueRefused(dotted, "The text may not be '.' or '..' here.");
        if (ProviderRules.TargetRefusal(provider, url, policy) is { } why)
            return new ActionRequestReading.TargetDenied(why);
        if (!ActionUrl.TryParse(url, policy, out var target, out var formWhy))
            return new ActionRequestReading.TargetDenied(formWhy);

        var contentType = Header(action, "Content-Type")?.ToString() ?? Json;
        switch (action.Body is { } template ? FillBody(template, contentType, ValueOf, limits.MaxBodyLength) : new BodyFilling.Filled(""))
        {
            case null:
            case BodyFilling.Filled { Text.Length: var length } when length > limits.MaxBodyLength:
                return new ActionRequestReading.TooLarge($"the request body is over {limits.MaxBodyLength} characters");
            case BodyFilling.Refused(var id, var refusal):
                return new ActionRequestReading.ValueRefused(id, refusal);
            case BodyFilling.Filled(var body):
                return new ActionRequestReading.Ready(new(
                    action.Method, target, CardHeaders(action, ValueOf), contentType, action.Body is null ? null : body, Header(action, "Authorization") is not null));
            default: throw new UnreachableException();
        }
    }

    // Security G-12.
    private static long LengthOf(Template template, Func<string, string> valueOf) => template.Pieces.Sum(piece => (long)(piece.InputId is { } id ? valueOf(id).Length : piece.Text.Length));

    // By the type of the body; null when it is too large before anything is escaped.
    private static BodyFilling? FillBody(Template template, string contentType, Func<string, string> valueOf, int maxLength)
    {
        if (LengthOf(template, valueOf) > maxLength)
            return null;
        return contentType.Split(';', 2)[0].Trim().ToLowerInvariant() switch
        {
            "application/x-www-form-urlencoded" => FormBody.Fill(template.Pieces, valueOf),
            _ when LooksLikeForm(template) => FormBody.Fill(template.Pieces, valueOf),
            Json => JsonBody.Fill(template.Pieces, valueOf),
            var type when type.EndsWith("+json", StringComparison.Ordinal) || LooksLikeJson(template) => JsonBody.Fill(template.Pieces, valueOf),
            "application/xml" or "text/xml" or "text/html" => XmlBody.Fill(template.Pieces, valueOf),
            var type when type.EndsWith("+xml", StringComparison.Ordinal) => XmlBody.Fill(template.Pieces, valueOf),
            _ => new BodyFilling.Filled(template.Fill((_, id) => valueOf(id))),
        };
    }

    // The body of MessageCard's own documentation, comment={{comment.value}}, goes out as application/json. No JSON begins so, and who reads it reads a form.
    private static bool LooksLikeForm(Template template)
    {
        var text = template.LiteralPrefix.AsSpan().TrimStart();
        var name = text[..Math.Max(text.IndexOf('='), 0)];
        return name.Length > 0 && !name.ContainsAnyExcept(FormName);
    }

    // Senders put JSON into text/plain; a value must not break out of it there either.
    private static bool LooksLikeJson(Template template) => template.LiteralPrefix.AsSpan().TrimStart() is ['{' or '[', ..];

    private static ImmutableArray<KeyValuePair<string, string>> CardHeaders(CardAction.Http action, Func<string, string> valueOf) =>
    [
        .. action.Headers
            .Where(header => !IsNamed(header, "Content-Type") && !IsNamed(header, "Authorization"))
            .Select(header => KeyValuePair.Create(header.Name, header.Value.Fill((_, id) => SubstitutionEscape.HeaderValue(valueOf(id))))),
    ];

    private static Template? Header(CardAction.Http action, string name) => action.Headers.FirstOrDefault(header => IsNamed(header, name))?.Value;

    private static bool IsNamed(HeaderTemplate header, string name) => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase);

    // A segment that is "." or ".." after substitution would be resolved away by the HTTP client, percent-encoded or not. Security G-08.
    // Values are encoded, so that only literals end a segment, and the path.
    private static string? DottedInput(Template url, Func<string, string> escaped)
    {
        var segment = new StringBuilder();
        string? inputId = null;
        foreach (var piece in url.Pieces)
        {
            if (piece.InputId is { } id)
            {
                (inputId, _) = (id, segment.Append(escaped(id)));
                continue;
            }
            var pathEnd = piece.Text.AsSpan().IndexOfAny('?', '#');
            var path = pathEnd < 0 ? piece.Text.AsSpan() : piece.Text.AsSpan(0, pathEnd);
            foreach (var part in path.Split('/'))
            {
                if (part.Start.Value > 0)
                {
                    if (inputId is not null && IsDots(segment.ToString()))
                        return inputId;
                    (inputId, _) = (null, segment.Clear());
                }
                segment.Append(path[part]);
            }
            if (pathEnd >= 0)
                break;
        }
        return inputId is not null && IsDots(segment.ToString()) ? inputId : null;
    }

    private static bool IsDots(string segment) => Uri.UnescapeDataString(segment) is "." or "..";
}
