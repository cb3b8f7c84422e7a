using System.Collections.Immutable;
using System.Diagnostics;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Dmarc;

/// <summary>Whether a domain that DKIM or SPF has authenticated speaks for the domain in From. RFC 9989 §4.4 and §4.10.2.</summary>
public abstract record IdentifierAlignment
{
    private static readonly DnsStep<IdentifierAlignment> Same = new DnsStep<IdentifierAlignment>.Done(new Aligned());
    private static readonly DnsStep<IdentifierAlignment> Apart = new DnsStep<IdentifierAlignment>.Done(new NotAligned());

    private IdentifierAlignment() { }

    /// <summary>It does.</summary>
    public sealed record Aligned : IdentifierAlignment;

    /// <summary>It does not.</summary>
    public sealed record NotAligned : IdentifierAlignment;

    /// <summary>The DNS could not say.</summary>
    public sealed record Unavailable(string Why) : IdentifierAlignment;

    /// <summary>One step of the comparison. Nothing is asked where the names alone decide.</summary>
    public static DnsStep<IdentifierAlignment> Next(DomainName author, DomainName authenticated, AlignmentMode mode, DnsAnswers known)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (author == authenticated)
            return Same;
        // An organizational domain is a parent of its domain, or the domain: names without a common parent cannot share one.
        if (mode == AlignmentMode.Strict || author.Labels[^1] != authenticated.Labels[^1])
            return Apart;
        return Compare(OrganizationalDomain.Next(author, known), OrganizationalDomain.Next(authenticated, known));
    }

    private static DnsStep<IdentifierAlignment> Compare(DnsStep<OrganizationalDomain> author, DnsStep<OrganizationalDomain> authenticated)
    {
        ImmutableArray<DnsQuestion> open = [.. QuestionsOf(author).Union(QuestionsOf(authenticated))];
        if (!open.IsEmpty)
            return new DnsStep<IdentifierAlignment>.Ask(open);
        return (ResultOf(author), ResultOf(authenticated)) switch
        {
            (OrganizationalDomain.Known(var one), OrganizationalDomain.Known(var other)) => one == other ? Same : Apart,
            (OrganizationalDomain.Unavailable(var why), _) => new DnsStep<IdentifierAlignment>.Done(new Unavailable(why)),
            (_, OrganizationalDomain.Unavailable(var why)) => new DnsStep<IdentifierAlignment>.Done(new Unavailable(why)),
            _ => throw new UnreachableException(),
        };
    }

    private static ImmutableArray<DnsQuestion> QuestionsOf(DnsStep<OrganizationalDomain> step) =>
        step is DnsStep<OrganizationalDomain>.Ask(var questions) ? questions : [];

    private static OrganizationalDomain? ResultOf(DnsStep<OrganizationalDomain> step) =>
        step is DnsStep<OrganizationalDomain>.Done(var result) ? result : null;
}
