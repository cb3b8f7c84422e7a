using System.Globalization;
using System.Text;

namespace ActionMail.Protocol.Cards;

/// <summary>
/// JSON pointers of many values of one text. Asked for in the order of the text, each array is counted through once, however many
/// of its items are asked for; <see cref="JsonNode.Pointer"/> counts from the start each time.
/// </summary>
internal sealed class JsonPointerTrail
{
    private readonly Dictionary<JsonNode, (JsonNode Item, int Number)> _reached = [];
    private readonly StringBuilder _text = new();

    /// <summary>The pointer of a value. RFC 6901.</summary>
    public string PointerOf(JsonNode node)
    {
        _text.Clear();
        Append(node);
        return _text.ToString();
    }

    private void Append(JsonNode node)
    {
        if (!node.Parent.Exists)
            return;
        Append(node.Parent);
        _text.Append('/');
        if (node.IsMember)
            _text.Append(JsonPointer.Escape(node.Name));
        else
            _text.Append(CultureInfo.InvariantCulture, $"{NumberOf(node)}");
    }

    private int NumberOf(JsonNode item)
    {
        var array = item.Parent;
        var (at, number) = _reached.TryGetValue(array, out var reached) && reached.Item.IsBefore(item) ? reached : (array.First, 0);
        for (; at != item; at = at.NextSibling)
            number++;
        _reached[array] = (item, number);
        return number;
    }
}
