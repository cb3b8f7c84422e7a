using System.CommandLine;
using System.Text;
using ActionMail.Cli.Terminal;
using ActionMail.Protocol.Cards.Clients;

namespace ActionMail.Cli.Cards;

/// <summary><c>actionmail card render CARD.json</c>: the card as a client would draw it, as a page or a picture.</summary>
internal static class CardRender
{
    private const int Narrowest = 200;
    private const int Widest = 2000;

    private static readonly Argument<string> File = new("CARD.json") { Description = "The card. \"-\" reads standard input." };

    private static readonly Option<string> Client = ClientOption();
    private static readonly Option<CardTheme> Theme = new("--theme") { Description = "Colours of the page.", DefaultValueFactory = _ => CardTheme.Light };

    private static readonly Option<int> Width = new("--width")
    {
        Description = $"Width of the page in CSS pixels, {Narrowest} to {Widest}.",
        HelpName = "N",
        DefaultValueFactory = _ => 640,
    };

    private static readonly Option<string> Out = new("--out", "-o")
    {
        Description = "Where to write: a name that ends in .html or .png.",
        HelpName = "FILE",
        Required = true,
    };

    public static Verb Verb() => new("render", "Draw a card as a page of its own, or as a picture of it.", RunAsync)
    {
        Arguments = { File },
        Options = { Client, Theme, Width, Out },
        Examples =
        [
            "actionmail card render card.json -o card.html",
            "actionmail card render card.json --client ios --theme dark --width 390 -o card.png",
        ],
        NoMeans = "not used",
        Notes = $"Clients: {string.Join(", ", ClientProfiles.All.Select(client => client.Name))}.\n"
            + "What the client leaves out is left out and listed; one that shows no cards, or not this one, gives a page that says so.\n"
            + "The page needs nothing but a browser: it holds the inbox's own renderer, and its policy lets it load and send nothing.\n"
            + $"For a picture Chromium or Chrome draws it: the program that {Chromium.Variable} names, else one on the PATH.",
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        var (path, width) = (parse.GetRequiredValue(Out), parse.GetValue(Width));
        if (width is < Narrowest or > Widest)
            return new Answer.BadInput($"--width is {width}; give {Narrowest} to {Widest}.");
        var isPicture = path.EndsWith(".png", StringComparison.OrdinalIgnoreCase);
        if (!isPicture && !path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
            return new Answer.BadInput($"--out is {path}; give a name that ends in .html or .png.");
        if (!CardFile.TryRead(parse.GetRequiredValue(File), out var file, out var problem))
            return new Answer.BadInput(problem);
        var view = CardInClient.Of(file.Card, ClientProfiles.Find(parse.GetRequiredValue(Client))!);
        var page = view switch
        {
            CardInClient.Drawn(var card, _) => CardPage.Of(card, parse.GetValue(Theme), width),
            CardInClient.NotShown(var client, var why) => CardPage.WithoutCard(client.Title, why, parse.GetValue(Theme), width),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        foreach (var lost in view is CardInClient.Drawn(_, var losses) ? losses : [])
            parse.Output.WriteLine($"{lost.Pointer.Printable}  left out: {lost.Why.Printable}");
        return isPicture ? await PhotographAsync(page, width, path, cancel) : Write(page, path);
    }

    private static Option<string> ClientOption()
    {
        var option = new Option<string>("--client") { Description = "Whose view it is.", HelpName = "NAME", DefaultValueFactory = _ => "actionmail" };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => ClientProfiles.Find(token.Value) is null))
                result.AddError($"There is no client '{token.Value}'; take one of {string.Join(", ", ClientProfiles.All.Select(client => client.Name))}.");
        });
        return option;
    }

    private static Answer Write(string page, string path) =>
        OutputFile.TryWrite(path, Encoding.UTF8.GetBytes(page), out var problem) ? new Answer.Done() : new Answer.BadInput(problem);

    private static async Task<Answer> PhotographAsync(string page, int width, string path, CancellationToken cancel)
    {
        if (Chromium.Find() is not { } chromium)
            return new Answer.BadInput($"A picture needs Chromium or Chrome, and none is on the PATH; install one, name it in {Chromium.Variable}, or write --out card.html.");
        return await chromium.PhotographAsync(page, width, cancel) switch
        {
            Photograph.Taken(var png) => OutputFile.TryWrite(path, png, out var problem) ? new Answer.Done() : new Answer.BadInput(problem),
            Photograph.Failed(var why) => new Answer.BadInput($"{chromium.Path} made no picture: {why}. Try --out card.html and open it in a browser."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
