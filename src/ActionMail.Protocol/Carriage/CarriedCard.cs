using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Carriage;

/// <summary>Where in a mail a card was found. Protocol §1.</summary>
public enum CarriageForm
{
    /// <summary>A <c>script</c> element of the HTML body with an unsigned card.</summary>
    Script,

    /// <summary>The <c>SignedAdaptiveCard</c> microdata at the end of the HTML body.</summary>
    Microdata,

    /// <summary>A <c>script</c> of type <c>application/ld+json</c> that carries a signed card.</summary>
    LinkedData,

    /// <summary>A MIME part of its own, <c>application/adaptivecard+json</c> or <c>+jws</c>.</summary>
    MimePart,
}

/// <summary>What the search for a card in a mail came to: exactly one of the cases below.</summary>
public abstract record CarriedCard
{
    private CarriedCard() { }

    /// <summary>The mail carries no card.</summary>
    public sealed record None : CarriedCard;

    /// <summary>One card without a signature; <paramref name="Json"/> is its text as carried.</summary>
    public sealed record Unsigned(CardKind Kind, CarriageForm Form, string Json) : CarriedCard;

    /// <summary>One signed card; <paramref name="Jws"/> is the compact JWS as carried, white space around it removed.</summary>
    public sealed record Signed(CardKind Kind, CarriageForm Form, string Jws) : CarriedCard
    {
        /// <summary>The unsigned card that the mail carries beside the signed one, or null. It must be the same card.</summary>
        public string? UnsignedCopy { get; init; }
    }

    /// <summary>More than one card, and they are not the same: none is shown. <paramref name="Why"/> names the two places.</summary>
    public sealed record Ambiguous(string Why) : CarriedCard;

    /// <summary>A card form is there but cannot be read. <paramref name="Why"/> says what is wrong with it.</summary>
    public sealed record Unreadable(string Why) : CarriedCard;
}
