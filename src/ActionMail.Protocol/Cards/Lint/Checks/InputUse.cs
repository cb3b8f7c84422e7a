using ActionMail.Protocol.Cards.Lint.Rules;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>Which inputs there are and which of them are read: judged when the whole card was seen.</summary>
internal sealed class InputUse(InputRules rules, TargetRules targets)
{
    private readonly Dictionary<string, JsonNode> _inputs = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Id, JsonNode At)> _named = [];

    /// <summary>Whether an action sends every input without naming it.</summary>
    public bool AllAreSent { get; set; }

    public void Add(JsonNode input, Findings findings)
    {
        var id = input["id"u8];
        if (id.Text is not { Length: > 0 } text)
            findings.Add(rules.IdMissing, id.Exists ? id : input, id.IsString ? "the id is empty" : "the id is missing");
        else if (!_inputs.TryAdd(text, input))
            findings.Add(rules.IdTwice, id, $"{Findings.Quoted(text)} is there already, letter case aside");
    }

    public void Names(Template template, JsonNode at)
    {
        if (template.IsLiteral)
            return;
        foreach (var id in template.InputIds)
            _named.Add((id, at));
    }

    public void Conclude(Findings findings)
    {
        foreach (var (id, at) in _named)
        {
            if (!_inputs.ContainsKey(id))
                findings.Add(targets.ValueNamesNoInput, at, $"there is no input with the id {Findings.Quoted(id)}");
        }
        if (AllAreSent || _inputs.Count == 0)
            return;
        var read = _named.Select(named => named.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, input) in _inputs)
        {
            if (!read.Contains(id))
                findings.Add(rules.NeverRead, input, $"no url, header or body has {{{{{id}.value}}}}");
        }
    }
}
