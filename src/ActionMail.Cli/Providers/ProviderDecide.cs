using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary>
/// <c>actionmail provider approve|reject ID</c>: (1) which revision waits; (2) whether it is for them to decide; (3) in what it differs from the one that
/// runs; (4) a decision about exactly that revision, by its number and hash, so that what was shown is what is decided about.
/// </summary>
internal static class ProviderDecide
{
    private static readonly Argument<string> Id = ProviderIdArgument.Of("The provider id (originator).");

    private static readonly Option<int?> Revision = new("--revision") { Description = "The revision that you have read. Without it the one that waits is shown first.", HelpName = "N" };
    private static readonly Option<string?> Hash = new("--hash") { Description = "The hash of the content that you have read, as 'provider show --json' has it.", HelpName = "HEX" };
    private static readonly Option<string?> Why = new("--reason") { Description = "For the submitter.", HelpName = "TEXT" };
    private static readonly Option<string> Reason = new("--reason") { Description = "For the submitter: why not.", HelpName = "TEXT", Required = true };
    private static readonly Option<string?> Confirm = new("--confirm") { Description = "For a Global request: the provider's name, as it is written.", HelpName = "NAME" };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask; needs --revision and --hash." };
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Approve() => new("approve", "Approve the revision that waits, after it was shown.", (parse, cancel) => RunAsync(parse, "approve", parse.GetValue(Why), cancel))
    {
        Arguments = { Id },
        Options = { Revision, Hash, Why, Confirm, Yes, Json },
        Examples =
        [
            "actionmail provider approve 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913",
            "actionmail provider approve 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913 --revision 2 --hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 --yes",
        ],
        NoMeans = "nothing waits, it is not for you to decide, somebody else has decided, or you said no",
        Notes = PlatformAddress.PersonalNotes + "\nA Global request is approved on its page: that asks for a sign-in of the last ten minutes, which a token is not.",
    };

    public static Verb Reject() => new("reject", "Reject the revision that waits, with a reason.", (parse, cancel) => RunAsync(parse, "reject", parse.GetRequiredValue(Reason), cancel))
    {
        Arguments = { Id },
        Options = { Revision, Hash, Reason, Yes, Json },
        Examples = ["actionmail provider reject 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913 --reason \"the target is a test server\""],
        NoMeans = "nothing waits, it is not for you to decide, somebody else has decided, or you said no",
        Notes = PlatformAddress.PersonalNotes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, string verb, string? reason, CancellationToken cancel)
    {
        if (!PersonalPlatform.TryOpen(out var api, out var problem))
            return new Answer.BadInput(problem);
        using (api)
        {
            return parse.GetValue(Yes) && parse.GetValue(Revision) is { } number && parse.GetValue(Hash) is { } hash
                ? await DecideAsync(parse, api!, verb, number, hash, reason, cancel)
                : await ShowAndDecideAsync(parse, api!, verb, reason, cancel);
        }
    }

    private static async Task<Answer> ShowAndDecideAsync(ParseResult parse, PersonalApi api, string verb, string? reason, CancellationToken cancel)
    {
        var id = parse.GetRequiredValue(Id);
        var reply = await api.ShowAsync(id, cancel);                                                                           // 1
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<RegistrationLine>(out var registration, out var other))
            return other;
        if (registration is not { PendingRevision: { } waiting, Newest: { } revision } || (parse.GetValue(Revision) ?? waiting) != waiting)
            return new Answer.No(registration.PendingRevision is { } another ? $"Revision {another} waits, not {parse.GetValue(Revision)}." : "No revision of it waits for a decision.");
        if (WhyNot(api, registration, revision, verb) is { } why)                                                              // 2
            return new Answer.No(why);
        if (parse.GetValue(Yes))
            return new Answer.BadInput($"A decision names what was read. Revision {waiting} waits; with --yes, give --revision {waiting} --hash {revision.ContentHash}");
        var difference = await api.ShowAsync(id, $"revisions/{waiting}/difference", cancel);                                   // 3
        if (difference is not ApiReply.Document changes)
            return difference.WhyNoDocument;
        if (!changes.TryRead<DifferenceLine>(out var found, out other))
            return other;
        Show(parse.Output, registration, revision, found);
        return Question.Ask(parse, $"{(verb == "approve" ? "Approve" : "Reject")} revision {waiting}?")
            ?? await DecideAsync(parse, api, verb, waiting, parse.GetValue(Hash) ?? revision.ContentHash, reason, cancel);
    }

    // Before anybody reads and answers for nothing.
    private static string? WhyNot(PersonalApi api, RegistrationLine registration, RevisionLine revision, string verb) => registration switch
    {
        _ when !registration.May.Contains("decide") => $"Revision {revision.Number} is not for you to decide about. An approver does who does not own it: for the scope organization "
            + "an administrator of the organization, for the scope global a reviewer of another one.",
        _ when verb == "approve" && IsGlobal(revision) => "A Global request is approved on its page, after a sign-in of the last ten minutes: "
            + $"{new Uri(api.Platform, $"providers/{registration.Id}/review/{revision.Number}")}",
        _ => null,
    };

    private static bool IsGlobal(RevisionLine revision) => revision.Content.TryGetProperty("scope", out var scope) && scope.ValueEquals("global");

    // 4
    private static async Task<Answer> DecideAsync(ParseResult parse, PersonalApi api, string verb, int revision, string hash, string? reason, CancellationToken cancel)
    {
        object body = verb == "approve" ? new { contentHash = hash, reason, confirmation = parse.GetValue(Confirm) } : new { contentHash = hash, reason };
        return RegistrationPage.Print(parse, parse.GetValue(Json), await api.ActAsync(parse.GetRequiredValue(Id), $"revisions/{revision}/{verb}", body, cancel));
    }

    private static void Show(TextWriter output, RegistrationLine registration, RevisionLine revision, DifferenceLine difference)
    {
        output.WriteLine($"{registration.Name} ({registration.Id}), {registration.Organization}, scope {registration.Scope}".Printable);
        output.WriteLine($"Revision {revision.Number} by {revision.SubmittedBy}, {(difference.From is { } running ? $"beside revision {running}, which runs" : "while nothing runs")}:".Printable);
        RegistrationPage.PrintChanges(output, difference.Changes);
    }
}
