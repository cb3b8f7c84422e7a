using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>A template's JSON, its expressions read. <see cref="Source"/> knows the place.</summary>
internal abstract record TemplateNode(JsonNode Source)
{
    /// <summary>A number, true, false, null, or a text without an expression.</summary>
    public sealed record Literal(JsonNode Source) : TemplateNode(Source);

    /// <summary>A text with expressions in it.</summary>
    public sealed record Text(JsonNode Source, TemplateText Content) : TemplateNode(Source);

    /// <summary>An array.</summary>
    public sealed record Items(JsonNode Source, ImmutableArray<TemplateNode> Inner) : TemplateNode(Source);

    /// <summary>An object: repeated for each item of <paramref name="Data"/>, left out where <paramref name="When"/> does not hold.</summary>
    public sealed record Members(JsonNode Source, TemplateData? Data, TemplateCondition? When, ImmutableArray<TemplateNode> Inner) : TemplateNode(Source);
}

/// <summary>An object's <c>$data</c>: an expression, or data written there, which are taken as they are.</summary>
internal sealed record TemplateData(JsonNode Source, TemplateText? Binding, TemplateValue Inline);

/// <summary>An object's <c>$when</c>: an expression, or true or false. Any other text holds never.</summary>
internal sealed record TemplateCondition(JsonNode Source, TemplateText? Binding, bool Holds);
