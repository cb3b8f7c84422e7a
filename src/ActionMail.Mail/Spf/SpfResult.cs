using System.Collections.Immutable;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Spf;

/// <summary>What SPF says, with the evidence. RFC 7208 §2.6.</summary>
/// <param name="Outcome">The result.</param>
/// <param name="Identity">Whose domain was judged.</param>
/// <param name="Domain">The domain judged: that of MAIL FROM or the HELO name. The default value when it is no domain name, and then the result is none.</param>
public sealed record SpfResult(SpfOutcome Outcome, SpfIdentity Identity, DomainName Domain)
{
    /// <summary>The directive that matched, as it is written; null when none did.</summary>
    public string? Mechanism { get; init; }

    /// <summary>The record that decided, as it is published: that of the domain or the one that it redirects to. Null when there is none.</summary>
    public string? Record { get; init; }

    /// <summary>What the domain wants to say about a fail, ASCII alone; null when it says nothing that can be read. Words of a stranger. RFC 7208 §6.2.</summary>
    public string? Explanation { get; init; }

    /// <summary>Why the result is none, temperror or permerror; null otherwise.</summary>
    public string? Problem { get; init; }

    /// <summary>The questions that were asked of the DNS, in their order; some were asked ahead and not needed.</summary>
    public ImmutableArray<DnsQuestion> Asked { get; init; } = [];
}

/// <summary>The results of RFC 7208 §2.6.</summary>
public enum SpfOutcome
{
    /// <summary>There is no domain or no record.</summary>
    None,

    /// <summary>The domain does not say whether.</summary>
    Neutral,

    /// <summary>The client may send in the name of the domain.</summary>
    Pass,

    /// <summary>The client may not.</summary>
    Fail,

    /// <summary>The client probably may not.</summary>
    SoftFail,

    /// <summary>The DNS gave no answer: to be tried again later, and no verdict about the sender.</summary>
    TempError,

    /// <summary>The domain's records cannot be understood or ask for too much.</summary>
    PermError,
}

/// <summary>Whose name SPF judges. RFC 7208 §2.3, §2.4.</summary>
public enum SpfIdentity
{
    /// <summary>The domain of the reverse path.</summary>
    MailFrom,

    /// <summary>The name of HELO or EHLO, where the reverse path is empty.</summary>
    Helo,
}

/// <summary>The words of the RFC.</summary>
public static class SpfWords
{
    extension(SpfOutcome outcome)
    {
        /// <summary>The result as RFC 7208 §2.6 and RFC 8601 §2.7.2 write it, such as <c>softfail</c>.</summary>
        public string Word => outcome.ToString().ToLowerInvariant();
    }
}
