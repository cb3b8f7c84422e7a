using ActionMail.Mail.AuthenticationResults;
using ActionMail.Mail.Dns;
using ActionMail.Mail.Message;
using ActionMail.Mail.Senders;
using ActionMail.Mail.Spf;

namespace ActionMail.Server.Intake;

/// <summary>What a trusted relay reports of SPF. It wrote its field on top of the mail that it got: what stands below came with the mail. RFC 8601 §5.</summary>
internal static class RelayedSpf
{
    public static SpfSource In(MailMessage mail, IReadOnlyCollection<string> trustedIds, string mailFrom) =>
        ReceivedResults.TrustedIn(mail, trustedIds) is [var field, ..] && field.Results.FirstOrDefault(result => IsOfTheSender(result, mailFrom)) is { } spf
            ? Of(spf, field.AuthservId)
            : new SpfSource.Unknown();

    // Protocol §2: the HELO name stands for the sender of a mail with a null reverse path only. Some relays report on it beside MAIL FROM, and before it.
    private static bool IsOfTheSender(MethodResult result, string mailFrom) =>
        result.Method == "spf" && (mailFrom.Length == 0 || IdentityOf(result) == SpfIdentity.MailFrom);

    private static SpfSource Of(MethodResult spf, string by) =>
        Enum.TryParse<SpfOutcome>(spf.Result, ignoreCase: true, out var outcome) && DomainName.TryParse(spf.Domain, out var domain)
            ? new SpfSource.Reported(new(Lasting(outcome), IdentityOf(spf), domain) { Problem = spf.Reason }, by)
            : new SpfSource.Unknown();

    // What the relay could not find out then, nobody can now, whenever the mail comes again.
    private static SpfOutcome Lasting(SpfOutcome outcome) => outcome == SpfOutcome.TempError ? SpfOutcome.None : outcome;

    private static SpfIdentity IdentityOf(MethodResult spf) =>
        spf.Properties.Any(property => property is { Type: "smtp", Name: "mailfrom" }) ? SpfIdentity.MailFrom : SpfIdentity.Helo;
}
