using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Lint.LintRule;

namespace ActionMail.Protocol.Cards.Lint.Rules;

/// <summary>Elements and members against the vocabulary of Adaptive Cards 1.0 to 1.6 with Outlook's own.</summary>
internal static class StructureRules
{
    public static readonly LintRule ElementUnknown = Warning("AC0101", "An element of a type that no client knows",
        "Correct the type, or give the element a fallback.",
        "Clients leave unknown elements out, with all that is in them.");

    public static readonly LintRule ActionUnknown = Error("AC0102", "An action of a type that no client knows",
        "Correct the type, or give the action a fallback.",
        "The button is not shown.");

    public static readonly LintRule MemberUnknown = Info("AC0103", "A member that its element does not have",
        "Check the spelling, letter case included; remove it if it is not needed.",
        "Clients pass unknown members over without a word.");

    public static readonly LintRule ShapeWrong = Warning("AC0104", "A value of the wrong kind",
        "Write the value in the form that the message names.",
        "Clients use their default, or leave the element out.");

    public static readonly LintRule MemberMissing = Warning("AC0105", "A member is missing that an element must have",
        "Add the member.",
        "Clients leave the element out, or show an empty one.");

    public static readonly LintRule ActionMemberMissing = Error("AC0106", "A member is missing that an action must have",
        "Add the member.",
        "The button is not shown, or does nothing.");

    public static readonly LintRule WordUnknown = Warning("AC0107", "A word that is none of the choices",
        "Take one of the words that the message lists.",
        "Clients use their default.");

    public static readonly LintRule OutOfRange = Warning("AC0108", "A number outside its range",
        "Take a number within the range.",
        "Clients use their default, or leave the element out.");

    public static readonly LintRule MemberTooNew = Info("AC0109", "A member that is newer than the card's version",
        "Raise the card's version, or do without the member.",
        "A client of the card's version passes the member over; a newer one may use it, so the card looks different from client to client.");

    public static readonly LintRule TypeTooNew = Warning("AC0110", "An element or action that is newer than the card's version",
        "Raise the card's version, give the element a fallback, or take an older one.",
        "A client of the card's version does not know it and leaves it out.");

    public static readonly LintRule WrongPlace = Warning("AC0111", "An element where there may be none of its type",
        "Move it: elements into body or items, columns into a ColumnSet, rows into a Table.",
        "Clients leave it out.");

    public static readonly LintRule ActionWrongPlace = Error("AC0112", "An action where there may be none",
        "Move it into actions, selectAction or an ActionSet.",
        "Clients leave it out.");

    public static readonly LintRule TypeMissing = Warning("AC0113", "An element without a type",
        "Add the type.",
        "Clients cannot know what it is and leave it out.");

    public static readonly LintRule IdTwice = Warning("AC0114", "Two elements with the same id",
        "Give each element an id of its own.",
        "Action.ToggleVisibility reaches one of them only.");

    public static ImmutableArray<LintRule> All =>
    [
        ElementUnknown, ActionUnknown, MemberUnknown, ShapeWrong, MemberMissing, ActionMemberMissing, WordUnknown, OutOfRange, MemberTooNew, TypeTooNew,
        WrongPlace, ActionWrongPlace, TypeMissing, IdTwice,
    ];
}
