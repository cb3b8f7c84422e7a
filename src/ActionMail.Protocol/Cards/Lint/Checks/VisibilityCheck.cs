using System.Text.Json;
using ActionMail.Protocol.Cards.Lint.Rules;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>Which elements are hidden, and which of them an action shows.</summary>
internal sealed class VisibilityCheck(Findings findings)
{
    private readonly Dictionary<string, JsonNode> _elements = new(StringComparer.Ordinal);
    private readonly List<(string? Id, JsonNode At)> _hidden = [];
    private readonly List<(string Id, JsonNode At)> _targets = [];

    public void Element(in CardPart part, JsonNode id, JsonNode isVisible)
    {
        if (!id.Exists && !isVisible.Exists)
            return;
        if (id.Text is { Length: > 0 } text && !_elements.TryAdd(text, part.Json) && part.Category != PartCategory.Input && !part.IsInFallback)
            findings.Add(StructureRules.IdTwice, id, $"{Findings.Quoted(text)} is there already");
        if (isVisible.Kind == JsonValueKind.False && part.Definition?.Type != "TargetElement")
            _hidden.Add((id.Text, part.Json));
    }

    /// <summary>A target of an Action.ToggleVisibility: an id, or an object with one.</summary>
    public void Target(JsonNode target)
    {
        var id = target.IsObject ? target["elementId"u8] : target;
        if (id.Text is { } text)
            _targets.Add((text, id));
    }

    public void Conclude()
    {
        foreach (var (id, at) in _targets)
        {
            if (!_elements.ContainsKey(id))
                findings.Add(AdaptiveActionRules.ToggleTargetMissing, at, $"no element has the id {Findings.Quoted(id)}");
        }
        if (_hidden.Count == 0)
            return;
        var shown = _targets.Select(target => target.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, at) in _hidden)
        {
            if (id is null || !shown.Contains(id))
                findings.Add(LayoutRules.NeverVisible, at["isVisible"u8], id is null ? "the element is hidden and has no id" : $"no action names {Findings.Quoted(id)}");
        }
    }
}
