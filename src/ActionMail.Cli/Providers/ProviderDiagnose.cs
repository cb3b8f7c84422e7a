using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider diagnose ID</c>: why a registration does not do what one expects. <c>test-message ID</c>: a mail to oneself, and what would stop it at others.</summary>
internal static class ProviderDiagnose
{
    private static readonly Argument<string> Id = ProviderIdArgument.Of("The provider id (originator).");
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("diagnose", "Say why a registration does not work: nodes, last messages, what stands in the way.", RunAsync)
    {
        Arguments = { Id },
        Options = { Json },
        Examples = ["actionmail provider diagnose 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913"],
        NoMeans = "something stands in the way, or there is no such registration of yours",
        Notes = PlatformAddress.PersonalNotes,
    };

    public static Verb TestMessage() => new("test-message", "Send yourself a message of a provider, and say what would stop it at others.", TestAsync)
    {
        Arguments = { Id },
        Options = { Json },
        Examples = ["actionmail provider test-message 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913"],
        NoMeans = "there is no such registration, or none that is yours to see",
        Notes = PlatformAddress.PersonalNotes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        var reply = await PersonalPlatform.AskAsync(api => api.ShowAsync(parse.GetRequiredValue(Id), "diagnosis", cancel));
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<Diagnosis>(out var diagnosis, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            Print(parse.Output, diagnosis);
        return diagnosis.Troubles.Count == 0 ? new Answer.Done() : new Answer.No();
    }

    private static void Print(TextWriter output, Diagnosis diagnosis)
    {
        foreach (var node in diagnosis.Nodes)
            output.WriteLine($"{node.Name}: {WordsOf(node)}, registrations read {node.LoadedAt}".Printable);
        foreach (var message in diagnosis.Messages)
            output.WriteLine($"{message.At}  {message.Card,-6} {message.Reason ?? "-",-28} to {message.RecipientDomain}".Printable);
        foreach (var trouble in diagnosis.Troubles)
        {
            output.WriteLine($"{trouble.Code}: {trouble.Words}".Printable);
            output.WriteLine($"    {trouble.Remedy}".Printable);
        }
        if (diagnosis.Troubles.Count == 0)
            output.WriteLine("Nothing stands in the way.");
    }

    private static string WordsOf(Node node) => node switch { { IsEffective: true } => "in force", { IsCurrent: true } => "not in force", _ => "the last change is not taken up yet" };

    private static async Task<Answer> TestAsync(ParseResult parse, CancellationToken cancel)
    {
        var reply = await PersonalPlatform.AskAsync(api => api.ActAsync(parse.GetRequiredValue(Id), "test-message", new { }, cancel));
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<TestMessageLine>(out var sent, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            Print(parse.Output, sent);
        return new Answer.Done();
    }

    private static void Print(TextWriter output, TestMessageLine sent)
    {
        output.WriteLine($"The message is in your inbox: /inbox/{sent.MessageId}. Its card is {sent.Card}.".Printable);
        foreach (var check in sent.Checks.Where(check => check.Outcome == "fail"))
            output.WriteLine($"  At others it would not act: {check.Code} ({check.Evidence})".Printable);
    }

    private sealed record Diagnosis
    {
        public IReadOnlyList<Node> Nodes { get; init; } = [];
        public IReadOnlyList<Message> Messages { get; init; } = [];
        public required IReadOnlyList<Trouble> Troubles { get; init; }
    }

    private sealed record Node(string Name, bool IsCurrent, bool IsEffective, string LoadedAt);

    private sealed record Message(string At, string Card, string? Reason, string RecipientDomain);

    private sealed record Trouble(string Code, string Words, string Remedy);

    private sealed record TestMessageLine
    {
        public required string MessageId { get; init; }
        public required string Card { get; init; }
        public IReadOnlyList<Check> Checks { get; init; } = [];
    }

    private sealed record Check(string Code, string Outcome, string Evidence);
}
