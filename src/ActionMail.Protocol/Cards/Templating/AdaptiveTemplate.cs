using System.Collections.Immutable;
using System.Text;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>
/// A card with places for data, in Microsoft's Adaptive Card Templating language: <c>${…}</c>, <c>$data</c>, <c>$when</c>. Read once,
/// expanded with any data. What it can say is written in docs/templating.md. Not to be confused with <see cref="Cards.Template"/>, the
/// places for what the actor typed.
/// </summary>
public sealed class AdaptiveTemplate
{
    private readonly TemplateNode _root;
    private readonly TemplateLimits _limits;

    private AdaptiveTemplate(TemplateNode root, TemplateLimits limits) => (_root, _limits) = (root, limits);

    /// <summary>The functions and operators that an expression may use, by name.</summary>
    public static ImmutableSortedSet<string> Functions { get; } = TemplateFunctions.Names.ToImmutableSortedSet(StringComparer.Ordinal);

    /// <summary>Reads a template's text, see <see cref="Read(ReadOnlyMemory{byte}, TemplateLimits)"/>.</summary>
    public static TemplateReading Read(string text, TemplateLimits limits)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(Encoding.UTF8.GetBytes(text), limits);
    }

    /// <summary>Reads a template's UTF-8 text, which must not change afterwards. Refused: what is no strict JSON, is too large, or has an expression that cannot be read.</summary>
    public static TemplateReading Read(ReadOnlyMemory<byte> utf8, TemplateLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (utf8.Length > limits.MaxInputBytes)
            return new TemplateReading.Refused(TooLarge("template", utf8.Length, limits));
        return JsonText.Read(utf8, limits.MaxJsonDepth) switch
        {
            JsonTextReading.Refused refused => new TemplateReading.Refused(NotJson("template", refused)),
            JsonTextReading.Read(var text) => TemplateReader.Read(text.Root, limits, out var root) is { } failure
                ? new TemplateReading.Refused(failure)
                : new TemplateReading.Read(new(root, limits)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Expands the template with data, see <see cref="Expand(ReadOnlyMemory{byte}, ReadOnlyMemory{byte}, DateTimeOffset)"/>.</summary>
    public TemplateExpansion Expand(string data, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Expand(Encoding.UTF8.GetBytes(data), default, now);
    }

    /// <summary>
    /// Expands the template. <paramref name="data"/> is JSON, which the template calls <c>$root</c>; empty for a template that brings its own.
    /// <paramref name="host"/> is JSON that it calls <c>$host</c>, or empty. <paramref name="now"/> is what <c>utcNow()</c> says.
    /// Time is linear in what is read and written.
    /// </summary>
    public TemplateExpansion Expand(ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> host, DateTimeOffset now)
    {
        if (ReadValue("data", data, out var root) is { } badData)
            return badData;
        if (ReadValue("host data", host, out var hostValue) is { } badHost)
            return badHost;
        return new TemplateExpander(_limits, now).Expand(_root, root, hostValue);
    }

    private TemplateExpansion.Failed? ReadValue(string what, ReadOnlyMemory<byte> utf8, out TemplateValue value)
    {
        value = TemplateValue.Missing;
        if (utf8.IsEmpty)
            return null;
        if (utf8.Length > _limits.MaxInputBytes)
            return TooLarge(what, utf8.Length, _limits);
        switch (JsonText.Read(utf8, _limits.MaxJsonDepth))
        {
            case JsonTextReading.Read(var text):
                value = TemplateValue.From(text.Root);
                return null;
            case JsonTextReading.Refused refused:
                return NotJson(what, refused);
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    private static TemplateExpansion.Failed NotJson(string what, JsonTextReading.Refused refused) =>
        new(refused.Pointer, $"the {what} is {refused.Message}, at line {refused.Position.Line}, column {refused.Position.Column}", $"Mend the JSON of the {what} there.");

    private static TemplateExpansion.Failed TooLarge(string what, int bytes, TemplateLimits limits) =>
        new("", $"the {what} has {bytes} bytes; the limit is {limits.MaxInputBytes}", "Leave out what the card does not show.");
}
