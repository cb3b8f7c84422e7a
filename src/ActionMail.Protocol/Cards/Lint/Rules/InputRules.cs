using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Lint.LintRule;

namespace ActionMail.Protocol.Cards.Lint.Rules;

/// <summary>Inputs, in both kinds of card. Protocol §4.</summary>
internal sealed record InputRules(string Prefix)
{
    public static readonly InputRules Adaptive = new("AC");
    public static readonly InputRules Message = new("MC");

    public LintRule IdMissing { get; } = Error(Prefix + "0601", "An input without an id",
        "Give it an id.",
        "Its value cannot be sent: no action can name it.");

    public LintRule IdTwice { get; } = Error(Prefix + "0602", "Two inputs with the same id",
        "Give each input an id of its own, letter case aside.",
        "The card is refused: it would be open which value counts.");

    public LintRule NeverRead { get; } = Warning(Prefix + "0603", "An input that no action reads",
        "Name it in a url, header or body, {{id.value}}, or remove it.",
        "What the recipient enters is lost.");

    public LintRule LabelMissing { get; } = Warning(Prefix + "0604", "An input without a label",
        Prefix == "AC" ? "Add a label (version 1.3 and above), or at version 1.0 a text right before it." : "Add a title.",
        "A screen reader cannot say what is asked. A placeholder is gone as soon as something is typed.");

    public LintRule ChoicesMissing { get; } = Warning(Prefix + "0605", "A choice without choices",
        "Add choices, each with a text to show and a value.",
        "Nothing can be chosen.");

    public LintRule ValueNoChoice { get; } = Warning(Prefix + "0606", "A preset value that is none of the choices",
        "Take the value of a choice, or leave it out.",
        "Clients show no choice, or the wrong one.");

    public LintRule ChoiceTwice { get; } = Warning(Prefix + "0607", "Two choices with the same value",
        "Give each choice a value of its own.",
        "The service cannot tell which was meant.");

    public ImmutableArray<LintRule> All => [IdMissing, IdTwice, NeverRead, LabelMissing, ChoicesMissing, ValueNoChoice, ChoiceTwice];
}

/// <summary>Inputs that only Adaptive Cards have.</summary>
internal static class AdaptiveInputRules
{
    public static readonly LintRule TimeNotShown = Warning("AC0611", "Input.Time is not shown in Outlook",
        "Use Input.Text with a placeholder such as \"14:30\", and check the value on the service.",
        "The input is left out, and its value is empty.");

    public static readonly LintRule RequiredWithoutMessage = Info("AC0612", "A required input without an errorMessage",
        "Add an errorMessage that says what is wanted.",
        "The recipient reads a general sentence when something is missing.");

    public static readonly LintRule RangeEmpty = Warning("AC0613", "A smallest value above the largest",
        "Exchange min and max.",
        "No value is valid, so no button that reads the input works.");

    public static readonly LintRule RegexForm = Warning("AC0614", "A regex that is no regular expression",
        "Correct it: it is read as ECMAScript reads it.",
        "No value is checked, or none is valid.");

    public static ImmutableArray<LintRule> All => [TimeNotShown, RequiredWithoutMessage, RangeEmpty, RegexForm];
}
