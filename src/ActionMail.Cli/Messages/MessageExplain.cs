using System.Collections.Immutable;
using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.Senders;
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

    public static readonly Option<string?> Providers = new("--providers")
    {
        Description = "The registrations, as 'actionmail provider list --json' prints them. Those of the platform when left out.",
        HelpName = "FILE",
    };

    private static readonly Option<SenderDemand> Demand = new("--demand")
    {
        Description = "What is demanded of the sender of an unsigned card.",
        HelpName = "standard|strict",
        DefaultValueFactory = _ => SenderDemand.Standard,
    };

    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("explain", "Say whether the card in a mail would act, with each check and its evidence.", RunAsync)
    {
        Arguments = { File },
        Options = { To, Providers, ConnectedClient.Ip, ConnectedClient.Helo, ConnectedClient.MailFrom, DnsSource.Zone, DnsSource.Server, Demand, MailInput.At, Json },
        Examples =
        [
            "actionmail message explain mail.eml",
            "actionmail message explain mail.eml --to owner@contoso.test --providers registrations.json --json",
            "actionmail message explain mail.eml --ip 192.0.2.1 --helo mail.contoso.test --mail-from actions@contoso.test --zone contoso.zone",
            "actionmail message explain - --at 2026-01-31T09:00:00Z < mail.eml",
        ],
        NoMeans = "the mail has no card, or one that would not act",
        Notes = "Without --providers the registrations are those of the platform, if it can be asked; if not, a card's\n"
            + "originator is unknown and the evidence says why. An organization is known by its mail domain alone.\n"
            + "Who sent the mail is found out where --zone, --dns or --ip is given; with --ip alone the system's servers are asked.\n"
            + $"{DnsSource.Notes}\n{PlatformAddress.Notes}",
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!InputFile.TryReadBytes(parse.GetRequiredValue(File), out var raw, out var problem))
            return new Answer.BadInput(problem);
        if (!ConnectedClient.TryRead(parse, out var spf, out problem) || !DnsSource.TryOpen(parse, out var dns, out problem))
            return new Answer.BadInput(problem);
        (var registrations, problem) = await Registrations.LoadAsync(parse.GetValue(Providers), cancel);
        if (registrations is null)
            return new Answer.BadInput(problem);

        var mail = MailMessage.Read(raw);
        var sender = IsSenderAsked(parse) ? await SenderLookup.VerifyAsync(mail, spf, dns, MailInput.Now(parse), cancel) : null;
        var facts = MailFacts.Of(mail, sender?.Facts);
        EmailAddress? recipient = EmailAddress.TryParse(parse.GetValue(To), out var named) ? named : FirstOf(facts);
        var decision = CardDecision.Decide(QuestionOf(mail, facts, recipient, registrations, MailInput.Now(parse)) with { SenderPolicy = new(parse.GetValue(Demand)) });

        var explanation = Explanation.Of(decision, registrations.WhyNone);
        if (parse.GetValue(Json))
            parse.PrintJson(explanation);
        else
            explanation.Print(parse.Output, recipient?.ToString());
        if (sender is null && !parse.GetValue(Json))
            parse.Output.WriteLine("Who sent it was not looked up. Give --zone FILE (the emulator's is data/dns.zone) or --dns SERVER, and --ip for SPF.");
        return decision.State == CardState.Active ? new Answer.Done() : new Answer.No();
    }

    /// <summary>May its card act for the recipient, or for the first address that is named when there is none?</summary>
    public static CardQuestion QuestionOf(MailMessage mail, MessageFacts facts, EmailAddress? recipient, Registrations registrations, DateTimeOffset at) =>
        new(facts, MailFacts.CardOf(mail), Mailbox(recipient ?? FirstOf(facts)), at)
        {
            FindProvider = registrations.Find,
            UrlPolicy = UrlPolicy.LoopbackHttp, // As the registered targets are read; those decide.
        };

    private static bool IsSenderAsked(ParseResult parse) =>
        parse.GetValue(ConnectedClient.Ip) is not null || parse.GetValue(DnsSource.Zone) is not null || parse.GetValue(DnsSource.Server) is not null;

    private static EmailAddress? FirstOf(MessageFacts facts) => facts.VisibleRecipients.Cast<EmailAddress?>().FirstOrDefault();

    // Consent to a provider of scope Global is the platform's to know; here it is taken as given.
    private static Recipient Mailbox(EmailAddress? address)
    {
        ImmutableArray<EmailAddress> addresses = address is { } one ? [one] : [];
        return new(RegistrationReading.OrganizationOf(address?.Domain), addresses, _ => true);
    }
}
