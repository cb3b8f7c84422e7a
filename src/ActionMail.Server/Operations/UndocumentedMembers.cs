using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActionMail.Server.Providers.Api;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Operations;

/// <summary>A member of a body that the route does not know: where it is, and the documented one that it resembles, or null.</summary>
internal sealed record UndocumentedMember(string Path, string? Resembles)
{
    public string Words => Resembles is null ? $"'{Path}'" : $"'{Path}' (did you mean '{Resembles}'?)";
}

/// <summary>
/// Answers a body with undocumented members by naming all of them: the reader stops at the first, and whoever wrote the body wants to mend it in one go. The body is read
/// again for that, which costs nothing where it is right. Security J-04.
/// </summary>
internal sealed class UndocumentedMembers(IProblemDetailsService problems, IOptions<JsonOptions> json) : IExceptionHandler
{
    private const int MostNamed = 20;
    private const int LongestPath = 100;

    // As large as any route takes: beyond it the body would go to a file, and it may hold what must not lie anywhere (security J-01).
    private const int LargestBody = RegistrationEndpoints.LargestSubmission;

    /// <summary>Keeps JSON bodies in memory until they are answered; the server bounds them.</summary>
    public static Task KeepBody(HttpContext http, RequestDelegate next)
    {
        if (http.Request.HasJsonContentType())
            http.Request.EnableBuffering(LargestBody);
        return next(http);
    }

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancel)
    {
        if (exception is not BadHttpRequestException { InnerException: JsonException reading } || !IsUndocumented(reading) || !http.Request.Body.CanSeek
            || http.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } type)
            return false;
        http.Request.Body.Position = 0;
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: cancel);
            var found = Find(body.RootElement, json.Value.SerializerOptions.GetTypeInfo(type), "").Take(MostNamed).ToList();
            return found.Count > 0 && await AnswerAsync(http, found);
        }
        catch (JsonException)
        {
            // The first member is not known, and what comes after it is no JSON: then that is what is said of it.
            return false;
        }
    }

    /// <summary>Whether the reader stopped at a member that it does not know.</summary>
    public static bool IsUndocumented(JsonException reading) => reading.Message.Contains("could not be mapped", StringComparison.Ordinal);

    /// <summary>Everything in a body that its type has no member for, in the order of the body.</summary>
    public static IEnumerable<UndocumentedMember> Find(JsonElement body, JsonTypeInfo type, string path) => (body.ValueKind, type.Kind) switch
    {
        (JsonValueKind.Object, JsonTypeInfoKind.Object) => body.EnumerateObject().SelectMany(member => OfMember(member, type, path)),
        (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) when type.ElementType is { } element => body.EnumerateArray()
            .SelectMany((entry, index) => Find(entry, type.Options.GetTypeInfo(element), FormattableString.Invariant($"{path}[{index}]"))),
        _ => [],
    };

    private static IEnumerable<UndocumentedMember> OfMember(JsonProperty member, JsonTypeInfo type, string path)
    {
        var at = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
        var known = type.Properties.FirstOrDefault(each => string.Equals(each.Name, member.Name, StringComparison.OrdinalIgnoreCase));
        return known is null
            ? [new(at[..Math.Min(at.Length, LongestPath)], Resemblance.Nearest(member.Name, type.Properties.Select(each => each.Name)))]
            : Find(member.Value, type.Options.GetTypeInfo(Nullable.GetUnderlyingType(known.PropertyType) ?? known.PropertyType), at);
    }

    private ValueTask<bool> AnswerAsync(HttpContext http, List<UndocumentedMember> found)
    {
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        var words = found.Count == 1 ? $"There is no member {found[0].Words} here." : $"There are no members {string.Join(", ", found.Select(member => member.Words))} here.";
        return problems.TryWriteAsync(new()
        {
            HttpContext = http,
            ProblemDetails =
            {
                Status = StatusCodes.Status400BadRequest,
                Title = "The request is not of the documented form.",
                Detail = words,
                Extensions = { ["code"] = "bad_request", ["members"] = found.Select(member => member.Path) },
            },
        });
    }
}
