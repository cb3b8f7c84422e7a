namespace ActionMail.Protocol.Cards.Model;

/// <summary>What becomes of a part in a client. Numbers are those of the <see cref="CardTree"/>.</summary>
public abstract record PartFate
{
    private PartFate() { }

    /// <summary>It stands where the card has it.</summary>
    public sealed record Shown : PartFate
    {
        internal static Shown Instance { get; } = new();
    }

    /// <summary>The part <paramref name="By"/> of its <c>fallback</c>, or of that one's fallback, stands in its place.</summary>
    public sealed record Replaced(int By, FateCause Cause) : PartFate;

    /// <summary>Nothing stands in its place: <paramref name="IsAsked"/> when its fallback says <c>drop</c>, otherwise nothing was left to try.</summary>
    public sealed record Dropped(FateCause Cause, bool IsAsked) : PartFate;

    /// <summary>It went with the part <paramref name="Lost"/> that it stands in.</summary>
    public sealed record Inside(int Lost) : PartFate;

    /// <summary>It belongs to a fallback that is not needed.</summary>
    public sealed record Spare : PartFate
    {
        internal static Spare Instance { get; } = new();
    }
}

/// <summary>Why a part is not shown.</summary>
public abstract record FateCause
{
    private FateCause() { }

    /// <summary>The type is in no version, or is not given.</summary>
    public sealed record UnknownType : FateCause;

    /// <summary>The client does not show the type, whatever its version.</summary>
    public sealed record TypeNotShown : FateCause;

    /// <summary>The type is known, but nothing of its kind is shown in this place.</summary>
    public sealed record OutOfPlace : FateCause;

    /// <summary>The vocabulary knows no such member, or no part in it.</summary>
    public sealed record UnknownMember : FateCause;

    /// <summary>The type, the member or the card is of the version <paramref name="Since"/>, which the client does not know yet.</summary>
    public sealed record NewerThanClient(CardVersion Since) : FateCause;

    /// <summary>The type or the member came with the version <paramref name="Since"/>, and the card says that it is older.</summary>
    public sealed record NewerThanCard(CardVersion Since) : FateCause;

    /// <summary><c>requires</c> asks for <paramref name="Feature"/> in the version <paramref name="Wanted"/>, or <c>*</c>.</summary>
    public sealed record RequirementUnmet(string Feature, string Wanted) : FateCause;

    /// <summary>The part <paramref name="Part"/> in it cannot be shown and has nothing in its place, so that the whole falls back.</summary>
    public sealed record PartLost(int Part) : FateCause;
}
