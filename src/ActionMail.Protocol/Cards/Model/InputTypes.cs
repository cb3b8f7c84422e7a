using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Model.Shapes;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>What is filled in.</summary>
internal static class InputTypes
{
    public static readonly ImmutableArray<ElementDefinition> All =
    [
        Input("Input.Text",
            new("value", Text, V10),
            new("placeholder", Text, V10),
            new("isMultiline", Flag, V10),
            new("maxLength", Count, V10),
            new("regex", Text, V13),
            new("style", Words("text", "tel", "url", "email", "password"), V10),
            new("inlineAction", SelectAction, V12)),
        Input("Input.Number", new("value", Number, V10), new("min", Number, V10), new("max", Number, V10), new("placeholder", Text, V10)),
        Input("Input.Date", new("value", Date, V10), new("min", Date, V10), new("max", Date, V10), new("placeholder", Text, V10)),
        Input("Input.Time", new("value", Time, V10), new("min", Time, V10), new("max", Time, V10), new("placeholder", Text, V10)),
        Input("Input.Toggle",
            Required("title", Markdown, V10),
            new("value", Text, V10),
            new("valueOn", Text, V10),
            new("valueOff", Text, V10),
            new("wrap", Flag, V12)),
        Input("Input.ChoiceSet",
            new("choices", List(Piece("Input.Choice")), V10),
            new("value", Text, V10),
            new("isMultiSelect", Flag, V10),
            new("style", Words("compact", "expanded", "filtered"), V10),
            new("placeholder", Text, V10),
            new("wrap", Flag, V12),
            new("choices.data", Piece("Data.Query"), V16)),
    ];

    private static ElementDefinition Input(string type, params ReadOnlySpan<PropertyDefinition> own) =>
        new(type, PartCategory.Input, V10, CommonProperties.Joined([.. own, .. CommonProperties.OfInput], CommonProperties.OfElement));
}
