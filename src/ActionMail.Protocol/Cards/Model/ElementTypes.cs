using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Model.Shapes;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>What is seen: the elements of a card's body.</summary>
internal static class ElementTypes
{
    private static readonly PropertyDefinition[] Common = CommonProperties.OfElement;

    public static readonly ImmutableArray<ElementDefinition> All =
    [
        Row("TextBlock", V10,
            Required("text", Markdown, V10),
            new("color", Colors, V10),
            Early("fontType", FontTypes, V12),
            new("horizontalAlignment", Horizontal, V10),
            new("isSubtle", Flag, V10),
            new("maxLines", Count, V10),
            new("size", FontSizes, V10),
            new("weight", FontWeights, V10),
            new("wrap", Flag, V10),
            new("style", Words("default", "heading", "columnHeader"), V15)),
        Row("RichTextBlock", V12,
            Required("inlines", List(Any(Text, Piece("TextRun"))), V12),
            new("horizontalAlignment", Horizontal, V12)),
        Row("Image", V10,
            Required("url", ImageUrl, V10),
            new("altText", Text, V10),
            Early("backgroundColor", new PropertyShape.Color(), V11),
            new("horizontalAlignment", Horizontal, V10),
            Early("selectAction", SelectAction, V11),
            new("size", ImageSizes, V10),
            new("style", Words("default", "person"), V10),
            Early("width", Any(Pixels, Words("auto", "stretch")), V11),
            Unpublished("forceLoad", Flag, V16)),
        Row("ImageSet", V10,
            Required("images", List(new PropertyShape.Element()), V10),
            new("imageSize", ImageSizes, V10),
            Unpublished("size", ImageSizes, V16),
            Unpublished("style", Words("default", "grid", "stacked"), V16),
            Unpublished("offset", Number, V16)),
        Row("Media", V11,
            Required("sources", List(Piece("MediaSource")), V11),
            new("poster", ImageUrl, V11),
            new("altText", Text, V11),
            new("captionSources", List(Piece("CaptionSource")), V16)),
        Row("Container", V10, [Required("items", ElementList, V10), .. CommonProperties.OfContainer]),
        Row("ColumnSet", V10,
            new("columns", List(Piece("Column")), V10),
            Early("selectAction", SelectAction, V11),
            Early("style", ContainerStyles, V12),
            Early("bleed", Flag, V12),
            new("minHeight", Pixels, V12),
            Unpublished("backgroundImage", Background, V12),
            new("horizontalAlignment", Horizontal, V10)),
        Row("FactSet", V10,
            Required("facts", List(Piece("Fact")), V10),
            Unpublished("horizontalAlignment", Horizontal, V10)),
        Row("ActionSet", V12,
            Required("actions", ActionList, V12),
            Unpublished("horizontalAlignment", Horizontal, V12)).From(V10),
        Row("Table", V15,
            new("columns", List(Piece("TableColumnDefinition")), V15),
            new("rows", List(Piece("TableRow")), V15),
            new("firstRowAsHeader", Flag, V15),
            Unpublished("firstRowAsHeaders", Flag, V15),
            new("showGridLines", Flag, V15),
            new("gridStyle", ContainerStyles, V15),
            new("horizontalCellContentAlignment", Horizontal, V15),
            new("verticalCellContentAlignment", Vertical, V15)),
        Row("Carousel", V16,
            Required("pages", List(Piece("CarouselPage")), V16),
            new("timer", Count, V16),
            new("initialPage", Count, V16),
            new("heightInPixels", Any(Pixels, Count), V16),
            new("orientation", Words("horizontal", "vertical"), V16),
            new("loop", Flag, V16),
            new("rtl", Flag, V16)),
    ];

    private static ElementDefinition Row(string type, CardVersion since, params ReadOnlySpan<PropertyDefinition> own) =>
        new(type, PartCategory.Element, since, CommonProperties.Joined(own, Common));
}
