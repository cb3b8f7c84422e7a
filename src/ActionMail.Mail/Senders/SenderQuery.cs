using ActionMail.Mail.Dkim;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Spf;

namespace ActionMail.Mail.Senders;

/// <summary>Who really sent this mail? <paramref name="Author"/> is the domain of the one address in From. Protocol §2.</summary>
public sealed record SenderQuery(SignedMail Mail, DomainName Author, SpfSource Spf);

/// <summary>Where SPF is known from.</summary>
public abstract record SpfSource
{
    private SpfSource() { }

    /// <summary>From the client that is connected.</summary>
    public sealed record Client(SpfQuery Query) : SpfSource;

    /// <summary>
    /// From the host that took the mail over from that client, and said so in an <c>Authentication-Results</c> field; <paramref name="By"/> is its authserv-id.
    /// RFC 8601.
    /// </summary>
    public sealed record Reported(SpfResult Result, string By) : SpfSource;

    /// <summary>From nobody: the mail is a file, or the host that handed it over says nothing of SPF.</summary>
    public sealed record Unknown : SpfSource;
}
