using static ActionMail.Protocol.Cards.Model.Shapes;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>
/// What is assumed of types and members that the vocabulary does not know: some client may know them, so what is in them may be seen
/// and clicked. Only what every client takes for the sender's data stays closed.
/// </summary>
internal static class UnknownParts
{
    private static readonly PropertyDefinition[] Closed =
        [.. new[] { "data", "headers", "initializationContext", "msteams", "metadata", "requires" }.Select(name => new PropertyDefinition(name, Data, V10))];

    private static readonly ElementDefinition Element = new("", PartCategory.Element, V10, CommonProperties.Joined(CommonProperties.OfElement, Closed));
    private static readonly ElementDefinition Action = new("", PartCategory.Action, V10, CommonProperties.Joined(CommonProperties.OfAction, Closed));
    private static readonly ElementDefinition Piece = new("", PartCategory.Piece, V10, CommonProperties.Joined(CommonProperties.OfColumn, Closed));

    /// <summary>An object that is no part, or a member that its type does not know.</summary>
    public static ElementDefinition Anything { get; } = new("", PartCategory.Piece, V10, Closed);

    public static ElementDefinition DefinitionOf(PartCategory category) => category switch
    {
        PartCategory.Action => Action,
        PartCategory.Piece => Piece,
        _ => Element,
    };

    public static PartCategory CategoryOf(PartPlace place) => place.Kind switch
    {
        PlaceKind.Action => PartCategory.Action,
        PlaceKind.Piece => PartCategory.Piece,
        _ => PartCategory.Element,
    };

    public static PartCategory CategoryOf(JsonNode type, PartPlace place) =>
        type.PlainBytes.StartsWith("Action."u8) ? PartCategory.Action
        : type.PlainBytes.StartsWith("Input."u8) ? PartCategory.Input
        : CategoryOf(place);
}
