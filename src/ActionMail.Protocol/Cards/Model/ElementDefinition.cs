using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>One type of the vocabulary: the name that <c>type</c> gives, what it is for, the version that brought it, and its members.</summary>
public sealed class ElementDefinition
{
    private readonly NameTable<PropertyDefinition> _byName;

    internal ElementDefinition(string type, PartCategory category, CardVersion since, params ReadOnlySpan<PropertyDefinition> properties)
    {
        (Type, Category, Since, SinceInOutlook, Properties) = (type, category, since, since, [.. properties]);
        _byName = new(Properties, property => property.Utf8Name);
        MayFallBack = Find("fallback") is not null;
        HoldsParts = Properties.Any(property => property.Place.Kind is not (PlaceKind.Free or PlaceKind.Data));
    }

    /// <summary>The name that <c>type</c> gives.</summary>
    public string Type { get; }

    /// <summary>What it is for.</summary>
    public PartCategory Category { get; }

    /// <summary>The version that brought it.</summary>
    public CardVersion Since { get; }

    /// <summary>The version at which Outlook takes it; never newer than <see cref="Since"/>.</summary>
    public CardVersion SinceInOutlook { get; internal init; }

    /// <summary>Whether it is Outlook's own, in no published schema.</summary>
    public bool IsOutlooks { get; internal init; }

    /// <summary>Every member that the type knows, <c>type</c> aside.</summary>
    public ImmutableArray<PropertyDefinition> Properties { get; }

    /// <summary>Whether other parts may stand in it. In what holds none, nothing is a part: a fact's value cannot be an action.</summary>
    public bool HoldsParts { get; }

    /// <summary>Whether it has a <c>fallback</c>; what has none is lost alone.</summary>
    internal bool MayFallBack { get; }

    /// <summary>What the vocabulary says of a member, by its exact name; null for an unknown one and for <c>type</c>.</summary>
    public PropertyDefinition? Find(JsonNode member) => member.IsMember ? _byName.Find(member) : null;

    /// <summary>What the vocabulary says of a name; null for an unknown one and for <c>type</c>.</summary>
    public PropertyDefinition? Find(string name) => Properties.FirstOrDefault(property => string.Equals(property.Name, name, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => Type;

    /// <summary>The same type, which Outlook takes from an earlier version on, with all of its members. Protocol §4.</summary>
    internal ElementDefinition From(CardVersion version)
    {
        var properties = Properties.Select(property => property.Since <= Since ? property with { SinceInOutlook = version } : property);
        return new(Type, Category, Since, [.. properties]) { SinceInOutlook = version };
    }
}
