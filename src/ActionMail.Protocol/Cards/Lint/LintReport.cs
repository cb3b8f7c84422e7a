using System.Collections.Immutable;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint;

/// <summary>
/// What the lint says of one text. <see cref="Kind"/> and <see cref="Version"/> are null where the text does not say them; the findings
/// are in the order of the text.
/// </summary>
public sealed class LintReport
{
    internal LintReport(LintFinding unreadable) => Findings = [unreadable];

    internal LintReport(CardTree tree, ImmutableArray<LintFinding> findings) =>
        (Kind, Tree, Json, Findings) = (CardKind.AdaptiveCard, tree, tree.Json, findings);

    internal LintReport(JsonNode messageCard, ImmutableArray<LintFinding> findings) =>
        (Kind, Json, Findings) = (CardKind.MessageCard, messageCard, findings);

    /// <summary>Whether the text is a card at all: strict JSON of a known kind, within the limits.</summary>
    public bool IsReadable => Kind is not null;

    /// <summary>Which kind of card; null when the text is not readable.</summary>
    public CardKind? Kind { get; }

    /// <summary>The version that an Adaptive Card says it is of, as it is written; null when it says none, and for a MessageCard, which has none.</summary>
    public string? Version => Tree?.Json["version"u8].Text;

    /// <summary>The findings in the order of the text.</summary>
    public ImmutableArray<LintFinding> Findings { get; }

    /// <summary>The card's JSON; not there when the text is not readable.</summary>
    public JsonNode Json { get; }

    /// <summary>The parts of an Adaptive Card; null for anything else.</summary>
    public CardTree? Tree { get; }

    /// <summary>Whether a client refuses the card, or an action of it is lost.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Rule.Severity == LintSeverity.Error);
}
