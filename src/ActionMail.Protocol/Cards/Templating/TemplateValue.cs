using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>
/// A value while a template is expanded. Values never change, so that no function can change the data that others still read.
/// "Not there" and null are two things, as in JavaScript; a fault is a value that every function hands on.
/// </summary>
internal abstract record TemplateValue
{
    private TemplateValue() { }

    public static Absent Missing { get; } = new();

    public static Nothing Null { get; } = new();

    public static Flag True { get; } = new(true);

    public static Flag False { get; } = new(false);

    /// <summary>Not there: JavaScript's undefined.</summary>
    public sealed record Absent : TemplateValue;

    public sealed record Nothing : TemplateValue;

    public sealed record Flag(bool IsTrue) : TemplateValue;

    public sealed record Number(double Value) : TemplateValue;

    public sealed record Text(string Value) : TemplateValue;

    public sealed record List(ImmutableArray<TemplateValue> Items) : TemplateValue;

    /// <summary>An object. Names are found letter case aside; two that differ in nothing else do not get past <see cref="StrictJson"/>.</summary>
    public sealed record Fields(ImmutableArray<KeyValuePair<string, TemplateValue>> Members) : TemplateValue
    {
        private const int FewMembers = 8;
        private Dictionary<string, TemplateValue>? _byName;

        public TemplateValue this[string name]
        {
            get
            {
                if (Members.Length > FewMembers)
                    return (_byName ??= ByName()).GetValueOrDefault(name, Missing);
                foreach (var (known, value) in Members)
                {
                    if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
                        return value;
                }
                return Missing;
            }
        }

        // An object is itself and no other; what is in it is compared by ValueEquality.
        public bool Equals(Fields? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        public Fields With(string name, TemplateValue value)
        {
            for (var index = 0; index < Members.Length; index++)
            {
                if (string.Equals(Members[index].Key, name, StringComparison.OrdinalIgnoreCase))
                    return new(Members.SetItem(index, KeyValuePair.Create(Members[index].Key, value)));
            }
            return new(Members.Add(KeyValuePair.Create(name, value)));
        }

        public Fields Without(string name) => new(Members.RemoveAll(member => string.Equals(member.Key, name, StringComparison.OrdinalIgnoreCase)));

        private Dictionary<string, TemplateValue> ByName()
        {
            var byName = new Dictionary<string, TemplateValue>(StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in Members)
                byName.TryAdd(name, value);
            return byName;
        }
    }

    public sealed record Fault(string Message) : TemplateValue;

    /// <summary>Null, or not there.</summary>
    public bool IsNothing => this is Absent or Nothing;

    /// <summary>What a condition makes of it: false, null and what is not there do not hold; 0 and "" do.</summary>
    public bool Holds => this switch
    {
        Flag(var holds) => holds,
        Absent or Nothing or Fault => false,
        _ => true,
    };

    public static implicit operator TemplateValue(string text) => new Text(text);

    public static implicit operator TemplateValue(bool flag) => flag ? True : False;

    /// <summary>A number; a fault when it is none that JSON can write.</summary>
    public static implicit operator TemplateValue(double number) => double.IsFinite(number) ? new Number(number) : new Fault("the result is no finite number");

    public static TemplateValue Of(IEnumerable<TemplateValue> items) => new List([.. items]);

    /// <summary>The value of JSON that was read strictly and is nested within limits.</summary>
    public static TemplateValue From(JsonNode json)
    {
        switch (json.Kind)
        {
            case JsonValueKind.Object:
                var members = ImmutableArray.CreateBuilder<KeyValuePair<string, TemplateValue>>();
                foreach (var member in json.Members)
                    members.Add(KeyValuePair.Create(member.Name, From(member)));
                return new Fields(members.ToImmutable());
            case JsonValueKind.Array:
                var items = ImmutableArray.CreateBuilder<TemplateValue>();
                foreach (var item in json.Items)
                    items.Add(From(item));
                return new List(items.ToImmutable());
            case JsonValueKind.String: return json.Text!;
            case JsonValueKind.Number: return json.Number!.Value;
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            case JsonValueKind.Null: return Null;
            default: return Missing;
        }
    }
}
