using System.CommandLine;

namespace ActionMail.Cli.Terminal;

/// <summary>A command that does something, with the examples and the meaning of "no" that its help ends with.</summary>
internal sealed class Verb : Command
{
    public Verb(string name, string description, Func<ParseResult, CancellationToken, Task<Answer>> story)
        : base(name, description) =>
        SetAction(async (parse, cancel) => CommandLine.Report(await story(parse, cancel), parse.InvocationConfiguration.Error));

    /// <summary>Whole command lines, as they would be typed.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>When this command ends with exit code 1.</summary>
    public required string NoMeans { get; init; }

    /// <summary>What else the reader of the help should know: environment variables, files.</summary>
    public string? Notes { get; init; }
}
