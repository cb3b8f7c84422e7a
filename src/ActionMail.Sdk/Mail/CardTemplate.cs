using System.Diagnostics;
using System.Text.Json;
using ActionMail.Protocol.Cards.Templating;

namespace ActionMail.Sdk;

/// <summary>
/// A card with places for data, in Microsoft's Adaptive Card Templating language. Parse it once, expand it for each mail; it is safe to use from
/// many threads. docs/templating.md has the language.
/// </summary>
public sealed class CardTemplate
{
    private readonly AdaptiveTemplate _template;

    private CardTemplate(AdaptiveTemplate template) => _template = template;

    /// <summary>Parses a template.</summary>
    /// <exception cref="ArgumentException">No data could make a card of it; the message has the place and what to do.</exception>
    public static CardTemplate Parse(string json) => AdaptiveTemplate.Read(json, TemplateLimits.Default) switch
    {
        TemplateReading.Read(var template) => new(template),
        TemplateReading.Refused({ Pointer: var pointer, Message: var message, Remedy: var remedy }) =>
            throw new ArgumentException($"The template cannot be read: {(pointer.Length == 0 ? "" : $"{pointer}: ")}{message}. {remedy}"),
        _ => throw new UnreachableException(),
    };

    /// <summary>Expands the template with data that are JSON: <see cref="TemplateExpansion.Expanded"/> has the card, <see cref="TemplateExpansion.Failed"/> says why there is none.</summary>
    public TemplateExpansion Expand(string dataJson, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return _template.Expand(dataJson, time.GetUtcNow());
    }

    /// <summary>Expands the template with an object, serialized with <paramref name="options"/>; by default its members keep their names, whose letter case does not matter to a template.</summary>
    public TemplateExpansion Expand<T>(T data, TimeProvider time, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        return _template.Expand(JsonSerializer.SerializeToUtf8Bytes(data, options), default, time.GetUtcNow());
    }
}
