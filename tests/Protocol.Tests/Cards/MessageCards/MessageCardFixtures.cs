using System.Text.Json;
using System.Text.Json.Nodes;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.MessageCards;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace ActionMail.Protocol.Tests.Cards.MessageCards;

/// <summary>MessageCards in the shapes of the documentation.</summary>
internal static class MessageCardFixtures
{
    /// <summary>An expense report: two forms that ask for the same "comment", and a link.</summary>
    public const string Expense = """
        {"@type":"MessageCard","@context":"https://schema.org/extensions","originator":"7c0ff1d4-0000-4000-8000-00000000a001","correlationId":"5f3c9a9c-2f7e-4a52-9d64-0f6a3a1c2b10",
         "summary":"Travel to Lyon: 412.50 EUR","themeColor":"0072c6","title":"Expense report","text":"**Adele** asks for *412.50 EUR*.","hideOriginalBody":"true","vendorNote":{"kept":[1,2]},
         "sections":[
          {"startGroup":true,"title":"Who","activityImage":"https://img.contoso.test/adele.png","activityTitle":"**Adele Vance**","activitySubtitle":"yesterday","activityText":"Train and hotel",
           "heroImage":{"image":"https://img.contoso.test/lyon.png","title":"Lyon by night"},"text":"Two nights.",
           "facts":[{"name":"Train","value":"212.50"},{"name":"Hotel","value":200}],
           "images":[{"image":"https://img.contoso.test/1.png","title":"Ticket"},{"image":"https://img.contoso.test/2.png"}]},
          {"markdown":false,"text":"1. not a list * not bold [not a link](https://evil.test)"}],
         "potentialAction":[
          {"@type":"ActionCard","name":"Approve","inputs":[{"@type":"TextInput","id":"comment","title":"Reason (optional)","isMultiline":true,"maxLength":80}],
           "actions":[{"@type":"HttpPOST","name":"Send","isPrimary":true,"target":"https://api.contoso.test/approve?id=1","bodyContentType":"application/x-www-form-urlencoded","body":"comment={{comment.value}}&ok=1"}]},
          {"@type":"ActionCard","name":"Reject","inputs":[
            {"@type":"TextInput","id":"comment","title":"Reason","isRequired":true},
            {"@type":"DateInput","id":"until","title":"Mend until","includeTime":true,"value":"2026-01-31T09:30:00Z"},
            {"@type":"DateInput","id":"day","title":"Day","value":"2026-02-01"},
            {"@type":"MultichoiceInput","id":"why","title":"Why","style":"expanded","value":"p","choices":[{"display":"Policy","value":"p"},{"display":"Missing receipt","value":"m"}]},
            {"@type":"MultichoiceInput","id":"who","title":"Tell","isMultiSelect":true,"choices":[{"display":"Manager","value":"1"},{"display":"Finance","value":"2"}]}],
           "actions":[{"@type":"HttpPOST","name":"Send","target":"https://api.contoso.test/reject/{{why.value}}","headers":[{"name":"X-Tell","value":"{{who.value}}"}],"body":"{\"comment\":\"{{comment.value}}\",\"until\":\"{{until.value}}\"}"}]},
          {"@type":"OpenUri","name":"Open in Expenses","targets":[{"os":"iOS","uri":"expenses://1"},{"os":"default","uri":"https://www.contoso.test/1"}]}]}
        """;

    /// <summary>A MessageCard with a text and what else it is to have.</summary>
    public static string With(string members) => $$"""{"@type":"MessageCard","@context":"https://schema.org/extensions","text":"a"{{(members.Length > 0 ? "," : "")}}{{members}}}""";

    public static Card Read(string json) => Card.Read(json, CardLimits.Default) switch
    {
        CardReading.Read(var card) => card,
        var other => throw new InvalidOperationException(other.ToString()),
    };

    public static JsonObject Migrated(string json) => Of(MessageCardConversion.ForMigration(Read(json)));

    public static JsonObject Displayed(string json) => JsonNode.Parse(CardDisplay.Of(Read(json)).GetRawText())!.AsObject();

    public static JsonObject Of(MessageCardConversion conversion) => JsonNode.Parse(conversion.Json.RawText)!.AsObject();

    /// <summary>Every object with a type, in the order of the text.</summary>
    public static IEnumerable<JsonObject> Typed(JsonNode? node) => node switch
    {
        JsonObject o => (o["type"]?.GetValueKind() == JsonValueKind.String ? [o] : Array.Empty<JsonObject>()).Concat(o.SelectMany(member => Typed(member.Value))),
        JsonArray a => a.SelectMany(Typed),
        _ => [],
    };

    public static JsonObject One(JsonNode card, string type, string? name = null) =>
        Typed(card).First(part => part["type"]!.ToString() == type && (name is null || part["title"]?.ToString() == name || part["id"]?.ToString() == name));
}
