using ActionMail.Mail.Dkim;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Arc;

/// <summary>The three fields of one hop. RFC 8617 §4.2.</summary>
internal sealed record ArcFields(HeaderField Results, SignatureField Message, SignatureField Seal)
{
    public int Instance => Seal.Instance;
}

/// <summary>What the ARC fields of a header came to.</summary>
internal abstract record ArcReading
{
    private ArcReading() { }

    public sealed record Absent : ArcReading;

    /// <summary>A chain of the right form, the oldest set first.</summary>
    public sealed record Chain(IReadOnlyList<ArcFields> Sets) : ArcReading;

    public sealed record Broken(string Why) : ArcReading;
}
