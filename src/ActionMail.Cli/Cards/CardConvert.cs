using System.CommandLine;
using ActionMail.Cli.Terminal;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Cards.MessageCards;

namespace ActionMail.Cli.Cards;

/// <summary><c>actionmail card convert CARD.json</c>: a MessageCard as an Adaptive Card with the same actions.</summary>
internal static class CardConvert
{
    private static readonly Argument<string> File = new("CARD.json") { Description = "The MessageCard. \"-\" reads standard input." };
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("convert", "Turn a MessageCard into an Adaptive Card that does the same.", RunAsync)
    {
        Arguments = { File },
        Options = { Json },
        Examples = ["actionmail card convert message-card.json > card.json"],
        NoMeans = "The card is printed, and what has no place in an Adaptive Card is told on standard error.",
        Notes = "The Adaptive Card is of version 1.0, which Outlook draws with Action.Http on every client. An input id that several ActionCards have is numbered.",
    };

    private static Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel) => Task.FromResult(Run(parse));

    private static Answer Run(ParseResult parse)
    {
        var path = parse.GetRequiredValue(File);
        if (!CardFile.TryRead(path, out var file, out var problem))
            return new Answer.BadInput(problem);
        if (file.Kind != CardKind.MessageCard)
            return new Answer.BadInput($"The card in {path} is an Adaptive Card already. Give a MessageCard.");
        var conversion = MessageCardConversion.ForMigration(file.Card);
        Print(parse, conversion);
        return conversion.Losses.IsEmpty ? new Answer.Done() : new Answer.No();
    }

    private static void Print(ParseResult parse, MessageCardConversion conversion)
    {
        if (parse.GetValue(Json))
            parse.PrintJson(new { card = System.Text.Json.JsonElement.Parse(conversion.ToString()), losses = conversion.Losses });
        else
            parse.Output.WriteLine(conversion.ToString());
        foreach (var loss in conversion.Losses)
            parse.InvocationConfiguration.Error.WriteLine($"actionmail: Lost at {loss.Pointer.Printable}: {loss.Why}.");
    }
}
