using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.Lint;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>Reads the four sections that only the scope Global has. dashboard.md "Contact info" to "Verification details".</summary>
internal sealed class GlobalSections(SubmissionFindings findings, SubmissionContext context)
{
    private const int LongestName = 100;
    private const int LongestPhone = 40;
    private const int LongestProse = 4_000;
    private const int MostMails = 100_000_000;
    private const int UsualMails = 100;
    private const int MostCardFindings = 20;

    public RegisteredContact? Contact(SubmittedContact? contact)
    {
        var name = TextFields.Name(findings, "contact.name", contact?.Name, "the name of a person or team that reviewers can ask", LongestName);
        var email = AddressFields.Contact(findings, "contact.email", contact?.Email);
        var phone = Phone((contact?.Phone ?? "").Trim());
        return name is null || email is null || phone is null ? null : new(name, email, phone);
    }

    public RegisteredPublisher? Publisher(SubmittedPublisher? publisher)
    {
        var name = TextFields.Name(findings, "publisher.name", publisher?.Name, "the name of the company or person that publishes the service", LongestName);
        var website = Page("publisher.website", publisher?.Website, "the publisher's web site");
        var support = Support(publisher?.Support);
        var privacy = Page("publisher.privacy", publisher?.Privacy, "the page of the privacy statement");
        var terms = Page("publisher.terms", publisher?.Terms, "the page of the terms of use");
        return name is null || website is null || support is null || privacy is null || terms is null ? null : new(name, website, support, privacy, terms);
    }

    public RegisteredScenario? Scenario(SubmittedScenario? scenario, ImmutableArray<ReadImage>.Builder images)
    {
        var description = TextFields.Prose(findings, "scenario.description", scenario?.Description,
            "a description: what the mails are for, who gets them, what the buttons do", LongestProse);
        var volume = DailyVolume((scenario?.DailyVolume ?? "").Trim());
        var card = SampleCard(scenario?.SampleCard ?? "");
        var screenshot = ImageField.Read(findings, "scenario.screenshot", scenario?.Screenshot, ImagePurpose.Screenshot, context, images);
        return description is null || volume is null || card is null ? null : new(description, volume.Value, card, screenshot);
    }

    public RegisteredVerification? Verification(SubmittedVerification? verification) =>
        TextFields.Prose(findings, "verification.steps", verification?.Steps, "the steps by which a reviewer can verify the message and each action", LongestProse)
            is { } steps ? new(steps) : null;

    // E.164 §6.1: at most fifteen digits; how people set them apart is theirs.
    private string? Phone(string typed)
    {
        var digits = typed.Count(char.IsAsciiDigit);
        if (digits is >= 7 and <= 15 && typed.Length <= LongestPhone && typed.LastIndexOf('+') <= 0
            && typed.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '(' or ')' or '.' or '/'))
            return typed;
        findings.Refuse("contact.phone", typed.Length == 0 ? SubmissionCode.Required : SubmissionCode.Malformed,
            "Give a telephone number with its country code, such as +44 20 7946 0123.");
        return null;
    }

    private string? Page(string field, string? typed, string what)
    {
        var text = (typed ?? "").Trim();
        if (ActionUrl.TryParse(text, context.UrlPolicy, out var url, out var why))
            return url.Uri.AbsoluteUri;
        if (text.Length == 0)
            findings.Refuse(field, SubmissionCode.Required, $"Give {what}: a URL that begins with https://.");
        else
            findings.Refuse(field, SubmissionCode.Malformed, $"{SubmissionFindings.Quoted(text)}: {why}. Give {what} as a URL that begins with https://.");
        return null;
    }

    private string? Support(string? typed)
    {
        var text = (typed ?? "").Trim();
        if (EmailAddress.TryParse(text, out var address))
            return address.ToString();
        return Page("publisher.support", text, "an e-mail address or the page where users are helped");
    }

    private int? DailyVolume(string typed)
    {
        if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var mails) || mails is < 1 or > MostMails)
        {
            findings.Refuse("scenario.dailyVolume", typed.Length == 0 ? SubmissionCode.Required : SubmissionCode.Malformed,
                "Give the number of mails that you expect to send on a day: digits only, at least 1.");
            return null;
        }
        if (mails < UsualMails)
        {
            findings.Warn("scenario.dailyVolume", SubmissionCode.LowVolume,
                $"Global registrations are expected to send about {UsualMails} mails a day; a reviewer will ask why this one is for everybody.");
        }
        return mails;
    }

    private string? SampleCard(string typed)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            findings.Refuse("scenario.sampleCard", SubmissionCode.Required, "Give a card such as you will send: its JSON.");
            return null;
        }
        // Before the text is turned into bytes: ten megabytes are refused without a copy (security J-14).
        if (typed.Length > CardLimits.Default.MaxBytes)
        {
            findings.Refuse("scenario.sampleCard", SubmissionCode.TooLong, $"A card has at most {CardLimits.Default.MaxBytes} bytes.");
            return null;
        }
        return Linted(typed, CardLint.Check(Encoding.UTF8.GetBytes(typed), CardLimits.Default));
    }

    private string? Linted(string typed, LintReport report)
    {
        if (!report.IsReadable)
        {
            findings.Refuse("scenario.sampleCard", SubmissionCode.CardUnreadable, $"This is no card: {string.Join("; ", report.Findings.Take(1).Select(Told))}.");
            return null;
        }
        foreach (var finding in report.Findings.Where(finding => finding.Rule.Severity != LintSeverity.Info).Take(MostCardFindings))
            findings.Warn("scenario.sampleCard", finding.Rule.Code, $"{Told(finding)}. {finding.Rule.Remedy}");
        if (report.Json["originator"u8].Text is { } originator && !string.Equals(originator, context.Originator, StringComparison.OrdinalIgnoreCase))
        {
            findings.Warn("scenario.sampleCard", SubmissionCode.OtherOriginator,
                $"The card names the originator {SubmissionFindings.Quoted(originator)}; this registration's is {context.Originator}.");
        }
        return typed;
    }

    private static string Told(LintFinding finding) => string.Create(CultureInfo.InvariantCulture, $"line {finding.Position.Line}, column {finding.Position.Column}: {finding.Message}");
}
