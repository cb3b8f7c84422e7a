using System.Collections.Immutable;
using System.CommandLine;
using ActionMail.Cli.Terminal;
using ActionMail.Protocol.Cards.Clients;

namespace ActionMail.Cli.Cards;

/// <summary><c>actionmail card lint FILE…</c>: what is wrong with cards, where, and what each client will show of them.</summary>
internal static class CardLintVerb
{
    private const string AllClients = "all";

    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Cards: Adaptive Cards or MessageCards. \"-\" reads standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Client = ClientOption();

    private static readonly Option<bool> Json = new("--json") { Description = "Print one line of JSON for each file." };

    public static Verb Verb() => new("lint", "Say what is wrong with cards, where, and what each client will show of them.", RunAsync)
    {
        Arguments = { Files },
        Options = { Client, Json },
        Examples =
        [
            "actionmail card lint card.json",
            "actionmail card lint cards/*.json --client outlook-web",
            "actionmail card lint - --client all --json < card.json",
        ],
        NoMeans = "a card has a finding of severity error",
        Notes = "Clients: " + string.Join(", ", ClientProfiles.All.Select(profile => profile.Name))
            + ".\nWithout --client every client is judged. A file that is no card ends with exit code 2; the others are judged all the same.\n"
            + "The rules are explained in docs/lint.md.",
    };

    private static Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel) => Task.FromResult(Run(parse));

    private static Answer Run(ParseResult parse)
    {
        var clients = ClientsOf(parse.GetValue(Client));
        List<LintedFile> files = [];
        foreach (var path in parse.GetRequiredValue(Files))
        {
            var file = LintedFile.Read(path, clients);
            files.Add(file);
            if (parse.GetValue(Json))
                LintJson.Print(file, parse.Output);
            else
                LintText.Print(file, parse.Output);
        }
        if (!parse.GetValue(Json))
            LintText.PrintCount(files, parse.Output);
        return AnswerTo(files);
    }

    private static Answer AnswerTo(List<LintedFile> files)
    {
        var unreadable = files.Where(file => !file.IsReadable).Select(file => file.Name.Printable).ToList();
        if (unreadable.Count > 0)
            return new Answer.BadInput($"No card: {string.Join(", ", unreadable)}. The findings say why.");
        return files.Any(file => file.HasErrors) ? new Answer.No() : new Answer.Done();
    }

    private static ImmutableArray<ClientProfile> ClientsOf(string? name) =>
        name is null or AllClients ? ClientProfiles.All : [ClientProfiles.Find(name)!];

    private static Option<string> ClientOption()
    {
        var option = new Option<string>("--client") { Description = "Judge for one client, or for all of them (the default).", HelpName = "NAME|all" };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value != AllClients && ClientProfiles.Find(token.Value) is null))
                result.AddError($"There is no client '{token.Value}'; take one of {string.Join(", ", ClientProfiles.All.Select(profile => profile.Name))} or {AllClients}.");
        });
        return option;
    }
}
