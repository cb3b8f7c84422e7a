using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Lint.LintRule;

namespace ActionMail.Protocol.Cards.Lint.Rules;

/// <summary>The members of the card itself. Protocol §4.</summary>
internal static class CardRules
{
    public static readonly LintRule VersionMissing = Warning("AC0201", "The card does not say its version",
        "Add \"version\": \"1.0\" for a card with Action.Http, \"1.4\" for one with Action.Execute.",
        "Each client takes a version of its own choice.");

    public static readonly LintRule VersionUnknown = Warning("AC0202", "A version that is not known",
        "Write one of 1.0 to 1.6, as a text.",
        "A client that does not know the version shows no card, only the mail's own text.");

    public static readonly LintRule OriginatorMissing = Info("AC0203", "The card does not say its originator",
        "Add the provider id of the registration. In a signed card the claim says it, and the member may be left out.",
        "A card of an unknown originator is shown to nobody but its own sender.");

    public static readonly LintRule CorrelationIdForm = Warning("AC0204", "A correlationId that is no UUID",
        "Write a new UUID for each card, or leave the member out.",
        "It comes back in Card-Correlation-Id, by which both sides find a click in their logs.");

    public static readonly LintRule ExpectedActorsShape = Error("AC0205", "expectedActors is no list of addresses",
        "Write an array of texts, each one address.",
        "The card is refused: anything else would leave everybody free to act.");

    public static readonly LintRule ExpectedActorForm = Warning("AC0206", "An expected actor that is no address",
        "Write local@domain, without a name and without angle brackets.",
        "Nobody has such an address, so nobody can act in its name.");

    public static readonly LintRule HideBodyWithoutText = Warning("AC0207", "The mail's text is hidden behind a card that says nothing",
        "Put into the card what the recipient must know, or leave hideOriginalBody out.",
        "The recipient sees buttons and not what they are about.");

    public static readonly LintRule RefreshWithoutExecute = Error("AC0208", "A refresh whose action is no Action.Execute",
        "Give refresh an action of type Action.Execute with a verb, or use autoInvokeAction in a card with Action.Http.",
        "The card is never refreshed.");

    public static readonly LintRule RefreshUserIds = Info("AC0209", "refresh.userIds has no effect in mail",
        "Leave it out.",
        "It lists the members of a chat; in a mail each recipient's own card is refreshed.");

    public static readonly LintRule AutoInvokeAlone = Error("AC0210", "Nothing in the card but an autoInvokeAction",
        "Add a body that makes sense before the answer comes, and if it never comes.",
        "The card is refused.");

    public static readonly LintRule AutoInvokeForm = Error("AC0211", "An autoInvokeAction that is no POST of Action.Http",
        "Make it an Action.Http with the method POST and a body.",
        "Nothing is called when the mail is opened.");

    public static readonly LintRule NothingToShow = Warning("AC0212", "The card shows nothing",
        "Add elements to body.",
        "The recipient sees an empty frame.");

    public static readonly LintRule VersionTrap = Warning("AC0213", "A version and an action model that Outlook on Mac, iOS and Android does not show together",
        "Take version 1.0 with Action.Http, or 1.4 or above with Action.Execute.",
        "These clients know just these two combinations. The rest is lost without a word.");

    public static readonly LintRule LanguageForm = Info("AC0214", "A lang that is no language tag",
        "Write a tag such as \"en\" or \"de-CH\".",
        "Dates are formatted and texts are read aloud in another language.");

    public static ImmutableArray<LintRule> All =>
    [
        VersionMissing, VersionUnknown, OriginatorMissing, CorrelationIdForm, ExpectedActorsShape, ExpectedActorForm, HideBodyWithoutText, RefreshWithoutExecute,
        RefreshUserIds, AutoInvokeAlone, AutoInvokeForm, NothingToShow, VersionTrap, LanguageForm,
    ];
}
