using static ActionMail.Protocol.Cards.Model.Shapes;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>Members that many types share: the schema's Extendable.Item, .ToggleableItem, .Element, .Input and .Action.</summary>
internal static class CommonProperties
{
    // Protocol §4: what is unknown falls back in a card of any version.
    private static readonly PropertyDefinition Requires = Early("requires", Features, V12);

    private static readonly PropertyDefinition[] Toggled = [new("id", Text, V10), Early("isVisible", Flag, V12), Requires];

    /// <summary>What stands in the place of an element that cannot be shown.</summary>
    public static readonly PropertyDefinition Fallback = Early("fallback", FallbackOf(new PropertyShape.Element()), V12);

    public static readonly PropertyDefinition[] OfElement =
    [
        .. Toggled,
        Fallback,
        new("separator", Flag, V10),
        new("spacing", Spacings, V10),
        Early("height", Any(BlockHeights, Pixels), V11),
        Outlooks("padding", Padding),
    ];

    public static readonly PropertyDefinition[] OfColumn =
    [
        .. Toggled,
        Early("fallback", FallbackOf(Piece("Column")), V12),
        new("separator", Flag, V10),
        new("spacing", Spacings, V10),
        Outlooks("padding", Padding),
    ];

    public static readonly PropertyDefinition[] OfContainer =
    [
        Early("selectAction", SelectAction, V11),
        new("style", ContainerStyles, V10),
        Early("verticalContentAlignment", Vertical, V11),
        Early("bleed", Flag, V12),
        Early("backgroundImage", Background, V12),
        new("minHeight", Pixels, V12),
        Early("rtl", Flag, V15),
    ];

    public static readonly PropertyDefinition[] OfInput =
    [
        Required("id", Text, V10),
        new("label", Text, V13),
        new("isRequired", Flag, V13) { SinceInOutlook = V10 },
        new("errorMessage", Text, V13),
        new("labelPosition", Words("inline", "above"), V16),
        new("labelWidth", Any(Number, Pixels, new PropertyShape.Weight()), V16),
        new("inputStyle", Words("revealOnHover", "default"), V16),
    ];

    public static readonly PropertyDefinition[] OfAction =
    [
        new("id", Text, V10),
        new("title", Text, V10),
        new("iconUrl", ImageUrl, V11),
        new("style", ActionStyles, V12),
        new("mode", ActionModes, V15),
        new("tooltip", Text, V15),
        new("isEnabled", Flag, V15),
        Unpublished("role", Words("button", "link", "tab", "menu", "menuItem"), V16),
        Early("fallback", FallbackOf(AnyAction), V12),
        Requires,
        Outlooks("isPrimary", Flag),
    ];

    /// <summary>A type's own members and those it shares; its own word counts where both have one.</summary>
    public static PropertyDefinition[] Joined(ReadOnlySpan<PropertyDefinition> own, ReadOnlySpan<PropertyDefinition> shared)
    {
        List<PropertyDefinition> joined = [.. own];
        foreach (var property in shared)
        {
            if (!joined.Exists(mine => string.Equals(mine.Name, property.Name, StringComparison.Ordinal)))
                joined.Add(property);
        }
        return [.. joined];
    }
}
