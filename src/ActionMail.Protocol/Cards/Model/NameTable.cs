using System.Numerics;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>A closed set of names, found by hash and bytes without making a string.</summary>
internal sealed class NameTable<T>
    where T : class
{
    // Four times as many places as names: nearly every look-up ends at the first place.
    private readonly (PropertyName Name, T? Value)[] _places;
    private readonly uint _mask;

    public NameTable(IReadOnlyCollection<T> values, Func<T, PropertyName> nameOf)
    {
        _places = new (PropertyName, T?)[BitOperations.RoundUpToPowerOf2((uint)Math.Max(values.Count, 1) * 4)];
        _mask = (uint)_places.Length - 1;
        foreach (var value in values)
        {
            var name = nameOf(value);
            var at = name.Hash & _mask;
            while (_places[at].Value is not null)
                at = (at + 1) & _mask;
            _places[at] = (name, value);
        }
    }

    /// <summary>The value under a member's name.</summary>
    public T? Find(JsonNode member) => Find(member.NameHash, member.PlainNameBytes);

    public T? Find(uint hash, ReadOnlySpan<byte> utf8)
    {
        var places = _places;
        for (var at = hash & _mask; ; at = (at + 1) & _mask)
        {
            ref readonly var place = ref places[at];
            if (place.Value is null || (place.Name.Hash == hash && place.Name.Is(utf8)))
                return place.Value;
        }
    }
}
