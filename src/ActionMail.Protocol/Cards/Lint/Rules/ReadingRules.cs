using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Lint.LintRule;

namespace ActionMail.Protocol.Cards.Lint.Rules;

/// <summary>What must hold before there is a card to judge.</summary>
internal static class ReadingRules
{
    public static readonly LintRule NotJson = Error("AC0001", "The text is not strict JSON",
        "Mend the JSON at this place. A serializer makes none of these faults.",
        "A card that two parsers could read differently is refused: no comments, trailing commas, duplicate members (letter case aside), byte order mark.");

    public static readonly LintRule NoCard = Error("AC0002", "The JSON is no card",
        "Write \"type\": \"AdaptiveCard\", or \"@type\": \"MessageCard\" for the legacy format.",
        "Clients look for the type first and show nothing else.");

    public static readonly LintRule TooManyBytes = Error("AC0003", "The card is too large",
        "Send less: shorter texts, pictures by URL and not in the card.",
        "Larger cards are not shown at all.");

    public static readonly LintRule TooManyElements = Error("AC0004", "The card has too many elements, or they are nested too deep",
        "Flatten the layout, show the most important part, and link to the rest with Action.OpenUrl.",
        "Such a card is not shown at all.");

    public static readonly LintRule MoreFindings = Info("AC0005", "There are more findings than are listed",
        "Mend these first, then lint again.",
        "The list ends here so that a faulty generator cannot drown its reader.");

    public static readonly LintRule FileNotRead = Error("AC0006", "The file cannot be read",
        "Check the path and the permissions.",
        "What is not read is not judged. Only the command line gives this code.");

    public static ImmutableArray<LintRule> All => [NotJson, NoCard, TooManyBytes, TooManyElements, MoreFindings, FileNotRead];
}
