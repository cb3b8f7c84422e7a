using System.Text;
using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>How the texts of an Adaptive Card look and are read aloud.</summary>
internal sealed class TextBlockCheck(CardTree card, PartMembers members, TextCheck texts, Findings findings)
{
    private const int LongestLine = 60;
    private const int LongestSmall = 120;
    private const int LongestHeading = 80;
    private static readonly CardVersion KnowsHeadings = new(1, 5);

    private readonly bool _knowsHeadings = card.Version >= KnowsHeadings;

    public void TextBlock(in CardPart part)
    {
        var block = part.Json;
        var text = members[Known.Text];
        texts.Markdown(text);
        if (!text.IsString)
            return;
        var length = text.Bytes.Length;
        if (length > LongestLine && members[Known.Wrap].Kind != System.Text.Json.JsonValueKind.True)
            findings.Add(AdaptiveTextRules.NoWrap, text, $"the text has {text.Text!.Length} characters and no wrap");
        Color(text);
        if (members[Known.Size] is { Exists: true } size)
            Size(block, text, size);
    }

    public void TextRun()
    {
        var text = members[Known.Text];
        texts.Plain(text);
        if (text.IsString && (text.Bytes.IndexOf("]("u8) >= 0 || HasPair(text.Bytes, "**"u8)))
            findings.Add(AdaptiveTextRules.MarkdownInRun, text, "the text has Markdown");
        Color(text);
    }

    public void Fact()
    {
        texts.Markdown(members[Known.Title]);
        texts.Markdown(members[Known.Value]);
    }

    private void Size(JsonNode block, JsonNode text, JsonNode size)
    {
        if (size.SaysAnyCase("small"u8) && text.Bytes.Length > LongestSmall)
            findings.Add(AdaptiveTextRules.Tiny, size, $"the text has {text.Text!.Length} characters");
        var isHeadline = (size.SaysAnyCase("large"u8) || size.SaysAnyCase("extraLarge"u8)) && members[Known.Weight].SaysAnyCase("bolder"u8);
        if (_knowsHeadings && isHeadline && !members[Known.Style].Exists && text.Bytes.Length <= LongestHeading && HasLetters(text))
            findings.Add(AdaptiveTextRules.FalseHeading, block, "the text is large and bold, and has no style");
    }

    private void Color(JsonNode text)
    {
        var color = members[Known.Color];
        if (IsState(color) && text.IsString && !string.IsNullOrWhiteSpace(text.Text) && !HasLetters(text))
            findings.Add(AdaptiveTextRules.ColorAlone, text, $"{Findings.Quoted(text.Text!)} says nothing but its colour");
    }

    private static bool IsState(JsonNode color) =>
        color.Exists && (color.SaysAnyCase("attention"u8) || color.SaysAnyCase("warning"u8) || color.SaysAnyCase("good"u8));

    private static bool HasLetters(JsonNode text)
    {
        foreach (var rune in text.Text!.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                return true;
        }
        return false;
    }

    private static bool HasPair(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark) =>
        text.IndexOf(mark) is var first and >= 0 && text[(first + mark.Length)..].IndexOf(mark) > 0;
}
