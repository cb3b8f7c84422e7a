using System.Text.Json;

namespace ActionMail.Protocol.Cards;

/// <summary>Vocabulary for reading members of a card's JSON whose type may be anything.</summary>
internal static class JsonElementMembers
{
    extension(JsonElement element)
    {
        /// <summary>The text of a string member; null when it is absent, null or of another type.</summary>
        public string? TextMember(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
                ? member.GetString()
                : null;

        /// <summary>A boolean member, also written as a string; false when it is absent.</summary>
        public bool FlagMember(string name) =>
            element.TryGetProperty(name, out var member)
            && (member.ValueKind == JsonValueKind.True || (member.ValueKind == JsonValueKind.String && string.Equals(member.GetString(), "true", StringComparison.OrdinalIgnoreCase)));

        /// <summary>A number member; null when it is absent or no number.</summary>
        public double? NumberMember(string name) =>
            element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number ? member.GetDouble() : null;
    }
}
