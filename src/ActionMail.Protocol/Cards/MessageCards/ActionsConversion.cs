namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>
/// Writes one <c>potentialAction</c>. When there is a single <c>ActionCard</c> among its actions, the documentation wants it open: its inputs stand above, and its
/// actions take its place in the row.
/// </summary>
internal sealed class ActionsConversion
{
    private readonly ConversionOutput _output;
    private readonly ActionConversion _action;
    private readonly List<JsonNode> _shown = [];
    private readonly JsonNode _expanded;

    public ActionsConversion(ConversionOutput output, JsonNode actions)
    {
        (_output, _action) = (output, new(output));
        foreach (var action in actions.Parts)
        {
            if (_shown.Count < MessageCardVocabulary.MostActions)
                _shown.Add(action);
            else
                output.Lose(action, $"at most {MessageCardVocabulary.MostActions} actions of a potentialAction are shown");
        }
        var forms = _shown.FindAll(action => action.IsOfType("ActionCard"u8));
        _expanded = forms.Count == 1 ? forms[0] : default;
    }

    /// <summary>The inputs of the one that is open, elements for the body.</summary>
    public void WriteExpandedForm()
    {
        if (!_expanded.Exists)
            return;
        var name = _expanded["name"u8].ShownText;
        // A button that says the same says it better.
        if (!_expanded["actions"u8].Parts.Any(action => string.Equals(action["name"u8].ShownText, name, StringComparison.OrdinalIgnoreCase)))
            _output.TextBlock(name, new(Weight: "Bolder"));
        InputConversion.WriteAll(_output, _expanded["inputs"u8]);
    }

    /// <summary>The buttons, as a member of a card.</summary>
    public void WriteActions()
    {
        if (_shown.Count == 0)
            return;
        _output.Json.WriteStartArray("actions"u8);
        foreach (var action in _shown)
        {
            if (action == _expanded)
                _action.WriteFormActions(action);
            else
                _action.Write(action);
        }
        _output.Json.WriteEndArray();
    }

    /// <summary>The buttons, as an element.</summary>
    public void WriteActionSet()
    {
        if (_shown.Count == 0)
            return;
        _output.Begin("ActionSet");
        WriteActions();
        _output.Json.WriteEndObject();
    }
}
