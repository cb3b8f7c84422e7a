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
    public static JsonReading Read(ReadOnlyMemory<byte> utf8, int maxDepth) => JsonText.Read(utf8, maxDepth) switch
    {
        JsonTextReading.Refused(var pointer, _, var message) => new JsonReading.Refused(pointer, message),
        JsonTextReading.Read => new JsonReading.Read(JsonElement.Parse(utf8.Span, new JsonDocumentOptions { MaxDepth = maxDepth })),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Reads text, see <see cref="Read(ReadOnlyMemory{byte}, int)"/>.</summary>
    public static JsonReading Read(string text, int maxDepth)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(Encoding.UTF8.GetBytes(text), maxDepth);
    }
}
