using System.Text.Json;
using System.Text.RegularExpressions;
using ActionMail.Server.Operations;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Providers.Api;

[Collection(PersonalApi.Name)]
public sealed partial class ApiDocumentTests(ApiPlatform platform)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];

    [Fact]
    public async Task It_is_OpenAPI_3_1_of_this_platform_and_the_same_each_time()
    {
        var first = await TextAsync();
        var document = JsonElement.Parse(first);

        Assert.StartsWith("3.1.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal(platform.Running.Url.GetLeftPart(UriPartial.Authority), document.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.NotEmpty(document.GetProperty("info").GetProperty("description").GetString()!);
        Assert.Equal(first, await TextAsync());
    }

    [Fact]
    public async Task Every_route_of_the_API_is_in_it_and_nothing_else()
    {
        var mapped = platform.Running.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods, (route, method) => $"{method.ToLowerInvariant()} /{Constraint().Replace(route.RoutePattern.RawText!.Trim('/'), "")}");

        var described = (await OperationsAsync()).Select(operation => $"{operation.Method} {operation.Path}");

        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_says_what_it_is_for_what_it_answers_and_why_it_refuses()
    {
        foreach (var (path, method, operation) in await OperationsAsync())
        {
            var name = $"{method} {path}";
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("summary").GetString()), name);
            Assert.False(string.IsNullOrWhiteSpace(operation.GetProperty("description").GetString()), name);
            Assert.Single(operation.GetProperty("tags").EnumerateArray());
            var responses = operation.GetProperty("responses").EnumerateObject().ToDictionary(response => response.Name, response => response.Value);
            Assert.Contains(responses.Keys, status => status[0] == '2');
            foreach (var (status, response) in responses.Where(response => response.Key[0] is '4' or '5' && !path.StartsWith("/api/device/", StringComparison.Ordinal)))
            {
                Assert.Equal("#/components/schemas/Problem", response.GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString());
                Assert.Matches("`[a-z_]+`: .+", response.GetProperty("description").GetString()!);
            }
        }
    }

    [Fact]
    public async Task The_page_shows_code_as_code_and_no_marks_of_it()
    {
        var page = await platform.Developer.GetAsync("/docs/api");

        Assert.Equal(System.Net.HttpStatusCode.OK, page.Status);
        Assert.Contains("<code>reason_missing</code>: It needs a reason.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('`', page.Text);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("`code` first", "<code>code</code> first")]
    [InlineData("then `a` and `b<c`", "then <code>a</code> and <code>b&lt;c</code>")]
    [InlineData("an odd ` one", "an odd ` one")]
    [InlineData("`a` and an odd ` one", "<code>a</code> and an odd ` one")]
    public void What_stands_between_backticks_is_code(string text, string expected)
    {
        using var html = new StringWriter();

        Operations.Reference.ReferenceProse.Of(text).WriteTo(html, System.Text.Encodings.Web.HtmlEncoder.Default);

        Assert.Equal(expected, html.ToString());
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_every_reference_leads_somewhere()
    {
        var document = JsonElement.Parse(await TextAsync());
        var names = (await OperationsAsync()).Select(operation => operation.Operation.GetProperty("operationId").GetString()!).ToList();

        Assert.Equal(names.Count, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains("postProvidersByIdRevisionsByNumberApprove", names);
        foreach (Match reference in Reference().Matches(await TextAsync()))
            Assert.True(Leads(document, reference.Groups[1].Value), reference.Value);
    }

    // OpenAPI 3.1 §4.8.10.1: each name in the path is a parameter, required, and there is none besides.
    [Fact]
    public async Task Every_name_in_a_path_is_a_parameter()
    {
        foreach (var (path, method, operation) in await OperationsAsync())
        {
            var parameters = operation.TryGetProperty("parameters", out var list) ? list.EnumerateArray().ToList() : [];
            var inPath = parameters.Where(parameter => parameter.GetProperty("in").GetString() == "path").ToList();
            Assert.Equal(Placeholder().Matches(path).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal), inPath.Select(parameter => parameter.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
            Assert.All(inPath, parameter => Assert.True(parameter.GetProperty("required").GetBoolean(), $"{method} {path}"));
            Assert.All(parameters, parameter => Assert.True(parameter.TryGetProperty("schema", out _), $"{method} {path}"));
        }
    }

    [Fact]
    public void Every_code_has_a_status_and_words()
    {
        Assert.All(ApiCodes.All, code =>
        {
            Assert.InRange(ApiCodes.StatusOf(code), 400, 599);
            Assert.EndsWith(".", ApiCodes.WordsOf(code).TrimEnd(')', '`'), StringComparison.Ordinal);
            Assert.Matches("^[a-z_]+$", code);
        });
    }

    internal static IEnumerable<(string Path, string Method, JsonElement Operation)> OperationsOf(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from member in path.Value.EnumerateObject()
        where Methods.Contains(member.Name)
        select (path.Name, member.Name, member.Value);

    private async Task<List<(string Path, string Method, JsonElement Operation)>> OperationsAsync() => [.. OperationsOf(JsonElement.Parse(await TextAsync()))];

    private async Task<string> TextAsync()
    {
        using var http = new HttpClient { BaseAddress = platform.Running.Url };
        return await http.GetStringAsync("/openapi/v1.json");
    }

    private static bool Leads(JsonElement document, string pointer)
    {
        foreach (var part in pointer.Split('/').Select(part => Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (!document.TryGetProperty(part, out document))
                return false;
        }
        return true;
    }

    [GeneratedRegex(":[a-z]+(?=})")]
    private static partial Regex Constraint();

    [GeneratedRegex("{([A-Za-z]+)}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("\"\\$ref\": ?\"#/([^\"]+)\"")]
    private static partial Regex Reference();
}
