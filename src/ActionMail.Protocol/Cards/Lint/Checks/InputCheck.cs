using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>The inputs of an Adaptive Card: named, labelled, and with values that somebody can enter.</summary>
internal sealed class InputCheck(CardTree card, PartMembers members, TextCheck texts, InputUse use, Findings findings)
{
    private static readonly CardVersion KnowsLabels = new(1, 3);

    private readonly bool _knowsLabels = card.Version is null || card.Version >= KnowsLabels;

    public void Input(in CardPart part)
    {
        var input = part.Json;
        use.Add(input, part.Index, findings);
        texts.Plain(members[Known.Label]);
        if (members[Known.Label] is { IsString: false } or { Bytes.IsEmpty: true } && !IsLabelledOtherwise(part))
            findings.Add(InputRules.Adaptive.LabelMissing, input, members[Known.Placeholder].IsString ? "there is a placeholder and no label" : "there is no label");
        if (members[Known.IsRequired].IsTrue && !members[Known.ErrorMessage].IsString && _knowsLabels)
            findings.Add(AdaptiveInputRules.RequiredWithoutMessage, input, "there is no errorMessage");
        switch (part.Definition!.Type)
        {
            case "Input.Time": findings.Add(AdaptiveInputRules.TimeNotShown, input, "Input.Time is not shown"); break;
            case "Input.Number" or "Input.Date": Range(); break;
            case "Input.ChoiceSet": ChoiceCheck.Of(InputRules.Adaptive, input, members[Known.Choices], findings); break;
            case "Input.Text": Regex(members[Known.Regex]); break;
        }
    }

    // A toggle has its title beside it; and where clients know no label, the text right before an input stands for it.
    private bool IsLabelledOtherwise(in CardPart part) =>
        part.Definition!.Type == "Input.Toggle" || (!_knowsLabels && card[part.Index - 1].Definition?.Type is "TextBlock" or "TextRun");

    private void Range()
    {
        var (min, max) = (members[Known.Min], members[Known.Max]);
        if (min.Number > max.Number || (min.Text is { Length: 10 } first && max.Text is { Length: 10 } last && string.CompareOrdinal(first, last) > 0))
            findings.Add(AdaptiveInputRules.RangeEmpty, min, $"min {min.RawText} is above max {max.RawText}");
    }

    private void Regex(JsonNode regex)
    {
        if (regex.Text is { } pattern && RegexSyntax.FaultOf(pattern) is { } fault)
            findings.Add(AdaptiveInputRules.RegexForm, regex, $"{Findings.Quoted(pattern)}: {fault}");
    }
}
