using System.Collections.Frozen;
using System.Text.Json;

namespace ActionMail.Protocol.Cards.Model;

/// <summary>What a client can show, as far as <c>fallback</c> and <c>requires</c> ask. <paramref name="Version"/> is the newest version that it knows.</summary>
public sealed record HostCapabilities(CardVersion Version)
{
    private const string AdaptiveCards = "adaptiveCards";

    /// <summary>ActionMail's own inbox: all that the vocabulary knows.</summary>
    public static HostCapabilities Inbox { get; } = new(CardVersion.Newest) { IsOutlook = true, RefusesNewerCards = false };

    /// <summary>Types that the client does not show although it knows the version that brought them.</summary>
    public FrozenSet<string> WithoutTypes { get; init; } = [];

    /// <summary>What <c>requires</c> may ask for beside <c>adaptiveCards</c>, which is <see cref="Version"/> unless it is given here.</summary>
    public FrozenDictionary<string, CardVersion> Features { get; init; } = FrozenDictionary<string, CardVersion>.Empty;

    /// <summary>Whether Outlook's own types count, and the published ones from the version at which Outlook takes them. Protocol §4.</summary>
    public bool IsOutlook { get; init; }

    /// <summary>Whether a type that is newer than the card says it is counts as unknown.</summary>
    public bool HoldsCardToItsVersion { get; init; }

    /// <summary>Whether a card that is newer than the client gives way to its <c>fallbackText</c>, as the specification says.</summary>
    public bool RefusesNewerCards { get; init; } = true;

    /// <summary>The version from which a type counts here.</summary>
    internal CardVersion SinceOf(ElementDefinition type) => IsOutlook ? type.SinceInOutlook : type.Since;

    /// <summary>The version from which a member counts here.</summary>
    internal CardVersion SinceOf(PropertyDefinition member) => IsOutlook ? member.SinceInOutlook : member.Since;

    /// <summary>The first of the features in <c>requires</c> that is not there, or null. What is no version is no requirement.</summary>
    internal FateCause.RequirementUnmet? Unmet(JsonNode requires)
    {
        foreach (var feature in requires.Members)
        {
            if (feature.Kind != JsonValueKind.String)
                continue;
            var isAny = feature.Says("*"u8);
            if ((isAny || CardVersion.TryParse(feature.PlainBytes, out _)) && !Has(feature, isAny))
                return new(feature.Name, feature.Text!);
        }
        return null;
    }

    private bool Has(JsonNode feature, bool anyVersion)
    {
        var name = feature.Name;
        if (!Features.TryGetValue(name, out var version))
        {
            if (!string.Equals(name, AdaptiveCards, StringComparison.Ordinal))
                return false;
            version = Version;
        }
        return anyVersion || (CardVersion.TryParse(feature.PlainBytes, out var wanted) && wanted <= version);
    }
}
