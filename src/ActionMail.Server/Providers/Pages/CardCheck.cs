using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Lint;

namespace ActionMail.Server.Providers.Pages;

/// <summary>A sample card, linted and ready to be drawn by the inbox's own renderer. Nothing of what it would call goes to the page.</summary>
/// <param name="Findings">What the lint says, in the order of the text.</param>
/// <param name="Display">The card for the renderer; null where it cannot be drawn.</param>
internal sealed record CardCheck(ImmutableArray<CardFinding> Findings, JsonElement? Display)
{
    /// <summary>The card as JSON for a script element; the default encoder escapes the angle brackets.</summary>
    public string DisplayJson => JsonSerializer.Serialize(Display);

    public static CardCheck Of(string json, CardLimits limits)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var report = CardLint.Check(bytes, limits);
        return new([.. report.Findings.Select(CardFinding.Of)], Card.Read(bytes, limits) is CardReading.Read(var card) ? CardDisplay.Of(card) : null);
    }
}

/// <summary>One finding of the lint.</summary>
internal sealed record CardFinding(string Severity, string Code, string Pointer, int Line, int Column, string Message, string Remedy)
{
    public string Tone => Severity switch
    {
        "error" => "pill-bad",
        "warning" => "pill-unsure",
        _ => "",
    };

    public static CardFinding Of(LintFinding finding) => new(
        finding.Rule.Severity.ToString().ToLowerInvariant(), finding.Rule.Code, finding.Pointer, finding.Position.Line, finding.Position.Column, finding.Message, finding.Rule.Remedy);
}
