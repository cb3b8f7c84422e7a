using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary>
/// <c>actionmail provider apply FILE</c>: the registration is as the file says: (1) read the file; (2) read what is registered under its id; (3) have the platform check
/// and compare; (4) show the plan; (5) ask; (6) submit, over exactly the version that was compared.
/// </summary>
internal static class ProviderApply
{
    private static readonly Argument<string> File = new("FILE") { Description = "The registration as JSON (docs/api.md, \"A registration's file\"). \"-\" reads standard input." };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show the plan alone: exit code 0 where nothing would change, 1 where something would." };
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("apply", "Make a registration as a file says: create it, or submit what has changed. Shows a plan first.", RunAsync)
    {
        Arguments = { File },
        Options = { Yes, DryRun, Json },
        Examples =
        [
            "actionmail provider apply expenses.json",
            "actionmail provider apply expenses.json --dry-run",
            "actionmail provider apply expenses.json --yes --json",
        ],
        NoMeans = "with --dry-run, something would change; else you said no, or the platform says no",
        Notes = PlatformAddress.PersonalNotes + "\nA file with an id changes that registration. One without creates a registration, and the id to put into the file is printed.",
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!RegistrationFile.TryRead(parse.GetRequiredValue(File), out var file, out var problem)                             // 1
            || !PersonalPlatform.TryOpen(out var api, out problem))
            return new Answer.BadInput(problem);
        using (api)
            return await PlanAsync(parse, api!, file, cancel);
    }

    private static async Task<Answer> PlanAsync(ParseResult parse, PersonalApi api, RegistrationFile file, CancellationToken cancel)
    {
        string? version = null;
        if (file.Id is { } id)                                                                                                 // 2
        {
            var registered = await api.ShowAsync(id, cancel);
            if (registered is not ApiReply.Document document)
                return registered.WhyNoDocument;
            version = document.EntityTag;
        }
        var judged = await api.CheckAsync(file.Id, file.Submission, cancel);                                                   // 3
        if (judged is not ApiReply.Document checkedFile)
            return judged.WhyNoDocument;
        if (!checkedFile.TryRead<Check>(out var check, out var other))
            return other;
        if (!check.Valid)
            return Invalid(parse, file, check);
        if (file.Id is null)
            check = check with { RegisteredBefore = await RegisteredBefore.FindAsync(api, file.Submission, cancel) };
        return await CarryOutAsync(parse, api, file, version, check, cancel);
    }

    private static async Task<Answer> CarryOutAsync(ParseResult parse, PersonalApi api, RegistrationFile file, string? version, Check check, CancellationToken cancel)
    {
        var asJson = parse.GetValue(Json);
        if (!asJson)
            Show(parse.Output, file, check);                                                                                   // 4
        else if (parse.GetValue(DryRun))
            parse.PrintJson(new { file.Id, change = Word(file, check), check.Changes, check.Warnings, check.RegisteredBefore });
        else
            Remind(parse.InvocationConfiguration.Error, file, check);
        var changes = file.Id is null || check.Changes.Count > 0;
        if (parse.GetValue(DryRun))
            return changes ? new Answer.No() : new Answer.Done();
        if (!changes)
            return asJson
                ? RegistrationPage.Print(parse, json: true, await RegistrationInFull.CompleteAsync(api, await api.ShowAsync(file.Id!, cancel), cancel))
                : new Answer.Done();
        if (!parse.GetValue(Yes) && Question.Ask(parse, "Submit this?") is { } unanswered)                                     // 5
            return unanswered;
        var reply = file.Id is { } id                                                                                          // 6
            ? await api.SubmitRevisionAsync(id, file.Submission, version ?? "*", cancel)
            : await api.SubmitNewAsync(file.Submission, cancel);
        return Report(parse, file, await RegistrationInFull.CompleteAsync(api, reply, cancel));
    }

    private static Answer Report(ParseResult parse, RegistrationFile file, ApiReply reply)
    {
        if (reply is ApiReply.Nothing { Code: "precondition_failed" })
            return new Answer.No("The registration was changed while you looked at the plan; run the command again.");
        var answer = RegistrationPage.Print(parse, parse.GetValue(Json), reply);
        if (answer is Answer.Done && file.Id is null && !parse.GetValue(Json) && reply is ApiReply.Document document && document.TryRead<RegistrationLine>(out var made, out _))
            parse.Output.WriteLine($"\nPut this into {file.Path}, so that the next apply changes this registration:\n\n    \"id\": \"{made.Id}\",".Replace("\r", "", StringComparison.Ordinal));
        return answer;
    }

    private static void Show(TextWriter output, RegistrationFile file, Check check)
    {
        output.WriteLine(Word(file, check) switch
        {
            "create" => "+ create a registration",
            "change" => $"~ change {file.Id}",
            _ => $"= {file.Id} is as the file says",
        });
        RegistrationPage.PrintChanges(output, check.Changes);
        foreach (var warning in check.Warnings)
            output.WriteLine($"  Note: {warning.Field}: {warning.Words}".Printable);
        Remind(output, file, check);
    }

    private static void Remind(TextWriter output, RegistrationFile file, Check check)
    {
        foreach (var id in check.RegisteredBefore)
            output.WriteLine($"  Note: {id} has this name and sender: put \"id\": \"{id}\" into {file.Path} to change it.".Printable);
    }

    private static string Word(RegistrationFile file, Check check) => file.Id is null ? "create" : check.Changes.Count > 0 ? "change" : "none";

    private static Answer.BadInput Invalid(ParseResult parse, RegistrationFile file, Check check)
    {
        if (parse.GetValue(Json))
            parse.PrintJson(new { file.Id, check.Errors, check.Warnings });
        else
            foreach (var error in check.Errors)
                parse.Output.WriteLine($"{error.Field}: {error.Words}".Printable);
        return new Answer.BadInput($"{file.Path} cannot be submitted: {check.Errors.Count} {(check.Errors.Count == 1 ? "field is" : "fields are")} not right.");
    }

    private sealed record Check
    {
        public required bool Valid { get; init; }
        public IReadOnlyList<FindingLine> Errors { get; init; } = [];
        public IReadOnlyList<FindingLine> Warnings { get; init; } = [];
        public IReadOnlyList<ChangeLine> Changes { get; init; } = [];

        /// <summary>Ids of one's own that the file may have been meant for.</summary>
        public IReadOnlyList<string> RegisteredBefore { get; init; } = [];
    }
}
