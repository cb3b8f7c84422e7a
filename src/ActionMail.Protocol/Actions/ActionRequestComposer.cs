using System.Buffers;
using System.Collections.Immutable;
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
        if (DotSegment(action.Url, Escaped) is { } dotted)
            return new ActionRequestReading.ValueRefused(dotted, "The text may not be '.' or '..' here.");
        if (ProviderRules.TargetRefusal(provider, url, policy) is { } why)
            return new ActionRequestReading.TargetDenied(why);
        if (!ActionUrl.TryParse(url, policy, out var target, out var formWhy))
            return new ActionRequestReading.TargetDenied(formWhy);

        var contentType = Header(action, "Content-Type")?.Fill((_, id) => SubstitutionEscape.HeaderValue(ValueOf(id))) ?? Json;
        var body = action.Body is { } template ? Fill(template, contentType, ValueOf, limits.MaxBodyLength) : null;
        if ((body is null && action.Body is not null) || body?.Length > limits.MaxBodyLength)
            return new ActionRequestReading.TooLarge($"the request body is over {limits.MaxBodyLength} characters");
        return new ActionRequestReading.Ready(new(
            action.Method, target, CardHeaders(action, ValueOf), contentType, body, Header(action, "Authorization") is not null));
    }

    // Security G-12.
    private static long LengthOf(Template template, Func<string, string> valueOf) => template.Pieces.Sum(piece => (long)(piece.InputId is { } id ? valueOf(id).Length : piece.Text.Length));

    private static string? Fill(Template template, string contentType, Func<string, string> valueOf, int maxLength)
    {
        if (LengthOf(template, valueOf) > maxLength)
            return null;
        var mediaType = contentType.Split(';', 2)[0].Trim();
        if (mediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) || LooksLikeForm(template))
            return template.Fill((_, id) => SubstitutionEscape.FormValue(valueOf(id)));
        return mediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase) || LooksLikeJson(template)
            ? JsonBody.Fill(template, valueOf)
            : template.Fill((_, id) => valueOf(id));
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
    private static string? DotSegment(Template url, Func<string, string> valueOf)
    {
        foreach (var id in url.InputIds.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            const char mark = '\uE000';
            var marked = url.Fill((_, other) => string.Equals(other, id, StringComparison.OrdinalIgnoreCase) ? mark + valueOf(other) + mark : valueOf(other));
            var path = marked.Split('?', '#')[0];
            if (path.Split('/').Any(segment => segment.Contains(mark, StringComparison.Ordinal) && IsDots(segment.Replace(mark.ToString(), "", StringComparison.Ordinal))))
                return id;
        }
        return null;
    }

    private static bool IsDots(string segment) => Uri.UnescapeDataString(segment) is "." or "..";
}
