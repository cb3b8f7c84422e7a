using System.Collections.Immutable;
using System.Globalization;

namespace ActionMail.Protocol.Cards.MessageCards;

/// <summary>An action where it stands; <paramref name="Owner"/> is the <c>ActionCard</c> that it is an action of, or not there.</summary>
internal readonly record struct PlacedAction(JsonNode Json, JsonNode Owner);

/// <summary>
/// The actions of a MessageCard in the order of the text, and its inputs. The documentation wants an input's id to be unique on the card, but
/// senders ask for the same "comment" in the form behind Approve and in the one behind Reject. So an id is looked up in the form of the action that names
/// it, and an id that is there again gets a key of its own.
/// </summary>
internal sealed class MessageCardParts
{
    private readonly ImmutableArray<PlacedAction>.Builder _actions = ImmutableArray.CreateBuilder<PlacedAction>();
    private readonly ImmutableDictionary<string, CardInput>.Builder _inputs = ImmutableDictionary.CreateBuilder<string, CardInput>(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _copies = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<JsonNode, string> _keys = [];
    private readonly Dictionary<JsonNode, Dictionary<string, string>> _forms = [];

    /// <summary>Every action, those of forms among them.</summary>
    public ImmutableArray<PlacedAction> Actions => _actions.ToImmutable();

    /// <summary>The inputs by their keys.</summary>
    public ImmutableDictionary<string, CardInput> Inputs => _inputs.ToImmutable();

    public void Add(PlacedAction action) => _actions.Add(action);

    /// <summary>Adds an input of a form; false when the form has one with the same id.</summary>
    public bool TryAdd(JsonNode form, JsonNode json, CardInput input)
    {
        if (!_forms.TryGetValue(form, out var keys))
            _forms[form] = keys = new(StringComparer.OrdinalIgnoreCase);
        var key = FreeKey(input.Id);
        if (!keys.TryAdd(input.Id, key))
            return false;
        _keys[json] = key;
        _inputs[key] = input with { Id = key };
        return true;
    }

    /// <summary>The key of an input; null for one that gives no value.</summary>
    public string? KeyOf(JsonNode input) => _keys.GetValueOrDefault(input);

    /// <summary>The key that an id stands for in an action of a form.</summary>
    public string KeyOf(JsonNode form, string id) => _forms.TryGetValue(form, out var keys) && keys.TryGetValue(id, out var key) ? key : id;

    private string FreeKey(string id)
    {
        var key = id;
        var number = _copies.GetValueOrDefault(id, 1);
        while (_inputs.ContainsKey(key))
            key = string.Create(CultureInfo.InvariantCulture, $"{id}{++number}");
        _copies[id] = number;
        return key;
    }
}
