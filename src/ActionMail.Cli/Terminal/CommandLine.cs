using System.CommandLine;
using System.CommandLine.Help;

namespace ActionMail.Cli.Terminal;

/// <summary>From the words that were typed to the exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(RootCommand root, string[] args, CancellationToken cancel)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpPage((HelpAction)help.Action!);

        var parse = root.Parse(args, new() { ResponseFileTokenReplacer = null }); // "@example.org" is a reverse path, not a file of arguments.
        var terminal = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false, // A bug shows its stack; what is not a bug is an Answer.
            ProcessTerminationTimeout = null,      // Ctrl-C ends a command at once; `dev`, which has children to end, listens itself.
        };
        if (parse.Errors.Count > 0 && parse.Action?.ClearsParseErrors != true)
            return Report(new Answer.BadInput(Describe(parse)), terminal.Error);
        return await parse.InvokeAsync(terminal, cancel);
    }

    /// <summary>Writes the problem, if there is one, as one line; returns the exit code.</summary>
    public static int Report(Answer answer, TextWriter error)
    {
        if (answer.Problem is { } problem)
            error.WriteLine("actionmail: " + string.Join(' ', problem.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        return answer.ExitCode;
    }

    private static string Describe(ParseResult parse)
    {
        var found = string.Join(" ", parse.Errors.Select(error => error.Message.TrimEnd('.') + ".").Distinct());
        return $"{found} See: {HelpPage.PathOf(parse.CommandResult)} --help";
    }
}
