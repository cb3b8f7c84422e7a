using ActionMail.Protocol.Cards.Lint.Rules;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>The choices of an Input.ChoiceSet or a MultichoiceInput.</summary>
internal static class ChoiceCheck
{
    public static void Of(InputRules rules, JsonNode input, JsonNode choices, Findings findings)
    {
        if (choices.Count == 0)
        {
            // Choices may come from a query.
            if (!input["choices.data"u8].IsObject)
                findings.Add(rules.ChoicesMissing, choices.Exists ? choices : input, "there is nothing to choose");
            return;
        }
        var values = new HashSet<string>(StringComparer.Ordinal);
        foreach (var choice in choices.Items)
        {
            if (choice["value"u8].Text is { } value && !values.Add(value))
                findings.Add(rules.ChoiceTwice, choice["value"u8], $"{Findings.Quoted(value)} is the value of another choice too");
        }
        if (!input["choices.data"u8].IsObject)
            Preset(rules, input, values, findings);
    }

    private static void Preset(InputRules rules, JsonNode input, HashSet<string> values, Findings findings)
    {
        if (input["value"u8].Text is not { Length: > 0 } preset || preset.Contains("${", StringComparison.Ordinal))
            return;
        var missing = values.Contains(preset) ? null : (input["isMultiSelect"u8].IsTrue ? preset.Split(',') : [preset]).FirstOrDefault(value => !values.Contains(value));
        if (missing is not null)
            findings.Add(rules.ValueNoChoice, input["value"u8], $"{Findings.Quoted(missing)} is none of the choices");
    }
}
