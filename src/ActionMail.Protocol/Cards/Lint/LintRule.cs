namespace ActionMail.Protocol.Cards.Lint;

/// <summary>
/// One rule of the catalogue. <paramref name="Code"/> is stable: AC and four digits for Adaptive Cards, MC for MessageCards. <paramref name="Title"/> names
/// the fault, <paramref name="Remedy"/> says what to do, and <paramref name="Why"/> what would happen otherwise. docs/lint.md is written from it.
/// </summary>
public sealed record LintRule(string Code, LintSeverity Severity, string Title, string Remedy, string Why)
{
    /// <summary>The place in the documentation that explains the rule.</summary>
    public string Doc { get; } = $"docs/lint.md#{Code.ToLowerInvariant()}";

    internal static LintRule Error(string code, string title, string remedy, string why) => new(code, LintSeverity.Error, title, remedy, why);

    internal static LintRule Warning(string code, string title, string remedy, string why) => new(code, LintSeverity.Warning, title, remedy, why);

    internal static LintRule Info(string code, string title, string remedy, string why) => new(code, LintSeverity.Info, title, remedy, why);
}
