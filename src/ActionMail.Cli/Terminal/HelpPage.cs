using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace ActionMail.Cli.Terminal;

/// <summary>The library's help page with examples, notes and exit codes below it.</summary>
internal sealed class HelpPage(HelpAction page) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exit = page.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is Verb verb)
            WriteVerb(verb, output);
        else
            WriteExamples(Verbs(parseResult.CommandResult.Command).Select(each => each.Examples[0]), output);
        return exit;
    }

    /// <summary>The command with the names of its parents: "actionmail key new".</summary>
    public static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "actionmail";

    private static void WriteVerb(Verb verb, TextWriter output)
    {
        WriteExamples(verb.Examples, output);
        if (verb.Notes is { } notes)
        {
            output.WriteLine("Notes:");
            foreach (var line in notes.Split('\n'))
                output.WriteLine("  " + line.TrimEnd('\r'));
            output.WriteLine();
        }
        output.WriteLine("Exit codes:");
        output.WriteLine("  0  done");
        output.WriteLine("  1  " + verb.NoMeans);
        output.WriteLine("  2  the arguments, a file or the environment are wrong");
        output.WriteLine("  3  the platform could not be reached");
    }

    private static void WriteExamples(IEnumerable<string> examples, TextWriter output)
    {
        output.WriteLine("Examples:");
        foreach (var example in examples)
            output.WriteLine("  " + example);
        output.WriteLine();
    }

    private static IEnumerable<Verb> Verbs(Command command) =>
        command.Subcommands.SelectMany(child => child is Verb verb ? [verb] : Verbs(child));
}
