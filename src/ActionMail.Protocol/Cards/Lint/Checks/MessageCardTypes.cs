using ActionMail.Protocol.Cards.Model;
using static ActionMail.Protocol.Cards.Model.Shapes;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>The objects of a MessageCard and their members: the published schema and Outlook's reference.</summary>
internal static class MessageCardTypes
{
    private static readonly PropertyShape Lists = List(new PropertyShape.Piece("object"));

    public static readonly ElementDefinition Card = Row("MessageCard",
        [
            Own("@context", Text), Own("@type", Text), Own("$schema", Text), Own("type", Text), Own("title", Markdown), Own("text", Markdown), Own("summary", Text),
            Own("themeColor", Text), Own("originator", Text), Own("correlationId", Text), Own("expectedActors", Data), Own("hideOriginalBody", new PropertyShape.FlagOrText()),
            Own("sections", Lists), Own("potentialAction", Lists), Own("style", Text), Own("isMultiSelect", Flag), Own("enableBodyToggling", Flag),
        ]);

    public static readonly ElementDefinition Section = Row("section",
        [
            Own("title", Markdown), Own("text", Markdown), Own("activityImage", Text), Own("activityTitle", Markdown), Own("activitySubtitle", Markdown), Own("activityText", Markdown),
            Own("heroImage", new PropertyShape.Piece("image")), Own("facts", Lists), Own("images", Lists), Own("startGroup", Flag), Own("markdown", Flag), Own("potentialAction", Lists),
        ]);

    public static readonly ElementDefinition Image = Row("image", [Own("image", Text), Own("title", Text)]);
    public static readonly ElementDefinition Fact = Row("fact", [Own("name", Markdown), Own("value", Markdown)]);
    public static readonly ElementDefinition OpenUri = ActionRow("OpenUri", [Own("targets", Lists)]);
    public static readonly ElementDefinition Target = Row("target", [Own("os", Text), Own("uri", Text)]);
    public static readonly ElementDefinition HttpPost = ActionRow("HttpPOST", [Own("target", Text), Own("headers", Data), Own("body", Text), Own("bodyContentType", Text)]);
    public static readonly ElementDefinition ActionCard = ActionRow("ActionCard", [Own("inputs", Lists), Own("actions", Lists)]);
    public static readonly ElementDefinition ViewAction = ActionRow("ViewAction", [Own("target", Data)]);
    public static readonly ElementDefinition AddIn = ActionRow("InvokeAddInCommand", [Own("addInId", Text), Own("desktopCommandId", Text), Own("initializationContext", Data)]);
    public static readonly ElementDefinition TextInput = InputRow("TextInput", [Own("isMultiline", Flag), Own("maxLength", Count)]);
    public static readonly ElementDefinition DateInput = InputRow("DateInput", [Own("includeTime", Flag)]);
    public static readonly ElementDefinition MultichoiceInput =
        InputRow("MultichoiceInput", [Own("choices", Lists), Own("style", Words("normal", "expanded", "compact")), Own("isMultiSelect", Flag)]);

    public static readonly ElementDefinition Choice = Row("choice", [Own("display", Text), Own("value", Text)]);

    private static PropertyDefinition Own(string name, PropertyShape shape) => new(name, shape, V10);

    private static ElementDefinition Row(string type, PropertyDefinition[] own) => new(type, PartCategory.Piece, V10, own);

    private static ElementDefinition ActionRow(string type, PropertyDefinition[] own) =>
        Row(type, [Own("@type", Text), Own("type", Text), Own("@context", Text), Own("@id", Text), Own("id", Text), Own("name", Text), Own("isPrimary", Flag), .. own]);

    private static ElementDefinition InputRow(string type, PropertyDefinition[] own) =>
        Row(type, [Own("@type", Text), Own("type", Text), Own("id", Text), Own("title", Text), Own("isRequired", Flag), Own("value", Text), .. own]);
}
