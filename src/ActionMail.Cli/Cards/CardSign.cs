using System.CommandLine;
using ActionMail.Cli.Keys;
using ActionMail.Cli.Messages;
using ActionMail.Cli.Terminal;
using ActionMail.Sdk;

namespace ActionMail.Cli.Cards;

/// <summary><c>actionmail card sign CARD.json</c>: the compact JWS, or the HTML body that carries it.</summary>
internal static class CardSign
{
    private static readonly Argument<string> File = new("CARD.json") { Description = "The card. \"-\" reads standard input." };

    private static readonly Option<string> Key = new("--key")
    {
        Description = "The service's private key: PEM, RSAKeyValue or JWK.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<string> Originator = new("--originator")
    {
        Description = "The provider id of the registration.",
        HelpName = "ID",
        Required = true,
    };

    private static readonly Option<string> Sender = AddressOption.One("--sender", "The From address of the mail.", required: true);
    private static readonly Option<string[]> To = AddressOption.Many("--to", "Whom the mail is to.", required: true);
    private static readonly Option<string[]> Cc = AddressOption.Many("--cc", "Who gets a copy.", required: false);
    private static readonly Option<bool> Html = new("--html") { Description = "Print the whole HTML body of a mail, the signed card in its microdata." };
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("sign", "Sign a card for one sender and the recipients of one mail.", RunAsync)
    {
        Arguments = { File },
        Options = { Key, Originator, Sender, To, Cc, Html, Json },
        Examples =
        [
            "actionmail card sign card.json --key groups.pem --originator 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913 --sender groups@contoso.test --to owner@contoso.test",
            "actionmail card sign card.json --key groups.pem --originator 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913 --sender groups@contoso.test --to owner@contoso.test --html > body.html",
        ],
        NoMeans = "not used",
        Notes = "A signed card holds for 7 days, for these recipients and this sender alone.",
    };

    private static Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel) => Task.FromResult(Run(parse));

    private static Answer Run(ParseResult parse)
    {
        if (!CardFile.TryRead(parse.GetRequiredValue(File), out var card, out var problem)
            || !PrivateKeyFile.TryRead(parse.GetRequiredValue(Key), out var key, out problem))
            return new Answer.BadInput(problem);
        using (key)
        {
            try
            {
                Print(parse, card, key);
                return new Answer.Done();
            }
            catch (ArgumentException refusal) // The SDK says so of what no reader would take.
            {
                return new Answer.BadInput(refusal.Sentence + " Mend the card or the options.");
            }
        }
    }

    private static void Print(ParseResult parse, CardFile card, SigningKey key)
    {
        var sender = parse.GetRequiredValue(Sender);
        var originator = parse.GetRequiredValue(Originator);
        var (to, cc) = (parse.GetRequiredValue(To), parse.GetValue(Cc) ?? []);
        if (parse.GetValue(Html))
        {
            var html = Letter.Actionable(sender, to, cc, card.Summary, html: null, card).ToSignedMessage(originator, key, TimeProvider.System).HtmlBody!;
            Print(parse, new { html, keyId = key.PublicKey.Thumbprint }, html);
            return;
        }
        var signed = SignedCard.Create(
            new() { CardJson = card.Json, Kind = card.Kind, Originator = originator, Sender = sender, Recipients = [.. to, .. cc] },
            key,
            TimeProvider.System);
        Print(parse, new { jws = signed.Jws, keyId = key.PublicKey.Thumbprint }, signed.Jws);
    }

    private static void Print<T>(ParseResult parse, T result, string text)
    {
        if (parse.GetValue(Json))
            parse.PrintJson(result);
        else
            parse.Output.WriteLine(text);
    }
}
