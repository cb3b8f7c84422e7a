using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Model.Shapes;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>What happens on a click: the published actions, then Outlook's own.</summary>
internal static class ActionTypes
{
    public static readonly ImmutableArray<ElementDefinition> All =
    [
        Published("Action.OpenUrl", V10, Required("url", Url, V10)),
        Published("Action.ShowCard", V10, Required("card", Piece("AdaptiveCard"), V10)),
        Published("Action.Submit", V10,
            new("data", Data, V10),
            new("associatedInputs", AssociatedInputs, V13),
            Unpublished("disabledUnlessAssociatedInputsChange", Flag, V16)),
        Published("Action.ToggleVisibility", V12, Required("targetElements", List(Any(Text, Piece("TargetElement"))), V12)).From(V10),
        Published("Action.Execute", V14,
            new("verb", Text, V14),
            new("data", Data, V14),
            new("associatedInputs", AssociatedInputs, V14),
            Unpublished("disabledUnlessAssociatedInputsChange", Flag, V16)),
        OutlooksOwn("Action.Http",
            new("method", Words("GET", "POST"), V10, IsRequired: true, IsOutlooks: true),
            new("url", Url, V10, IsRequired: true, IsOutlooks: true),
            Outlooks("headers", List(Piece("HttpHeader"))),
            Outlooks("body", Any(Text, Data))),
        OutlooksOwn("Action.InvokeAddInCommand",
            new("addInId", Text, V10, IsRequired: true, IsOutlooks: true),
            new("desktopCommandId", Text, V10, IsRequired: true, IsOutlooks: true),
            Outlooks("initializationContext", Data)),
        OutlooksOwn("Action.DisplayMessageForm", new PropertyDefinition("itemId", Text, V10, IsRequired: true, IsOutlooks: true)),
        OutlooksOwn("Action.DisplayAppointmentForm", new PropertyDefinition("itemId", Text, V10, IsRequired: true, IsOutlooks: true)),
    ];

    private static ElementDefinition Published(string type, CardVersion since, params ReadOnlySpan<PropertyDefinition> own) =>
        new(type, PartCategory.Action, since, CommonProperties.Joined(own, CommonProperties.OfAction));

    private static ElementDefinition OutlooksOwn(string type, params ReadOnlySpan<PropertyDefinition> own) =>
        new(type, PartCategory.Action, V10, CommonProperties.Joined(own, CommonProperties.OfAction)) { IsOutlooks = true };
}
