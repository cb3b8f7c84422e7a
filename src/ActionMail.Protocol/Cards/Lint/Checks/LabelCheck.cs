using System.Collections.Frozen;
using ActionMail.Protocol.Cards.Lint.Rules;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>Whether a button's label says what it does.</summary>
internal static class LabelCheck
{
    private const int LongestLabel = 40;

    // Labels that say nothing without what stands around them.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Vague = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "click", "click here", "click me", "click this", "here", "press here", "tap here", "ok", "okay", "yes", "no", "go", "submit", "button", "action", "link",
        "this link", "do it", "execute", "test")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public static void Check(ButtonRules rules, JsonNode action, JsonNode title, Findings findings)
    {
        if (title.Text is not { } text || string.IsNullOrWhiteSpace(text))
        {
            findings.Add(rules.TitleMissing, title.Exists ? title : action, $"the {rules.TitleMember} is {(title.IsString ? "empty" : "missing")}");
            return;
        }
        if (Vague.Contains(text.AsSpan().Trim(" !.?…>→»")))
            findings.Add(rules.TitleVague, title, $"{Findings.Quoted(text)} does not say what will be done");
        else if (text.Length > LongestLabel)
            findings.Add(rules.TitleLong, title, $"the label has {text.Length} characters");
    }
}
