using System.Collections.Immutable;
using ActionMail.Protocol.Cards.Lint.Rules;

namespace ActionMail.Protocol.Cards.Lint;

/// <summary>The closed list of rules, in the order of their codes, Adaptive Cards first.</summary>
public static class LintCatalog
{
    /// <summary>Every rule.</summary>
    public static ImmutableArray<LintRule> All { get; } =
    [
        .. ((IEnumerable<ImmutableArray<LintRule>>)
        [
            ReadingRules.All, StructureRules.All, CardRules.All, TargetRules.Adaptive.All, ButtonRules.Adaptive.All, AdaptiveActionRules.All,
            InputRules.Adaptive.All, AdaptiveInputRules.All, TextRules.Adaptive.All, AdaptiveTextRules.All, ImageRules.Adaptive.All, AdaptiveImageRules.All,
            LayoutRules.All, MessageCardRules.All, TargetRules.Message.All, ButtonRules.Message.All, InputRules.Message.All, TextRules.Message.All, ImageRules.Message.All,
        ]).SelectMany(rules => rules).OrderBy(rule => rule.Code, StringComparer.Ordinal),
    ];

    /// <summary>For whoever reads files: one could not be read, so that there was nothing to judge.</summary>
    public static LintRule FileNotRead => ReadingRules.FileNotRead;
}
