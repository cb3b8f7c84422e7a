using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Makes a <see cref="TemplateNode"/> of JSON. It goes as deep as the JSON, which was bounded when it was read.</summary>
internal sealed class TemplateReader
{
    // Names that are the language's own and never reach the card.
    private static readonly string[] Reserved = ["$data", "$when", "$root", "$index", "$host", "$_acTemplateVersion"];

    private readonly TemplateLimits _limits;
    private TemplateExpansion.Failed? _failure;

    private TemplateReader(TemplateLimits limits) => _limits = limits;

    public static TemplateExpansion.Failed? Read(JsonNode json, TemplateLimits limits, out TemplateNode root)
    {
        var reader = new TemplateReader(limits);
        root = reader.Node(json);
        return reader._failure;
    }

    private TemplateNode Node(JsonNode json) => json.Kind switch
    {
        JsonValueKind.Object => Members(json),
        JsonValueKind.Array => new TemplateNode.Items(json, Inner(json)),
        JsonValueKind.String when Text(json) is { } text => new TemplateNode.Text(json, text),
        _ => new TemplateNode.Literal(json),
    };

    private TemplateNode.Members Members(JsonNode json) => new(json, Data(json["$data"u8]), When(json["$when"u8]), Inner(json));

    private ImmutableArray<TemplateNode> Inner(JsonNode json)
    {
        var inner = ImmutableArray.CreateBuilder<TemplateNode>();
        foreach (var child in json.Inner)
        {
            if (!child.IsMember || !Reserved.Contains(child.Name, StringComparer.Ordinal))
                inner.Add(Node(child));
        }
        return inner.ToImmutable();
    }

    private TemplateData? Data(JsonNode json) => json.Exists ? new(json, Text(json), TemplateValue.From(json)) : null;

    private TemplateCondition? When(JsonNode json) => json.Exists ? new(json, Text(json), json.Kind is not (JsonValueKind.False or JsonValueKind.String)) : null;

    private TemplateText? Text(JsonNode json)
    {
        // Most texts have no expression and are never decoded.
        if (!json.IsString || (json.IsPlain && json.Bytes.IndexOf("${"u8) < 0))
            return null;
        switch (TemplateText.Read(json.Text!, _limits.MaxExpressionDepth))
        {
            case TemplateTextReading.Plain: return null;
            case TemplateTextReading.Read(var text): return text;
            case TemplateTextReading.Unreadable(var expression, var column, var why):
                _failure ??= new(json.Pointer, $"the expression ${{{expression}}} cannot be read: {why} at character {column}", "Mend the expression; docs/templating.md has the language.");
                return null;
            default: throw new UnreachableException();
        }
    }
}
