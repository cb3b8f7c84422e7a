using System.Net;

namespace ActionMail.Mail.Spf;

/// <summary>
/// Whether a client may send in a name: its address, what it said in HELO or EHLO, and the reverse path of MAIL FROM without its brackets. An empty
/// reverse path asks for the HELO name instead. RFC 7208 §2.4, §4.1.
/// </summary>
public sealed record SpfQuery(IPAddress Client, string Helo, string MailFrom)
{
    /// <summary>The name of the receiving host, for the macro <c>%{r}</c> of an explanation. RFC 7208 §7.3.</summary>
    public string Receiver { get; init; } = "unknown";

    /// <summary>When the client connected, for the macro <c>%{t}</c> of an explanation. RFC 7208 §7.3.</summary>
    public DateTimeOffset Now { get; init; }
}
