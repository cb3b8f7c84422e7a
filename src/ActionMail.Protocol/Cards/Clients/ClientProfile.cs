using System.Collections.Immutable;
using ActionMail.Protocol.Cards.Model;

namespace ActionMail.Protocol.Cards.Clients;

/// <summary>
/// What a mail client makes of cards, as data. <paramref name="Name"/> is stable, in kebab-case. From Outlook's table of clients, and for
/// ActionMail's inbox from what it does.
/// </summary>
public sealed record ClientProfile(string Name, string Title)
{
    /// <summary>Whether the client shows MessageCards.</summary>
    public bool ShowsMessageCards { get; init; }

    /// <summary>The versions of the Adaptive Cards that the client shows; none for a client that shows the mail's own text alone.</summary>
    public ImmutableArray<VersionRange> Versions { get; init; } = [];

    /// <summary>Types that the client leaves out, with the reason in words.</summary>
    public ImmutableArray<TypeNotShown> NotShown { get; init; } = [];

    /// <summary>Whether the client shows cards at all.</summary>
    public bool IsSupported => !Versions.IsEmpty;

    /// <summary>Whether the client shows Adaptive Cards of a version; one without a version counts as 1.0.</summary>
    public bool Shows(CardVersion? version)
    {
        foreach (var range in Versions)
        {
            if (range.Holds(version ?? CardVersion.V1_0))
                return true;
        }
        return false;
    }
}

/// <summary>Versions from <paramref name="From"/> to <paramref name="To"/>, both among them.</summary>
public readonly record struct VersionRange(CardVersion From, CardVersion To)
{
    /// <summary>Whether a version is among them.</summary>
    public bool Holds(CardVersion version) => version >= From && version <= To;

    /// <summary>In words: "1.0", "1.4 and above".</summary>
    public override string ToString() => From == To ? From.ToString() : To == CardVersion.Newest ? $"{From} and above" : $"{From} to {To}";
}

/// <summary>A type that a client leaves out in cards of some versions, and why.</summary>
public sealed record TypeNotShown(string Type, VersionRange InCards, string Why);
