using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>Values as text and as JSON.</summary>
internal static class ValueText
{
    private const int MaxDepth = 64;

    /// <summary>JSON for people and machines; whoever puts it into HTML escapes it for there.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2 * MaxDepth };

    /// <summary>
    /// A value inside a text: a list is its items with commas between, an object its JSON. Nothing is nothing. Whoever may hold a list that
    /// shares its items measures first, see <see cref="Size(TemplateValue, long)"/>.
    /// </summary>
    public static string Of(TemplateValue value) => value switch
    {
        TemplateValue.Text(var text) => text,
        TemplateValue.Number(var number) => NumberText.Of(number),
        TemplateValue.Flag(var flag) => flag ? "true" : "false",
        TemplateValue.List(var items) => string.Join(',', items.Select(Of)),
        TemplateValue.Fields => Json(value),
        _ => "",
    };

    public static string Json(TemplateValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
            Write(value, writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static void Write(TemplateValue value, Utf8JsonWriter writer)
    {
        switch (value)
        {
            case TemplateValue.Text(var text): writer.WriteStringValue(text); break;
            case TemplateValue.Number(var number): writer.WriteRawValue(NumberText.Of(number), skipInputValidation: true); break;
            case TemplateValue.Flag(var flag): writer.WriteBooleanValue(flag); break;
            case TemplateValue.List(var items):
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(item, writer);
                writer.WriteEndArray();
                break;
            case TemplateValue.Fields(var members):
                writer.WriteStartObject();
                foreach (var (name, member) in members.Where(member => member.Value is not TemplateValue.Absent))
                {
                    writer.WritePropertyName(name);
                    Write(member, writer);
                }
                writer.WriteEndObject();
                break;
            default: writer.WriteNullValue(); break;
        }
    }

    /// <summary>
    /// The characters of a value's JSON, within a small factor. Lists may share their items, so that few objects spell out without end: counting stops at
    /// <paramref name="most"/>, and at a depth that no JSON here may have; either gives more than <paramref name="most"/>.
    /// </summary>
    public static long Size(TemplateValue value, long most) => Size(value, most, MaxDepth);

    /// <summary>How many values it is, itself among them; its size was found to be bounded.</summary>
    public static int Count(TemplateValue value) => 1 + value switch
    {
        TemplateValue.List(var items) => items.Sum(Count),
        TemplateValue.Fields(var members) => members.Sum(member => Count(member.Value)),
        _ => 0,
    };

    private static long Size(TemplateValue value, long most, int depth)
    {
        if (depth == 0)
            return most + 1;
        var size = 2L;
        switch (value)
        {
            case TemplateValue.Text(var text):
                size += text.Length;
                break;
            case TemplateValue.List(var items):
                for (var index = 0; index < items.Length && size <= most; index++)
                    size += Size(items[index], most - size, depth - 1);
                break;
            case TemplateValue.Fields(var members):
                for (var index = 0; index < members.Length && size <= most; index++)
                    size += members[index].Key.Length + Size(members[index].Value, most - size, depth - 1);
                break;
        }
        return size;
    }
}
