using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>Which inputs there are and which of them are read: judged when the whole card was seen.</summary>
internal sealed class InputUse(InputRules rules, TargetRules targets)
{
    private readonly Dictionary<string, (JsonNode Json, int Part)> _inputs = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Id, int First, JsonNode Json, int Part)> _twice = [];
    private readonly List<(string Id, JsonNode At)> _named = [];

    /// <summary>The inputs around these: an id that is not there is looked up in them.</summary>
    public InputUse? Around { get; init; }

    /// <summary>Whether an action sends every input without naming it.</summary>
    public bool AllAreSent { get; set; }

    public void Add(JsonNode input, int part, Findings findings)
    {
        var id = input["id"u8];
        if (id.Text is not { Length: > 0 } text)
            findings.Add(rules.IdMissing, id.Exists ? id : input, id.IsString ? "the id is empty" : "the id is missing");
        else if (!_inputs.TryAdd(text, (input, part)))
            _twice.Add((text, _inputs[text].Part, input, part));
        if (id.Text is { Length: > 0 } also)
            Around?._inputs.TryAdd(also, (input, part));
    }

    public void Names(Template template, JsonNode at)
    {
        if (template.IsLiteral)
            return;
        foreach (var id in template.InputIds)
            _named.Add((id, at));
    }

    /// <summary>Judges the whole; <paramref name="card"/> is null for a MessageCard, which has no fallbacks.</summary>
    public void Conclude(CardTree? card, Findings findings)
    {
        Twice(card, findings);
        foreach (var (id, at) in _named)
        {
            if (!_inputs.ContainsKey(id) && Around?._inputs.ContainsKey(id) != true)
                findings.Add(targets.ValueNamesNoInput, at, $"there is no input with the id {Findings.Quoted(id)}");
        }
        if (AllAreSent || _inputs.Count == 0)
            return;
        var read = _named.Select(named => named.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, input) in _inputs)
        {
            if (!read.Contains(id))
                findings.Add(rules.NeverRead, input.Json, $"no url, header or body has {{{{{id}.value}}}}");
        }
    }

    // An input and its fallback may share their id: no client shows both.
    private void Twice(CardTree? card, Findings findings)
    {
        if (_twice.Count == 0)
            return;
        var fates = card is null ? default : FallbackResolution.Of(card, HostCapabilities.Inbox);
        foreach (var (id, first, input, part) in _twice)
        {
            if (card is null || fates[first] is PartFate.Shown && fates[part] is PartFate.Shown || !(card[first].IsInFallback || card[part].IsInFallback))
                findings.Add(rules.IdTwice, input["id"u8], $"{Findings.Quoted(id)} is there already, letter case aside");
        }
    }
}
