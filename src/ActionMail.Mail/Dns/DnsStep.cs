using System.Collections.Immutable;

namespace ActionMail.Mail.Dns;

/// <summary>
/// One step of an evaluation that needs the DNS and does not ask it itself: a function of what is to be judged and the answers known so far.
/// Whoever drives it asks, adds the answers and calls again, until it is done.
/// </summary>
public abstract record DnsStep<TResult>
{
    private DnsStep() { }

    /// <summary>What is to be asked now; empty when it is decided.</summary>
    public ImmutableArray<DnsQuestion> Open => this is Ask(var questions) ? questions : [];

    /// <summary>These answers are needed before it can go on; several may be asked at once.</summary>
    public sealed record Ask(ImmutableArray<DnsQuestion> Questions) : DnsStep<TResult>;

    /// <summary>It is decided.</summary>
    public sealed record Done(TResult Result) : DnsStep<TResult>;
}
