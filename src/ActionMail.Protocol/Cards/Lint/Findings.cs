using System.Collections.Immutable;
using ActionMail.Protocol.Cards.Lint.Rules;

namespace ActionMail.Protocol.Cards.Lint;

/// <summary>Collects findings as they are met, and gives them their places in one pass over the text at the end.</summary>
internal sealed class Findings
{
    // A faulty generator must not drown its reader, nor a hostile one make pointers without end.
    private const int Most = 1_000;
    private const int MostPointerLetters = 1_000_000;

    private readonly List<(LintRule Rule, JsonNode At, string Message)> _met = [];

    public void Add(LintRule rule, JsonNode at, string message) => _met.Add((rule, at, message));

    /// <summary>What the platform itself says of the card: a finding where it refuses a card and no rule has said why.</summary>
    public void AddRefusal(LintRule rule, JsonNode card, CardReading reading)
    {
        if (reading is CardReading.Malformed(var pointer, var message) && !_met.Exists(met => met.Rule.Severity == LintSeverity.Error))
            Add(rule, Deepest(card, pointer), message);
    }

    public ImmutableArray<LintFinding> InOrder()
    {
        if (_met.Count == 0)
            return [];
        _met.Sort(static (one, other) => one.At.Index != other.At.Index ? one.At.Index.CompareTo(other.At.Index) : string.CompareOrdinal(one.Rule.Code, other.Rule.Code));
        var placed = ImmutableArray.CreateBuilder<LintFinding>(Math.Min(_met.Count, Most + 1));
        var places = new JsonPlaces();
        foreach (var (rule, at, message) in _met)
        {
            var (pointer, position) = places.Of(at);
            if (placed.Count == Most || places.PointerLetters > MostPointerLetters)
            {
                placed.Add(new(ReadingRules.MoreFindings, pointer, position, $"{_met.Count - placed.Count} more findings from here on"));
                break;
            }
            placed.Add(new(rule, pointer, position, message));
        }
        return placed.ToImmutable();
    }

    // The pointer may name a member that is missing: then what it is missing in.
    private static JsonNode Deepest(JsonNode node, string pointer)
    {
        foreach (var step in pointer.Split('/')[1..])
        {
            var found = default(JsonNode);
            var number = 0;
            foreach (var inner in node.Inner)
            {
                var name = inner.IsMember ? JsonPointer.Escape(inner.Name) : (number++).ToString(System.Globalization.CultureInfo.InvariantCulture);
                if (string.Equals(name, step, StringComparison.Ordinal))
                    found = inner;
            }
            if (!found.Exists)
                return node;
            node = found;
        }
        return node;
    }

    /// <summary>The sender's text in a message: short, and in quotation marks.</summary>
    public static string Quoted(string text) => text.Length <= 60 ? $"\"{text}\"" : $"\"{text.AsSpan(0, char.IsHighSurrogate(text[56]) ? 56 : 57)}…\"";
}
