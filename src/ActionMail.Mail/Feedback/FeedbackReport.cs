using System.Collections.Immutable;
using System.Net;
using ActionMail.Mail.Message;

namespace ActionMail.Mail.Feedback;

/// <summary>A feedback report: what a mail system says of a mail that one of its users complained about. RFC 5965.</summary>
/// <param name="Type">The kind of feedback in lower case, such as <c>abuse</c> or <c>not-spam</c>; which ones there are is a registry's matter (RFC 5965 §7.3).</param>
/// <param name="UserAgent">The program that made the report.</param>
/// <param name="Original">The mail that it is about, or as much of it as came along.</param>
public sealed record FeedbackReport(string Type, string UserAgent, MailMessage Original)
{
    // RFC 5965 §7.3, RFC 6430: what says that a recipient did not want the mail.
    private static readonly ImmutableHashSet<string> Complaints = ["abuse", "fraud", "virus", "opt-out", "opt-out-list", "other"];

    /// <summary>Whether the whole original came along; else its header alone.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>The MAIL FROM of the original without its brackets, or null where the report does not say.</summary>
    public string? OriginalMailFrom { get; init; }

    /// <summary>The RCPT TO of the original as far as they are told, without their brackets.</summary>
    public ImmutableArray<string> OriginalRecipients { get; init; } = [];

    /// <summary>When the original arrived there, or null.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>The address that the original came from, or null.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>The domains that the reporter holds responsible.</summary>
    public ImmutableArray<string> ReportedDomains { get; init; } = [];

    /// <summary>Whether it says that somebody did not want the mail: not a report of a failed authentication, nor one that a mail is no spam.</summary>
    public bool IsComplaint => Complaints.Contains(Type);
}

/// <summary>What looking for a feedback report came to.</summary>
public abstract record FeedbackReading
{
    private FeedbackReading() { }

    /// <summary>The mail is none.</summary>
    public sealed record None : FeedbackReading;

    /// <summary>It says that it is one, and is not as RFC 5965 wants it.</summary>
    public sealed record Malformed(string Why) : FeedbackReading;

    /// <summary>It is one.</summary>
    public sealed record Read(FeedbackReport Report) : FeedbackReading;
}
