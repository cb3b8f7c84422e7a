using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>Containers, columns and tables on a narrow screen.</summary>
internal sealed class LayoutCheck(CardTree card, PartMembers members, ImageCheck images, Findings findings)
{
    private const int MostColumns = 4;

    public void Card(in CardPart part)
    {
        Background(part);
        if (part.Parent >= 0)
            return;
        FirstElement();
        if (members[Known.Padding].SaysAnyCase("none"u8))
            Edge(part);
    }

    public void Container(in CardPart part)
    {
        Background(part);
        if (members[Known.Items].IsArray && part.Json.Count == 2 && part.Json["type"u8].Exists && !part.IsInFallback)
            findings.Add(LayoutRules.IdleContainer, part.Json, "the Container has items and nothing else");
    }

    public void ColumnSet(in CardPart part)
    {
        var columns = members[Known.Columns];
        if (columns.Count == 1 && HasNothingOfItsOwn(part.Json))
            findings.Add(LayoutRules.OneColumn, part.Json, "the ColumnSet has one column");
        Widths(columns);
        var withText = 0;
        for (var inner = part.Index + 1; inner < part.End; inner = card[inner].End)
        {
            if (card[inner].Definition?.Type == "Column" && HoldsText(card[inner]))
                withText++;
        }
        if (withText > MostColumns)
            findings.Add(LayoutRules.ManyColumns, columns, $"{withText} columns have text in them");
    }

    public void Table()
    {
        if (members[Known.FirstRowAsHeaders] is { Kind: System.Text.Json.JsonValueKind.False } headers)
            findings.Add(LayoutRules.HeaderRow, headers, "the first row is no header");
        if (members[Known.FirstRowAsHeader] is { Kind: System.Text.Json.JsonValueKind.False } header)
            findings.Add(LayoutRules.HeaderRow, header, "the first row is no header");
        var columns = members[Known.Columns];
        Widths(columns);
        foreach (var row in members[Known.Rows].Items)
        {
            if (row["cells"u8].Count is var cells && columns.IsArray && cells > columns.Count)
                findings.Add(LayoutRules.ColumnsUnequal, row["cells"u8], $"the row has {cells} cells, the table {columns.Count} columns");
        }
    }

    public void Carousel()
    {
        if (members[Known.Timer] is { Exists: true } timer)
            findings.Add(AdaptiveImageRules.Timer, timer, "the pages change by themselves");
    }

    public void Background(in CardPart part)
    {
        var background = members[Known.BackgroundImage];
        if (!background.Exists)
            return;
        images.Url(background);
        if (HoldsText(part))
            findings.Add(AdaptiveImageRules.BackgroundText, background, "text stands on the picture");
    }

    private bool HoldsText(in CardPart part)
    {
        for (var inner = part.Index + 1; inner < part.End; inner++)
        {
            if (card[inner].Definition?.Type is "TextBlock" or "TextRun" or "Fact")
                return true;
        }
        return false;
    }

    private static bool HasNothingOfItsOwn(JsonNode set)
    {
        foreach (var member in set.Members)
        {
            if (!member.IsNamed("type"u8) && !member.IsNamed("columns"u8) && !member.IsNamed("spacing"u8) && !member.IsNamed("separator"u8))
                return false;
        }
        return true;
    }

    private void Widths(JsonNode columns)
    {
        double sum = 0;
        foreach (var column in columns.Items)
            sum += ShapeCheck.PixelsOf(column["width"u8]) ?? 0;
        if (sum > ImageCheck.NarrowScreen)
            findings.Add(LayoutRules.ColumnsTooWide, columns, FormattableString.Invariant($"the columns need {sum}px; a phone leaves about {ImageCheck.NarrowScreen}px"));
    }

    // What is seen first.
    private void FirstElement()
    {
        foreach (ref readonly var part in card.Parts)
        {
            if (part.Definition?.Type is "TextBlock" or "RichTextBlock" or "FactSet" || part.Category == PartCategory.Input)
                return;
            if (part.Definition?.Type != "Image")
                continue;
            if (SaysLogo(part.Json["altText"u8]) || SaysLogo(part.Json["url"u8]))
                findings.Add(AdaptiveImageRules.LogoFirst, part.Json, "the first element is a logo");
            return;
        }
    }

    // As a word of its own: a catálogo is none.
    private static bool SaysLogo(JsonNode text)
    {
        const string logo = "logo";
        if (text.Text is not { } said || said.IndexOf(logo, StringComparison.OrdinalIgnoreCase) is not (>= 0 and var at))
            return false;
        var end = at + logo.Length;
        return (at == 0 || !char.IsLetter(said[at - 1])) && (end == said.Length || !char.IsLetter(said[end]));
    }

    private void Edge(in CardPart root)
    {
        for (var inner = root.Index + 1; inner < root.End; inner = card[inner].End)
        {
            var type = card[inner].Definition?.Type;
            if (card[inner].Via?.Name == "body" && (type is "TextBlock" or "RichTextBlock" or "FactSet" || card[inner].Category == PartCategory.Input) && !card[inner].Json["padding"u8].Exists)
            {
                findings.Add(LayoutRules.TouchesEdge, card[inner].Json, "the card has no padding, and neither has this");
                return;
            }
        }
    }
}
