namespace ActionMail.Protocol.Cards.Model;

/// <summary>
/// One member of a type. <paramref name="Since"/> is the published version; <see cref="SinceInOutlook"/> the one at which Outlook takes it
/// already. <paramref name="IsOutlooks"/>: Outlook's own, in no published schema.
/// </summary>
public sealed record PropertyDefinition(string Name, PropertyShape Shape, CardVersion Since, bool IsRequired = false, bool IsOutlooks = false)
{
    /// <summary>The version at which Outlook takes the member; never newer than <see cref="Since"/>.</summary>
    public CardVersion SinceInOutlook { get; init; } = Since;

    /// <summary>Whether official samples use it although the published schema does not know it.</summary>
    public bool IsUnpublished { get; init; }

    internal PartPlace Place { get; } = PartPlace.Of(Shape);

    internal bool IsFallback { get; } = string.Equals(Name, "fallback", StringComparison.Ordinal);

    internal PropertyName Utf8Name { get; } = new(Name);
}
