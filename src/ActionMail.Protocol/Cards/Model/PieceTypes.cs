using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Model.Shapes;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>The pieces of elements, inputs and actions, whose type the place gives.</summary>
internal static class PieceTypes
{
    public static readonly ImmutableArray<ElementDefinition> All =
    [
        Row("Column", V10, CommonProperties.Joined(
            [
                new("items", ElementList, V10),
                Early("width", Width, V10),
                Unpublished("horizontalAlignment", Horizontal, V10),
                .. CommonProperties.OfContainer,
            ],
            CommonProperties.OfColumn)),
        Row("Fact", V10, Required("title", Markdown, V10), Required("value", Markdown, V10)),
        Row("TextRun", V12,
            Required("text", Text, V12),
            new("color", Colors, V12),
            new("fontType", FontTypes, V12),
            new("highlight", Flag, V12),
            new("isSubtle", Flag, V12),
            new("italic", Flag, V12),
            new("selectAction", SelectAction, V12),
            new("size", FontSizes, V12),
            new("strikethrough", Flag, V12),
            new("underline", Flag, V13),
            new("weight", FontWeights, V12)),
        Row("TableColumnDefinition", V15,
            new("width", Width, V15),
            new("horizontalCellContentAlignment", Horizontal, V15),
            new("verticalCellContentAlignment", Vertical, V15)),
        Row("TableRow", V15,
            new("cells", List(Piece("TableCell")), V15),
            new("style", ContainerStyles, V15),
            new("horizontalCellContentAlignment", Horizontal, V15),
            new("verticalCellContentAlignment", Vertical, V15),
            Unpublished("spacing", Spacings, V15)),
        Row("TableCell", V15, [Required("items", ElementList, V15), .. CommonProperties.OfContainer, Outlooks("padding", Padding)]),
        Row("CarouselPage", V16, CommonProperties.Joined([Required("items", ElementList, V16), .. CommonProperties.OfContainer], CommonProperties.OfElement)),
        Row("Input.Choice", V10, Required("title", Text, V10), Required("value", Text, V10)),
        Row("Data.Query", V16, Required("dataset", Text, V16), new("count", Count, V16), new("skip", Count, V16)),
        Row("MediaSource", V11, new("mimeType", Text, V11), Required("url", ImageUrl, V11)),
        Row("CaptionSource", V16, Required("mimeType", Text, V16), Required("url", ImageUrl, V16), Required("label", Text, V16)),
        Row("BackgroundImage", V12,
            Required("url", ImageUrl, V12),
            new("fillMode", Words("cover", "repeatHorizontally", "repeatVertically", "repeat"), V12),
            new("horizontalAlignment", Horizontal, V12),
            new("verticalAlignment", Vertical, V12)).From(V10),
        Row("TargetElement", V12, Required("elementId", Text, V12), new("isVisible", Flag, V12)).From(V10),
        OutlooksOwn("HttpHeader",
            new PropertyDefinition("name", Text, V10, IsRequired: true, IsOutlooks: true),
            new("value", Text, V10, IsRequired: true, IsOutlooks: true)),
        OutlooksOwn("Padding", Outlooks("top", Spacings), Outlooks("right", Spacings), Outlooks("bottom", Spacings), Outlooks("left", Spacings)),
    ];

    private static ElementDefinition Row(string type, CardVersion since, params ReadOnlySpan<PropertyDefinition> own) => new(type, PartCategory.Piece, since, own);

    private static ElementDefinition OutlooksOwn(string type, params ReadOnlySpan<PropertyDefinition> own) => new(type, PartCategory.Piece, V10, own) { IsOutlooks = true };
}
