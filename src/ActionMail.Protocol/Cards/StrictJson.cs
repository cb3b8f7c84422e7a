using System.Text;
using System.Text.Json;

namespace ActionMail.Protocol.Cards;

/// <summary>What reading JSON strictly came to.</summary>
public abstract record JsonReading
{
    private JsonReading() { }

    /// <summary>The text is JSON that every parser reads alike.</summary>
    public sealed record Read(JsonElement Root) : JsonReading;

    /// <summary>The text is not; <paramref name="Pointer"/> says where as far as it is known.</summary>
    public sealed record Refused(string Pointer, string Message) : JsonReading;
}

/// <summary>
/// JSON as two parsers cannot read it differently: RFC 8259, and no duplicate member names (letter case aside), no comments, no
/// trailing commas, no byte order mark, no number outside the range of a double, no half of a surrogate pair, no member
/// that would reach into a JavaScript object's prototype.
/// </summary>
public static class StrictJson
{
    /// <summary>Reads UTF-8 text nested at most <paramref name="maxDepth"/> deep. Time is linear in the length.</summary>
    public static JsonReading Read(ReadOnlyMemory<byte> utf8, int maxDepth)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false });
            root = document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            return new JsonReading.Refused(error.Path ?? "", $"not strict JSON: {FirstSentence(error)}");
        }
        catch (InvalidOperationException)
        {
            // Comparing member names for duplicates takes them out, see IsText.
            return new JsonReading.Refused("", "a member name holds half of a surrogate pair");
        }
        return FirstFault(root, "") ?? (JsonReading)new JsonReading.Read(root);
    }

    /// <summary>Reads text, see <see cref="Read(ReadOnlyMemory{byte}, int)"/>.</summary>
    public static JsonReading Read(string text, int maxDepth)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(Encoding.UTF8.GetBytes(text), maxDepth);
    }

    private static string FirstSentence(JsonException error) =>
        $"{error.Message.Split(". ", 2)[0].TrimEnd('.')} (line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1})";

    private static JsonReading.Refused? FirstFault(JsonElement element, string pointer) => element.ValueKind switch
    {
        JsonValueKind.Object => ObjectFault(element, pointer),
        JsonValueKind.Array => ArrayFault(element, pointer),
        JsonValueKind.String when !IsText(element) => new(pointer, "a string holds half of a surrogate pair"),
        JsonValueKind.Number when !element.TryGetDouble(out var number) || !double.IsFinite(number) =>
            new(pointer, "a number is outside the range of a double"),
        _ => null,
    };

    private static JsonReading.Refused? ObjectFault(JsonElement element, string pointer)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in element.EnumerateObject())
        {
            if (NameOf(member) is not { } name)
                return new(pointer, "a member name holds half of a surrogate pair");
            var place = $"{pointer}/{JsonPointer.Escape(name)}";
            if (!names.Add(name))
                return new(place, $"the member '{name}' is there twice, letter case aside");
            if (name is "__proto__" or "constructor" or "prototype")
                return new(place, $"the member name '{name}' is not allowed");
            if (FirstFault(member.Value, place) is { } fault)
                return fault;
        }
        return null;
    }

    private static JsonReading.Refused? ArrayFault(JsonElement element, string pointer)
    {
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (FirstFault(item, $"{pointer}/{index++}") is { } fault)
                return fault;
        }
        return null;
    }

    // System.Text.Json finds a lone surrogate only when the string is taken out, and says so by throwing.
    private static bool IsText(JsonElement element)
    {
        try
        {
            return element.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
