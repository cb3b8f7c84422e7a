using System.Diagnostics;
using ActionMail.Protocol.Cards.Lint.Checks;
using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint;

/// <summary>
/// Judges a card as its recipients' clients will: structure, the rules of protocol §4 and §5, Outlook's guidance, accessibility and narrow
/// screens. docs/lint.md lists the rules.
/// </summary>
public static class CardLint
{
    /// <summary>Judges UTF-8 text. Time is linear in its length, and every text gives a report; one that is no card has a single finding.</summary>
    public static LintReport Check(ReadOnlyMemory<byte> utf8, CardLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (utf8.Length > limits.MaxBytes)
            return Unreadable(ReadingRules.TooManyBytes, "", new(1, 1), $"the card has {utf8.Length} bytes; the limit is {limits.MaxBytes}");
        return JsonText.Read(utf8, limits.MaxJsonDepth) switch
        {
            JsonTextReading.Refused(var pointer, var position, var message) => Unreadable(ReadingRules.NotJson, pointer, position, message),
            JsonTextReading.Read(var text) => Check(text.Root, limits),
            _ => throw new UnreachableException(),
        };
    }

    private static LintReport Check(JsonNode root, CardLimits limits)
    {
        if (root["type"u8].Says("AdaptiveCard"u8))
            return CheckAdaptive(root, limits);
        if (root["@type"u8].SaysAnyCase("MessageCard"u8) || root["type"u8].SaysAnyCase("MessageCard"u8))
            return CheckMessage(root, limits);
        var type = root["type"u8].Text ?? root["@type"u8].Text;
        return Unreadable(ReadingRules.NoCard, root,
            !root.IsObject ? "a card is a JSON object" : type is null ? "there is no type" : $"the type is {Findings.Quoted(type)}");
    }

    private static LintReport CheckAdaptive(JsonNode root, CardLimits limits) => CardTree.Read(root, limits) switch
    {
        CardTreeReading.TooLarge(var place, var message) => Unreadable(ReadingRules.TooManyElements, place, message),
        CardTreeReading.Read(var tree) => new(tree, AdaptiveCardCheck.Of(tree, limits)),
        _ => throw new UnreachableException(),
    };

    private static LintReport CheckMessage(JsonNode root, CardLimits limits) => CardReader.Read(root, limits) switch
    {
        CardReading.TooLarge(var message) => Unreadable(ReadingRules.TooManyElements, root, message),
        var reading => new(root, MessageCardCheck.Of(root, reading)),
    };

    private static LintReport Unreadable(LintRule rule, JsonNode at, string message) => Unreadable(rule, at.Pointer, at.Position, message);

    private static LintReport Unreadable(LintRule rule, string pointer, JsonPosition position, string message) => new(new LintFinding(rule, pointer, position, message));
}
