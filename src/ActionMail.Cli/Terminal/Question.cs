using System.CommandLine;

namespace ActionMail.Cli.Terminal;

/// <summary>A question before something that cannot be taken back. It is asked of a person at a terminal, and of nobody else.</summary>
internal static class Question
{
    /// <summary>Null for a yes; else what the command ends with.</summary>
    public static Answer? Ask(ParseResult parse, string question)
    {
        if (Console.IsInputRedirected)
            return new Answer.BadInput("There is nobody to ask here; add --yes when you mean it.");
        parse.Output.Write($"{question} [y/N] ");
        parse.Output.Flush();
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes" ? null : new Answer.No("You said no; nothing was done.");
    }
}
