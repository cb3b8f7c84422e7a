using System.Text.Json;

namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>
/// How a MessageCard's JSON is read: types in any letter case, as senders write them, with or without the @; and a number or a
/// boolean where a text is meant is its text.
/// </summary>
internal static class MessageCardVocabulary
{
    /// <summary>Most actions that are shown of one <c>potentialAction</c>.</summary>
    public const int MostActions = 4;

    /// <summary>Most sections that are shown.</summary>
    public const int MostSections = 10;

    extension(JsonNode node)
    {
        /// <summary>What the part says it is.</summary>
        public JsonNode TypeMember => node["@type"u8] is { Exists: true } type ? type : node["type"u8];

        /// <summary>Whether the part is of a type.</summary>
        public bool IsOfType(ReadOnlySpan<byte> type) => node.TypeMember.SaysAnyCase(type);

        /// <summary>The text of a member that is shown; empty when there is none.</summary>
        public string ShownText => node.Kind switch
        {
            JsonValueKind.String => node.Text!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => node.RawText,
            _ => "",
        };

        /// <summary>Whether the member is left out, which may also be written as null.</summary>
        public bool IsAbsent => node.Kind is JsonValueKind.Undefined or JsonValueKind.Null;

        /// <summary>The objects of an array; whatever else is in it was refused when the card was read, or is null.</summary>
        public IEnumerable<JsonNode> Parts
        {
            get
            {
                foreach (var item in node.Items)
                {
                    if (item.IsObject)
                        yield return item;
                }
            }
        }
    }
}
