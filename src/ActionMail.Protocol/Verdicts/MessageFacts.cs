using System.Collections.Immutable;
using ActionMail.Protocol.Addresses;

namespace ActionMail.Protocol.Verdicts;

/// <summary>What a decision needs to know of a mail, as its one parse found it.</summary>
public sealed record MessageFacts
{
    /// <summary>The From address, or null when there is not exactly one that every parser reads alike.</summary>
    public EmailAddress? From { get; init; }

    /// <summary>What is wrong with the message's form, worst first; empty when two parsers cannot read it differently.</summary>
    public ImmutableArray<Check> Faults { get; init; } = [];

    /// <summary>The addresses in To and Cc.</summary>
    public ImmutableArray<EmailAddress> VisibleRecipients { get; init; } = [];

    /// <summary>The Date field, or null where it is absent or no date.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>What was found out about the sender, or null where nobody looked.</summary>
    public SenderFacts? Sender { get; init; }
}
