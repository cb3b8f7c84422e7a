using System.CommandLine;
using ActionMail.Cli.Terminal;
using ActionMail.Server.Intake;

namespace ActionMail.Cli.Messages;

/// <summary><c>actionmail message strip FILE.eml</c>: the mail without any card, as it would leave in a forward.</summary>
internal static class MessageStrip
{
    private static readonly Argument<string> File = new("FILE.eml") { Description = "The mail. \"-\" reads standard input." };

    public static Verb Verb() => new("strip", "Print a mail without any card; the rest stays byte for byte.", RunAsync)
    {
        Arguments = { File },
        Examples =
        [
            "actionmail message strip mail.eml > plain.eml",
            "actionmail message strip - < mail.eml | sendmail -t",
        ],
        NoMeans = "the mail was made so that its cards cannot be removed; nothing is printed",
        Notes = "Removed are the scripts and the microdata of cards in every HTML part, quoted ones too, and card parts.\n"
            + "Attachments and attached messages stay: no card is looked for in them.",
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!InputFile.TryReadBytes(parse.GetRequiredValue(File), out var raw, out var problem))
            return new Answer.BadInput(problem);
        if (CardlessMail.Of(raw) is not { } mail)
            return new Answer.No("The cards in this mail cannot be removed: others come to light behind them.");
        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(mail, cancel);
        return new Answer.Done();
    }
}
