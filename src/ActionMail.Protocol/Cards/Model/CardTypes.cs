using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Model.Shapes;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>The card and what hangs on it: adaptive-card.json, and Outlook's members of protocol §4.</summary>
internal static class CardTypes
{
    public static readonly ImmutableArray<ElementDefinition> All =
    [
        new("AdaptiveCard", PartCategory.Card, V10,
            Required("version", new PropertyShape.Version(), V10),
            new("$schema", Url, V10),
            new("body", ElementList, V10),
            new("actions", ActionList, V10),
            new("fallbackText", Text, V10),
            new("speak", Text, V10),
            new("lang", Text, V10),
            new("selectAction", SelectAction, V11),
            Early("backgroundImage", Background, V10),
            Early("verticalContentAlignment", Vertical, V11),
            new("minHeight", Pixels, V12),
            new("style", ContainerStyles, V12) { IsUnpublished = true, SinceInOutlook = V10 },
            new("refresh", Piece("Refresh"), V14),
            new("authentication", Piece("Authentication"), V14),
            Early("rtl", Flag, V15),
            new("metadata", Piece("Metadata"), V16),
            Outlooks("originator", Text),
            Outlooks("correlationId", Text),
            Outlooks("expectedActors", Texts),
            Outlooks("hideOriginalBody", new PropertyShape.FlagOrText()),
            Outlooks("autoInvokeAction", AnyAction),
            Outlooks("resources", Piece("Resources")),
            Outlooks("padding", Padding),
            Outlooks("msteams", Data),
            Outlooks("@type", Text),
            Outlooks("@context", Text)),
        new("Refresh", PartCategory.Piece, V14, new("action", AnyAction, V14), new("userIds", Texts, V14), new("expires", Text, V16)),
        new("Resources", PartCategory.Piece, V10, Outlooks("actions", Any(ActionList, new PropertyShape.MapOf(AnyAction)))) { IsOutlooks = true },
        new("Authentication", PartCategory.Piece, V14,
            new("text", Text, V14),
            new("connectionName", Text, V14),
            new("tokenExchangeResource", Piece("TokenExchangeResource"), V14),
            new("buttons", List(Piece("AuthCardButton")), V14)),
        new("TokenExchangeResource", PartCategory.Piece, V14, Required("id", Text, V14), Required("uri", Text, V14), Required("providerId", Text, V14)),
        new("AuthCardButton", PartCategory.Piece, V14, Required("type", Text, V14), new("title", Text, V14), new("image", ImageUrl, V14), Required("value", Text, V14)),
        new("Metadata", PartCategory.Piece, V16, new PropertyDefinition("webUrl", Url, V16)),
    ];
}
