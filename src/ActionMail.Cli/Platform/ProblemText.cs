using System.Text.Json;

namespace ActionMail.Cli.Platform;

/// <summary>An application/problem+json document (RFC 9457) as one line for a person.</summary>
internal static class ProblemText
{
    private const int LongestLine = 600;

    /// <summary>The line, or null where the body is no such document or says nothing.</summary>
    public static string? Of(string body)
    {
        try
        {
            var problem = JsonElement.Parse(body);
            if (problem.ValueKind != JsonValueKind.Object)
                return null;
            var fields = string.Join("; ", Fields(problem));
            // Beside the fields at fault, a title only says that there are some.
            var line = fields.Length > 0 ? fields : Text(problem, "detail") ?? Text(problem, "title") ?? "";
            return line.Length is 0 ? null : line[..Math.Min(line.Length, LongestLine)];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The problem's code, or null.</summary>
    public static string? CodeOf(string body)
    {
        try
        {
            return JsonElement.Parse(body) is { ValueKind: JsonValueKind.Object } problem ? Text(problem, "code") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Fields(JsonElement problem)
    {
        if (!problem.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var field in errors.EnumerateObject())
        {
            var words = field.Value.ValueKind == JsonValueKind.Array
                ? field.Value.EnumerateArray().Select(each => each.ToString())
                : [field.Value.ToString()];
            yield return $"{field.Name}: {string.Join(" ", words)}";
        }
    }

    private static string? Text(JsonElement problem, string member) =>
        problem.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
