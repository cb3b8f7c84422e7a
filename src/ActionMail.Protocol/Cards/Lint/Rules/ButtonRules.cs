using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Lint.LintRule;

namespace ActionMail.Protocol.Cards.Lint.Rules;

/// <summary>How actions look and what they are called, in both kinds of card.</summary>
internal sealed record ButtonRules(string Prefix, string TitleMember, string LinkType)
{
    public static readonly ButtonRules Adaptive = new("AC", "title", "Action.OpenUrl");
    public static readonly ButtonRules Message = new("MC", "name", "OpenUri");

    public LintRule TitleMissing { get; } = Warning(Prefix + "0401", "A button without a label",
        $"Add a {TitleMember} that says what will be done.",
        "The recipient sees an empty button, or none, and a screen reader has nothing to say.");

    public LintRule TitleVague { get; } = Warning(Prefix + "0402", "A label that does not say the action",
        "Name the action and its object: \"Approve report\", \"Show order\".",
        "Somebody who reads the buttons alone, or hears them, must know what they do.");

    public LintRule TitleLong { get; } = Info(Prefix + "0403", "A label that is too long for a button",
        "Take two or three words, and say the rest in a text beside it.",
        "Phones cut it off.");

    public LintRule TitleTwice { get; } = Warning(Prefix + "0404", "Two buttons of a row with the same label",
        "Give each button a label of its own.",
        "Nobody can tell them apart.");

    public LintRule SeveralPrimary { get; } = Info(Prefix + "0405", "More than one emphasized button in a row",
        "Emphasize the one that most recipients will press.",
        "Where everything stands out, nothing does.");

    public LintRule LinkForm { get; } = Error(Prefix + "0406", $"An {LinkType} that leads nowhere",
        "Write an absolute address, https://… first of all.",
        "The button does nothing.");

    public LintRule LinkNotDeep { get; } = Warning(Prefix + "0407", $"An {LinkType} that leads to a front page",
        "Link to the page of the very thing that the card is about.",
        "The recipient would have to look for it. Outlook's rules for providers demand a deep link.");

    public LintRule LinkSecret { get; } = Warning(Prefix + "0408", "A secret in a link",
        "Link to a page that asks who is there.",
        "Whoever has the mail has the secret: mails are forwarded, archived and scanned, and scanners open links.");

    // The renderer that Outlook shares drops what is over its limit; MessageCards have theirs in the format.
    public LintRule TooMany { get; } = Prefix == "AC"
        ? Warning("AC0409", "More buttons in a row than clients show",
            "Show at most five; put the rest behind an Action.ShowCard, or on the page that an Action.OpenUrl opens.",
            "Outlook's host configuration shows five; other clients leave the rest out, or fill a phone's screen with buttons.")
        : Error("MC0409", "More than four actions",
            "Show at most four; put the rest on the page that an OpenUri opens.",
            "The rest is not shown.");

    public LintRule LinkApp { get; } = Warning(Prefix + "0410", $"An {LinkType} that only an app opens",
        "Link to an https page that opens the app where it is installed.",
        "Where the app is not installed, the button does nothing; ActionMail opens http, https, mailto and tel alone.");

    public ImmutableArray<LintRule> All => [TitleMissing, TitleVague, TitleLong, TitleTwice, SeveralPrimary, LinkForm, LinkNotDeep, LinkSecret, TooMany, LinkApp];
}
