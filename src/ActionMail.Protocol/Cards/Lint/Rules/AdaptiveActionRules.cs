using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Lint.LintRule;

namespace ActionMail.Protocol.Cards.Lint.Rules;

/// <summary>Actions that only Adaptive Cards have, and how they go together. Protocol §4.</summary>
internal static class AdaptiveActionRules
{
    public static readonly LintRule MethodUnknown = Error("AC0501", "An Action.Http whose method is neither GET nor POST",
        "Write POST for what changes something, GET for what only reads.",
        "The card is refused.");

    public static readonly LintRule PostWithoutBody = Error("AC0502", "A POST without a body",
        "Add a body, \"{}\" if there is nothing to say.",
        "The card is refused.");

    public static readonly LintRule GetWithBody = Info("AC0503", "A GET with a body",
        "Put the values into the URL, or use POST.",
        "The body is not sent.");

    public static readonly LintRule BodyNotText = Info("AC0504", "A body that is JSON and not a text",
        "Write the body as a text: serialize it once more.",
        "ActionMail takes both; Outlook documents a text.");

    public static readonly LintRule SubmitNotShown = Warning("AC0505", "Action.Submit is not shown in mail",
        "Use Action.Http (version 1.0) or Action.Execute (version 1.4 and above).",
        "There is no bot that the inputs could be submitted to; the button is left out. Senders who give chats and mails the same card mix it in.");

    public static readonly LintRule TwoModels = Error("AC0506", "Action.Http and Action.Execute in one card",
        "Use one model: Action.Http calls your URL, Action.Execute your registered endpoint.",
        "Each client carries out one of them and leaves the other out.");

    public static readonly LintRule ExecuteTooOld = Error("AC0507", "Action.Execute below version 1.4",
        "Write \"version\": \"1.4\" or above.",
        "Clients do not know it at the card's version; the button is left out.");

    public static readonly LintRule ToggleTargetMissing = Warning("AC0508", "Action.ToggleVisibility names an element that is not there",
        "Correct the id, or add it to the element.",
        "The button does nothing, or less than it should.");

    public static readonly LintRule LinkedActionMissing = Error("AC0509", "A text links to an action that the card does not have",
        "Add the action to resources.actions under this id, or correct the link.",
        "The link does nothing.");

    public static readonly LintRule LinkedActionUnused = Info("AC0510", "An action in resources.actions that no text links to",
        "Link it, [text](action:id), or remove it.",
        "Nobody can press it.");

    public static readonly LintRule ShowCardNested = Warning("AC0511", "A card within a card within the card",
        "Show the second step in the first card, or answer with a new card.",
        "On a phone nobody finds the way back; several clients do not open it.");

    public static readonly LintRule SelectShowCard = Error("AC0512", "selectAction is an Action.ShowCard",
        "Use Action.ToggleVisibility, or a button.",
        "The Adaptive Cards specification does not allow it; clients leave the action out.");

    public static readonly LintRule AddInIdForm = Warning("AC0513", "An addInId that is no UUID",
        "Copy the id from the add-in's manifest.",
        "The client finds no such add-in and has none to offer.");

    public static readonly LintRule ExecuteWithoutVerb = Info("AC0514", "Action.Execute without a verb",
        "Add a verb that names what is to be done.",
        "The endpoint must tell its actions apart by data alone.");

    public static ImmutableArray<LintRule> All =>
    [
        MethodUnknown, PostWithoutBody, GetWithBody, BodyNotText, SubmitNotShown, TwoModels, ExecuteTooOld, ToggleTargetMissing, LinkedActionMissing,
        LinkedActionUnused, ShowCardNested, SelectShowCard, AddInIdForm, ExecuteWithoutVerb,
    ];
}
