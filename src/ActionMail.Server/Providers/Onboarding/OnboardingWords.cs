using System.Globalization;
using ActionMail.Mail.Message;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers.Onboarding;

/// <summary>What the platform says of a mail to the onboarding address.</summary>
internal static class OnboardingWords
{
    private const int LongestSubject = 200;

    /// <summary>To whoever is not proven to be one of the sender's: true whether or not a request waits, so that it tells nothing of it. Security J-10.</summary>
    public const string LeftAlone = "where its card belongs to a request that waits, it is shown with that request; who sends it from a registered sender, proven by SPF or DKIM, is told more";

    /// <summary>The words of the SMTP reply to a mail that was tied to a request, for those whom the request concerns.</summary>
    public static string TiedTo(PendingRequest named) => string.Create(CultureInfo.InvariantCulture, $"tied to registration {named.Registration.Id}, revision {named.Revision}");

    public static string SubjectOf(MailMessage mail) =>
        "Your verification mail: " + (mail.Subject.Length > LongestSubject ? mail.Subject[..LongestSubject] + "…" : mail.Subject);

    /// <summary>The one sentence of an outcome, for the answer and for the pages.</summary>
    public static string Sentence(VerificationOutcome outcome) => outcome switch
    {
        VerificationOutcome.Taken => "The mail carries the card of this request.",
        VerificationOutcome.Forwarded => "This mail was forwarded, and forwarding removes the card: send it directly from your production servers.",
        VerificationOutcome.WithoutCard => "This mail carries no card: send a real message of your service, with its markup, directly from your production servers.",
        VerificationOutcome.Unreadable => "The card of this mail cannot be read, or names no originator: check it with the lint, and put the provider id into its originator.",
        VerificationOutcome.UnknownOriginator =>
            "The card of this mail names an originator for which no Global request waits: use the provider id of the request, and submit the request before you send the mail.",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static string Explain(VerificationOutcome outcome, MailMessage mail)
    {
        var trace = outcome == VerificationOutcome.Forwarded && ForwardedMail.TraceIn(mail) is { } seen ? $"\n\nHow we know: {seen}.\n" : "\n";
        return $"""
            Hello,

            thank you for your verification mail. It could not be used:

            {Sentence(outcome)}{trace}
            Your request goes on waiting, and the next mail is looked at as soon as it arrives.

            This answer was written by ActionMail.
            """;
    }
}
