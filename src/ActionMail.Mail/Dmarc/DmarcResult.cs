using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Dmarc;

/// <summary>What DMARC says of a mail. RFC 9989 §5.3; the words are those of RFC 8601's registry.</summary>
public abstract record DmarcResult
{
    private DmarcResult() { }

    /// <summary>The result in the registry's word.</summary>
    public abstract string Word { get; }

    /// <summary>DMARC does not apply: nobody publishes a policy, or one that cannot be read.</summary>
    public sealed record None(string Why) : DmarcResult
    {
        /// <inheritdoc/>
        public override string Word => "none";
    }

    /// <summary>At least one authenticated domain aligns; <paramref name="By"/> and <paramref name="Identifier"/> name the first, DKIM before SPF.</summary>
    public sealed record Pass(AppliedPolicy Policy, AlignedBy By, DomainName Identifier) : DmarcResult
    {
        /// <inheritdoc/>
        public override string Word => "pass";
    }

    /// <summary>No authenticated domain aligns.</summary>
    public sealed record Fail(AppliedPolicy Policy) : DmarcResult
    {
        /// <inheritdoc/>
        public override string Word => "fail";
    }

    /// <summary>A question that decides could not be answered; the mail has neither passed nor failed. RFC 9989 §5.3.6.</summary>
    public sealed record TempError(string Why) : DmarcResult
    {
        /// <inheritdoc/>
        public override string Word => "temperror";
    }

    /// <summary>The author domain is one whose policy nobody can ask for.</summary>
    public sealed record PermError(string Why) : DmarcResult
    {
        /// <inheritdoc/>
        public override string Word => "permerror";
    }
}

/// <summary>The policy that applies to a mail: what is asked for, in <paramref name="Record"/> of <paramref name="Domain"/>, subdomain and testing considered.</summary>
public sealed record AppliedPolicy(DmarcPolicy Requested, DomainName Domain, DmarcRecord Record);

/// <summary>Which mechanism authenticated the aligned domain.</summary>
public enum AlignedBy
{
    /// <summary>A DKIM signature that passed.</summary>
    Dkim,

    /// <summary>SPF for MAIL FROM.</summary>
    Spf,
}
