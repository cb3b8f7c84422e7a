using System.Collections.Immutable;
using static ActionMail.Protocol.Cards.Lint.LintRule;

namespace ActionMail.Protocol.Cards.Lint.Rules;

/// <summary>Texts, in both kinds of card: what Outlook's guidance and WCAG ask of them.</summary>
internal sealed record TextRules(string Prefix)
{
    public static readonly TextRules Adaptive = new("AC");
    public static readonly TextRules Message = new("MC");

    public LintRule Html { get; } = Warning(Prefix + "0701", "HTML in a text",
        "Use Markdown: **bold**, *italics*, [text](https://…), lists.",
        "HTML is shown as it is written, brackets and all.");

    public LintRule MarkdownBeyond { get; } = Warning(Prefix + "0702", "Markdown that cards do not have",
        "Use an Image element, a Table or FactSet, or plain text in its place.",
        "It is shown as it is written. There are emphasis, links, headings and lists; no pictures, tables, code blocks and quotes.");

    public LintRule LinkScheme { get; } = Warning(Prefix + "0703", "A link in a text that clients do not open",
        "Link to an absolute http, https, mailto or tel address.",
        "The link does nothing.");

    public LintRule LinkVague { get; } = Warning(Prefix + "0704", "A link whose words do not say where it leads",
        "Let the words name the target: [the order](https://…).",
        "Somebody who hears the links alone hears \"here\" and \"here\".");

    public LintRule LinkSecret { get; } = Warning(Prefix + "0705", "A secret in a link of a text",
        "Link to a page that asks who is there.",
        "Whoever has the mail has the secret: mails are forwarded, archived and scanned, and scanners open links.");

    public LintRule Spacing { get; } = Info(Prefix + "0706", "Blanks that make a width or a distance",
        "Use spacing, columns and horizontalAlignment.",
        "Blanks are run together or break differently on each screen, and &nbsp; may be shown as it is written.");

    public LintRule LongWord { get; } = Warning(Prefix + "0707", "A word that is wider than a phone",
        "Shorten it, or make it the target of a link with shorter words.",
        "It is cut off, or widens the whole card.");

    public LintRule DateFunction { get; } = Warning(Prefix + "0708", "A date function that cannot be read",
        "Write {{DATE(2026-03-31T14:30:00Z, SHORT)}}: seconds and an offset or Z, no fractions.",
        "The recipient reads the function itself.");

    public LintRule TooLong { get; } = Info(Prefix + "0709", "A card with very much text",
        "Say what is to be decided, and link to the rest.",
        "Cards are read at a glance; long ones fill several screens of a phone.");

    public LintRule HeadingSkipped { get; } = Info(Prefix + "0710", "Headings that skip a level",
        "Go from # to ## to ###.",
        "Somebody who jumps from heading to heading looks for what is missing.");

    public LintRule TemplateLeft { get; } = Warning(Prefix + "0720", "A template that was not expanded",
        "Expand the template with its data before the card is sent: actionmail card expand.",
        "Mail clients do not expand templates; the recipient reads the expression.");

    public ImmutableArray<LintRule> All => [Html, MarkdownBeyond, LinkScheme, LinkVague, LinkSecret, Spacing, LongWord, DateFunction, TooLong, HeadingSkipped, TemplateLeft];
}

/// <summary>Texts as only Adaptive Cards have them.</summary>
internal static class AdaptiveTextRules
{
    public static readonly LintRule NoWrap = Info("AC0711", "A long text that does not wrap",
        "Add \"wrap\": true.",
        "A text without wrap is one line, and a phone cuts it off.");

    public static readonly LintRule Tiny = Info("AC0712", "A long text in small letters",
        "Use the default size.",
        "It is hard to read on a phone.");

    public static readonly LintRule ColorAlone = Warning("AC0713", "A state that is told by colour alone",
        "Add a word: \"late\", \"paid\".",
        "Somebody who does not see the colour, or hears the card, does not learn it. WCAG 1.4.1.");

    public static readonly LintRule FalseHeading = Info("AC0714", "A headline that is not marked as one",
        "Add \"style\": \"heading\" (version 1.5 and above).",
        "Somebody who jumps from heading to heading does not find it.");

    public static readonly LintRule MarkdownInRun = Info("AC0715", "Markdown in a TextRun",
        "Use the run's weight, italic, strikethrough and selectAction.",
        "A RichTextBlock shows Markdown as it is written.");

    public static ImmutableArray<LintRule> All => [NoWrap, Tiny, ColorAlone, FalseHeading, MarkdownInRun];
}
