using System.Globalization;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace ActionMail.Server.Operations.Reference;

/// <summary>
/// The HTTP API as an OpenAPI document, version 3.1, made from the routes themselves: what they read and answer is found by the framework, what they are for and why they
/// refuse stands beside each (<see cref="ApiDescriptions"/>), and what holds for all of them is added here.
/// </summary>
internal static class ApiDocument
{
    public const string Name = "v1";
    public const string Path = "/openapi/v1.json";

    private const string ProblemSchema = "Problem";
    private const string SessionScheme = "session";
    private const string TokenScheme = "accessToken";
    private const string OperatorScheme = "operatorToken";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddSingleton<ApiReference>().AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = IsApi;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(CompleteAsync);
    });

    public static void MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, async (ApiReference reference) => TypedResults.Bytes(await reference.JsonAsync(), "application/json"));

    private static bool IsApi(ApiDescription route) => route.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        var server = context.ApplicationServices.GetRequiredService<IOptions<ServerOptions>>().Value;
        document.Info = new()
        {
            Title = "ActionMail HTTP API",
            Version = "1",
            Description = "JSON with camelCase names, times as ISO 8601 in UTC. Errors are problem documents (RFC 9457) with a `code`; a member that is not described is refused. "
                + "What belongs to somebody else is answered as what does not exist.",
        };
        document.Servers = [new() { Url = server.Platform }];
        document.Components ??= new();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[ProblemSchema] = Problem();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [SessionScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = server.PublicUrl.Scheme == Uri.UriSchemeHttps ? "__Host-actionmail" : "actionmail",
                Description = "The session of a browser. What changes anything also carries the page's request token in the header RequestVerificationToken.",
            },
            [TokenScheme] = Bearer("An access token (amt_…) from the device sign-in (RFC 8628), as `actionmail login` does it. It needs no request token."),
            [OperatorScheme] = Bearer("The content of operator.token in the platform's data folder."),
        };
        var operations = document.Paths.SelectMany(path => path.Value.Operations!.Values);
        document.Tags = operations.SelectMany(operation => operation.Tags!).Select(tag => tag.Name!).Distinct(StringComparer.Ordinal).Select(name => new OpenApiTag { Name = name }).ToHashSet();
        return Task.CompletedTask;
    }

    // The order: what the route itself says, then what its kind brings with it.
    private static Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var route = context.Description;
        var metadata = route.ActionDescriptor.EndpointMetadata;
        operation.OperationId = IdOf(route);
        operation.Responses ??= [];
        foreach (var answer in metadata.OfType<RouteAnswer>())
            operation.Responses[CodeOf(answer.Status)] = new OpenApiResponse { Description = answer.Description };
        foreach (var header in metadata.OfType<RouteHeader>())
            (operation.Parameters ??= []).Add(new OpenApiParameter { Name = header.Name, In = ParameterLocation.Header, Description = header.Description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        var refusals = metadata.OfType<RouteRefusals>().SelectMany(refusals => refusals.Codes).Concat(OfItsKind(route)).Distinct(StringComparer.Ordinal);
        foreach (var status in refusals.GroupBy(ApiCodes.StatusOf).OrderBy(status => status.Key))
            operation.Responses[CodeOf(status.Key)] = Refusal(status, context.Document!);
        operation.Security = [.. SchemesOf(route).Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] })];
        return Task.CompletedTask;
    }

    private static IEnumerable<string> OfItsKind(ApiDescription route)
    {
        var changes = !HttpMethods.IsGet(route.HttpMethod!);
        if (IsOperators(route))
            yield return "operator_token";
        if (IsPersonal(route))
            yield return "unauthorized";
        if (IsPersonal(route))
            yield return "cross_site";
        if (IsPersonal(route) && changes)
            yield return "request_token";
        if (changes)
            yield return "store_unavailable";
        if (route.SupportedRequestFormats.Count > 0)
        {
            yield return "bad_request";
            yield return "payload_too_large";
            yield return "unsupported_media_type";
        }
    }

    private static IEnumerable<string> SchemesOf(ApiDescription route) =>
        IsOperators(route) ? [OperatorScheme] : IsPersonal(route) ? [SessionScheme, TokenScheme] : [];

    private static bool IsOperators(ApiDescription route) => route.RelativePath!.StartsWith("api/operator/", StringComparison.Ordinal);

    private static bool IsPersonal(ApiDescription route) => route.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any();

    private static OpenApiResponse Refusal(IEnumerable<string> codes, OpenApiDocument document)
    {
        var words = new StringBuilder();
        foreach (var code in codes.Order(StringComparer.Ordinal))
            words.Append(words.Length > 0 ? "\n" : "").Append('`').Append(code).Append("`: ").Append(ApiCodes.WordsOf(code));
        return new()
        {
            Description = words.ToString(),
            Content = new Dictionary<string, OpenApiMediaType> { [MediaTypeNames.Application.ProblemJson] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, document) } },
        };
    }

    // RFC 9457 §3.1, and what is ours.
    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "A problem document (RFC 9457).",
        Required = new HashSet<string> { "status", "title", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("A URI of the status's meaning."),
            ["title"] = Text("What is wrong, in a sentence."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("What is wrong, with what this request has to do with it."),
            ["code"] = Text("What is wrong, for programs."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "By field, what is wrong with it.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSecurityScheme Bearer(string description) => new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = description };

    // From method and path, so that a renamed handler is no other operation: getProvidersByIdRevisions.
    private static string IdOf(ApiDescription route)
    {
        var words = route.RelativePath!["api/".Length..].Split('/').Select(part => part is ['{', .. var name, '}'] ? "By" + Capital(name.Split(':')[0]) : string.Concat(part.Split('-').Select(Capital)));
        return route.HttpMethod!.ToLowerInvariant() + string.Concat(words);
    }

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    private static string CodeOf(int status) => status.ToString(CultureInfo.InvariantCulture);
}
