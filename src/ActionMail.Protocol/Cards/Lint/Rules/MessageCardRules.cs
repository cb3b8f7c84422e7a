using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Lint.LintRule;

namespace ActionMail.Protocol.Cards.Lint.Rules;

/// <summary>The legacy MessageCard format. Protocol §4.</summary>
internal static class MessageCardRules
{
    public static readonly LintRule TextMissing = Error("MC0101", "A MessageCard with neither text nor summary",
        "Add a summary: one line that says what the card is about.",
        "Outlook refuses the card.");

    public static readonly LintRule ContextUnknown = Warning("MC0102", "A MessageCard without its @context",
        "Write \"@context\": \"https://schema.org/extensions\".",
        "Outlook finds a card in a mail by @type and @context together.");

    public static readonly LintRule ManySections = Warning("MC0103", "More than ten sections",
        "Show at most ten, and link to the rest.",
        "The rest is not shown.");

    public static readonly LintRule ActionUnknown = Error("MC0104", "An action of a type that MessageCards do not have",
        "Use OpenUri, HttpPOST, ActionCard or InvokeAddInCommand.",
        "The button is not shown.");

    public static readonly LintRule ActionCardNested = Error("MC0105", "An ActionCard within an ActionCard",
        "Use OpenUri and HttpPOST in an ActionCard.",
        "The inner one is not shown.");

    public static readonly LintRule ActionCardEmpty = Error("MC0106", "An ActionCard without an action",
        "Add an HttpPOST that sends its inputs.",
        "It opens, and nothing can be pressed.");

    public static readonly LintRule InputUnknown = Warning("MC0107", "An input of a type that MessageCards do not have",
        "Use TextInput, DateInput or MultichoiceInput.",
        "The input is not shown.");

    public static readonly LintRule ViewAction = Info("MC0108", "ViewAction is outdated",
        "Use OpenUri with targets.",
        "Newer clients may leave it out.");

    public static readonly LintRule TargetsMissing = Error("MC0109", "An OpenUri without a default target",
        "Add {\"os\": \"default\", \"uri\": …} to targets.",
        "Where no target is for the recipient's system, the button does nothing.");

    public static readonly LintRule OsUnknown = Warning("MC0110", "A target for a system that is not known",
        "Use default, windows, iOS or android.",
        "The target is never taken.");

    public static readonly LintRule MemberUnknown = Info("MC0111", "A member that MessageCards do not have here",
        "Check the spelling, letter case included; remove it if it is not needed.",
        "Clients pass unknown members over without a word.");

    public static readonly LintRule ShapeWrong = Warning("MC0112", "A value of the wrong kind",
        "Write the value in the form that the message names.",
        "Clients pass it over.");

    public static readonly LintRule FactIncomplete = Warning("MC0113", "A fact without a name or a value",
        "Write both.",
        "Half of a line is empty.");

    public static readonly LintRule SectionEmpty = Warning("MC0114", "A section with nothing in it",
        "Remove it.",
        "It is an empty space.");

    public static readonly LintRule BodyTypeUnknown = Warning("MC0115", "A bodyContentType that is not known",
        "Use application/json or application/x-www-form-urlencoded.",
        "Input values are escaped for one of these two.");

    public static readonly LintRule AddInIncomplete = Error("MC0116", "An InvokeAddInCommand without addInId or desktopCommandId",
        "Add both, from the add-in's manifest.",
        "The client does not know what to open.");

    public static readonly LintRule OriginatorMissing = Info("MC0201", "The card does not say its originator",
        "Add the provider id of the registration. In a signed card the claim says it, and the member may be left out.",
        "A card of an unknown originator is shown to nobody but its own sender.");

    public static readonly LintRule CorrelationIdForm = Warning("MC0202", "A correlationId that is no UUID",
        "Write a new UUID for each card, or leave the member out.",
        "It comes back in Card-Correlation-Id, by which both sides find a click in their logs.");

    public static readonly LintRule ExpectedActorsShape = Error("MC0203", "expectedActors is no list of addresses",
        "Write an array of texts, each one address.",
        "The card is refused: anything else would leave everybody free to act.");

    public static readonly LintRule ExpectedActorForm = Warning("MC0206", "An expected actor that is no address",
        "Write local@domain, without a name and without angle brackets.",
        "Nobody has such an address, so nobody can act in its name.");

    public static readonly LintRule ThemeColorForm = Warning("MC0204", "A themeColor that is no colour",
        "Write six hexadecimal digits: 0078D7.",
        "The client uses its own colour.");

    public static readonly LintRule NotOnPhones = Info("MC0205", "Outlook on Mac, iOS and Android does not show MessageCards",
        "Send an Adaptive Card: actionmail card convert makes one.",
        "These clients show the mail's own text alone.");

    public static ImmutableArray<LintRule> All =>
    [
        TextMissing, ContextUnknown, ManySections, ActionUnknown, ActionCardNested, ActionCardEmpty, InputUnknown, ViewAction, TargetsMissing, OsUnknown,
        MemberUnknown, ShapeWrong, FactIncomplete, SectionEmpty, BodyTypeUnknown, AddInIncomplete, OriginatorMissing, CorrelationIdForm, ExpectedActorsShape,
        ExpectedActorForm, ThemeColorForm, NotOnPhones,
    ];
}
