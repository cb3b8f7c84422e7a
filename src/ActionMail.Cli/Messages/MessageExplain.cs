using System.Collections.Immutable;
using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Terminal;
using ActionMail.Mail.Message;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Intake;

namespace ActionMail.Cli.Messages;

/// <summary><c>actionmail message explain FILE.eml</c>: what would become of the card in this mail, and why.</summary>
internal static class MessageExplain
{
    private static readonly Argument<string> File = new("FILE.eml") { Description = "The mail as it was received. \"-\" reads standard input." };
    private static readonly Option<string?> To = AddressOption.One("--to", "Whose mailbox it arrived in. The first address of To and Cc when left out.", required: false)!;

    private static readonly Option<string?> Providers = new("--providers")
    {
        Description = "The registrations, as 'actionmail provider list --json' prints them. Those of the platform when left out.",
        HelpName = "FILE",
    };

    private static readonly Option<DateTimeOffset?> At = new("--at")
    {
        Description = "When it arrived, as in 2026-01-31T09:00:00Z. Now when left out.",
        HelpName = "TIME",
    };

    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("explain", "Say whether the card in a mail would act, with each check and its evidence.", RunAsync)
    {
        Arguments = { File },
        Options = { To, Providers, At, Json },
        Examples =
        [
            "actionmail message explain mail.eml",
            "actionmail message explain mail.eml --to owner@contoso.test --providers registrations.json --json",
            "actionmail message explain - --at 2026-01-31T09:00:00Z < mail.eml",
        ],
        NoMeans = "the mail has no card, or one that would not act",
        Notes = "Without --providers the registrations are those of the platform, if it can be asked; if not, a card's\n"
            + "originator is unknown and the evidence says why. An organization is known by its mail domain alone.\n"
            + PlatformAddress.Notes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!InputFile.TryReadBytes(parse.GetRequiredValue(File), out var raw, out var problem))
            return new Answer.BadInput(problem);
        (var registrations, problem) = await Registrations.LoadAsync(parse.GetValue(Providers), cancel);
        if (registrations is null)
            return new Answer.BadInput(problem);

        var mail = MailMessage.Read(raw);
        var facts = MailFacts.Of(mail);
        EmailAddress? recipient = EmailAddress.TryParse(parse.GetValue(To), out var named) ? named : facts.VisibleRecipients.Cast<EmailAddress?>().FirstOrDefault();
        var decision = CardDecision.Decide(
            new(facts, MailFacts.CardOf(mail), Mailbox(recipient), parse.GetValue(At) ?? TimeProvider.System.GetUtcNow())
            {
                FindProvider = registrations.Find,
                UrlPolicy = UrlPolicy.LoopbackHttp, // As the registered targets are read; those decide.
            });

        var explanation = Explanation.Of(decision, registrations.WhyNone);
        if (parse.GetValue(Json))
            parse.PrintJson(explanation);
        else
            explanation.Print(parse.Output, recipient?.ToString());
        return decision.State == CardState.Active ? new Answer.Done() : new Answer.No();
    }

    // Consent to a provider of scope Global is the platform's to know; here it is taken as given.
    private static Recipient Mailbox(EmailAddress? address)
    {
        ImmutableArray<EmailAddress> addresses = address is { } one ? [one] : [];
        return new(RegistrationReading.OrganizationOf(address?.Domain), addresses, _ => true);
    }
}
