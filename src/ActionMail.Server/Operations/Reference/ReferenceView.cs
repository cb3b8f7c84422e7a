using System.Collections.Immutable;
using System.Globalization;
using Microsoft.OpenApi;

namespace ActionMail.Server.Operations.Reference;

/// <summary>The API reference as a page shows it, made of nothing but the OpenAPI document.</summary>
internal sealed record ReferenceView(string Title, string Description, ImmutableArray<OperationGroup> Groups, ImmutableArray<SchemaView> Schemas)
{
    public static ReferenceView Of(OpenApiDocument document)
    {
        var operations = document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (Tag: operation.Value.Tags!.First().Name!, View: OperationView.Of(path.Key, operation.Key, operation.Value))));
        return new(
            document.Info.Title!, document.Info.Description!,
            [.. operations.GroupBy(operation => operation.Tag).Select(group => new OperationGroup(group.Key, [.. group.Select(operation => operation.View)]))],
            [.. document.Components!.Schemas!.Where(schema => schema.Value.Properties is { Count: > 0 }).OrderBy(schema => schema.Key, StringComparer.Ordinal).Select(schema => SchemaView.Of(schema.Key, schema.Value))]);
    }
}

/// <summary>Operations about one thing.</summary>
internal sealed record OperationGroup(string Title, ImmutableArray<OperationView> Operations)
{
    public string Anchor => "about-" + Title.ToLowerInvariant().Replace(' ', '-');
}

/// <summary>One request and its answers.</summary>
internal sealed record OperationView(
    string Id, string Method, string Path, string Summary, string Description, ImmutableArray<FieldView> Parameters, BodyView? Request, ImmutableArray<AnswerView> Answers)
{
    public static OperationView Of(string path, HttpMethod method, OpenApiOperation operation) => new(
        operation.OperationId!, method.Method, path, operation.Summary ?? "", operation.Description ?? "",
        [.. (operation.Parameters ?? []).Select(parameter => new FieldView(parameter.Name!, SchemaType.Of(parameter.Schema), parameter.Required, $"{In(parameter.In)}{Then(parameter.Description)}"))],
        operation.RequestBody?.Content is { Count: > 0 } content ? BodyView.Of(content) : null,
        [.. operation.Responses!.OrderBy(response => response.Key, StringComparer.Ordinal).Select(response => AnswerView.Of(response.Key, response.Value))]);

    private static string In(ParameterLocation? place) => place switch
    {
        ParameterLocation.Path => "in the path",
        ParameterLocation.Header => "a header",
        ParameterLocation.Cookie => "a cookie",
        _ => "in the query",
    };

    private static string Then(string? description) => string.IsNullOrEmpty(description) ? "" : $": {description}";
}

/// <summary>A name with its type and what it is.</summary>
internal sealed record FieldView(string Name, SchemaType Type, bool IsRequired, string Description);

/// <summary>A body and its media type.</summary>
internal sealed record BodyView(string MediaType, SchemaType Type)
{
    public static BodyView Of(IDictionary<string, OpenApiMediaType> content) => new(content.First().Key, SchemaType.Of(content.First().Value.Schema));
}

/// <summary>An answer; a refusal has a line for each code.</summary>
internal sealed record AnswerView(string Status, ImmutableArray<string> Lines, BodyView? Body)
{
    public bool IsRefusal => Status[0] is '4' or '5';

    public static AnswerView Of(string status, IOpenApiResponse response) => new(
        status, [.. (response.Description ?? "").Split('\n')], response.Content is { Count: > 0 } content ? BodyView.Of(content) : null);
}

/// <summary>A document's members.</summary>
internal sealed record SchemaView(string Name, string Description, ImmutableArray<FieldView> Members)
{
    public static string AnchorOf(string name) => "schema-" + name;

    public static SchemaView Of(string name, IOpenApiSchema schema) => new(name, schema.Description ?? "",
        [.. schema.Properties!.Select(member => new FieldView(member.Key, SchemaType.Of(member.Value), schema.Required?.Contains(member.Key) == true, member.Value.Description ?? ""))]);
}

/// <summary>A type in words; with the name of a document, where it has one, between two of them.</summary>
internal sealed record SchemaType(string Before, string? Document, string After)
{
    private static readonly SchemaType Anything = new("anything", null, "");

    public static SchemaType Of(IOpenApiSchema? schema) => schema switch
    {
        null => Anything,
        OpenApiSchemaReference reference => new("", reference.Reference.Id!, ""),
        { OneOf: { Count: > 0 } choices } => OrNull(choices.FirstOrDefault(choice => choice.Type != JsonSchemaType.Null), choices.Any(choice => choice.Type == JsonSchemaType.Null)),
        { Items: { } items } => Of(items) is var each ? each with { Before = $"array of {each.Before}", After = each.After + Null(schema) } : Anything,
        { AdditionalProperties: { } values } => Of(values) is var value ? value with { Before = $"by name, {value.Before}" } : Anything,
        { Enum: { Count: > 0 } words } => new(string.Join(", ", words.Select(word => word?.ToString() ?? "null")), null, ""),
        { Type: { } type } => new(WordOf(type), null, (schema.Format is { } format ? $" ({format})" : "") + Null(schema)),
        _ => Anything,
    };

    private static SchemaType OrNull(IOpenApiSchema? schema, bool isNullable) => Of(schema) is var type && isNullable ? type with { After = type.After + " or null" } : type;

    private static string Null(IOpenApiSchema schema) => schema.Type is { } type && type.HasFlag(JsonSchemaType.Null) ? " or null" : "";

    private static string WordOf(JsonSchemaType type) => (type & ~JsonSchemaType.Null) switch
    {
        JsonSchemaType.String => "string",
        // The framework lets a number come as a string of digits; whole numbers are what is meant.
        var number when number.HasFlag(JsonSchemaType.Integer) => "integer",
        var number when number.HasFlag(JsonSchemaType.Number) => "number",
        JsonSchemaType.Boolean => "boolean",
        JsonSchemaType.Array => "array",
        JsonSchemaType.Object => "object",
        var other => string.Create(CultureInfo.InvariantCulture, $"{other}").ToLowerInvariant(),
    };
}
