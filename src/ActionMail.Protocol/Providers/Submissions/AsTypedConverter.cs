using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>Keeps a field as it was typed: a JSON string is its text, any other value its own JSON. It is written as a string.</summary>
internal sealed class AsTypedConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        using var value = JsonDocument.ParseValue(ref reader);
        return value.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
