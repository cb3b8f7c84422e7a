using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Lint.LintRule;

namespace ActionMail.Protocol.Cards.Lint.Rules;

/// <summary>Containers, columns, tables and what is hidden: Outlook's guidance for narrow screens.</summary>
internal static class LayoutRules
{
    public static readonly LintRule ColumnsTooWide = Warning("AC0901", "Columns whose pixels do not fit on a phone",
        "Use auto, stretch or weights for what may shrink.",
        "Pixel widths do not shrink: below their sum the card is cut off or scrolls sideways.");

    public static readonly LintRule ManyColumns = Info("AC0902", "Many columns side by side",
        "Use at most four with text in them, or rows with a FactSet.",
        "On a phone each is a few letters wide.");

    public static readonly LintRule OneColumn = Info("AC0903", "A ColumnSet with one column",
        "Put the elements where the ColumnSet is.",
        "Columns are for what stands side by side.");

    public static readonly LintRule IdleContainer = Info("AC0904", "A Container that does nothing",
        "Put its items in its place.",
        "A Container is for emphasis, for a selectAction, or for what is shown and hidden together; else it is only weight.");

    public static readonly LintRule TouchesEdge = Info("AC0905", "Text that touches the edge of the card",
        "Give its container \"padding\": \"Default\", or leave \"padding\": \"None\" of the card out.",
        "Without padding the text begins on the border.");

    public static readonly LintRule NeverVisible = Warning("AC0906", "An element that nothing ever shows",
        "Add an Action.ToggleVisibility that names its id, or remove it.",
        "It is hidden from the beginning, and nothing shows it.");

    public static readonly LintRule ColumnsUnequal = Warning("AC0907", "A table row with more cells than columns",
        "Add a column, or remove the cell.",
        "The cell is not shown.");

    public static readonly LintRule HeaderRow = Info("AC0908", "A table that says it has no header row",
        "Make the first row the headers, and leave firstRowAsHeaders as it is.",
        "A screen reader names each cell by its header.");

    public static ImmutableArray<LintRule> All => [ColumnsTooWide, ManyColumns, OneColumn, IdleContainer, TouchesEdge, NeverVisible, ColumnsUnequal, HeaderRow];
}
