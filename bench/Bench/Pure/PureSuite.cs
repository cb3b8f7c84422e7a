using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActionMail.Mail.Message;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Signing;
using ActionMail.Sdk;
using AngleSharp.Html.Parser;
using MimeKit;

namespace ActionMail.Bench.Pure;

/// <summary>The parts of the way of a mail that only compute, each beside what others do or what bounds it, on one thread.</summary>
internal static class PureSuite
{
    private const string Originator = "2b4f6a0c-0000-4000-8000-000000000001";
    private const string Owner = "owner@contoso.test";
    private const string Sender = "service@contoso.test";

    public static async Task<IReadOnlyList<Comparison>> RunAsync(Settings settings, CancellationToken cancel)
    {
        using var key = SigningKey.CreateRsa(2048);
        var (mail, card) = (MailOf(5 * 1024), CardText());
        var jws = SignedCard.Create(new() { CardJson = card, Originator = Originator, Sender = Sender, Recipients = [Owner] }, key, TimeProvider.System).Jws;
        var page = PageWith(jws, 60 * 1024);
        var (context, signed) = (ContextFor(key), CompactJws.Parse(jws));
        var html = new HtmlParser();
        return
        [
            await CompareAsync("Reading a mail of 5 KB", settings, cancel,
                ("MimeKit", () => MimeMessage.Load(new MemoryStream(mail)).HtmlBody!.Length),
                ("MailMessage.Read", () => MailMessage.Read(mail).CardHtml!.Length),
                ("bound: SHA-256 of its bytes", () => SHA256.HashData(mail).Length)),
            await CompareAsync("Finding the card in a page of 60 KB", settings, cancel,
                ("AngleSharp", () => html.ParseDocument(page).QuerySelector("[itemprop=signedAdaptiveCard]")!.TextContent.Length),
                ("CardFinder", () => CardFinder.Find(page, []) is CarriedCard.Signed found ? found.Jws.Length : 0)),
            await CompareAsync("Verifying a signed card", settings, cancel,
                ("bound: RSA-2048 verification", () => key.PublicKey is { } bare && signed is JwsReading.Read(var read) && read.IsSignedBy(bare) ? 1 : 0),
                ("SignedCardVerification", () => SignedCardVerification.Verify(jws, CardKind.AdaptiveCard, context, CardLimits.Default) is SignedCardResult.Verified ? 1 : 0)),
            await CompareAsync("Reading an approval card", settings, cancel,
                ("JsonDocument.Parse", () => ParsedLength(card)),
                ("Card.Read", () => Card.Read(card, CardLimits.Default) is CardReading.Read ? 1 : 0)),
        ];
    }

    private static Task<Comparison> CompareAsync(string title, Settings settings, CancellationToken cancel, params (string Name, Func<int> Work)[] ways) =>
        Rounds.RunAsync(title, "times/s", settings, [.. ways.Select(way => Contender(way.Name, settings, way.Work))], cancel);

    /// <summary>Something that computes; each time it is done it gives a number other than 0.</summary>
    public static Contender Contender(string name, Settings settings, Func<int> work) =>
        new(name, _ => Task.FromResult(RateOf(work, settings.PureSeconds)));

    private static double RateOf(Func<int> work, double seconds)
    {
        const int between = 16;   // looks at the clock
        var (count, began) = (0, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
        {
            for (var i = 0; i < between; i++)
            {
                if (work() == 0)
                    throw new InvalidOperationException("The work was not done.");
            }
            count += between;
        }
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static int ParsedLength(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().Count();
    }

    public static byte[] MailOf(int bytes)
    {
        var mail = new ActionableMail
        {
            From = new MailboxAddress("The Service", Sender),
            To = [new MailboxAddress("", Owner)],
            Subject = "Überprüfung einer Anfrage",
            HtmlBody = "<p>The plain request.</p>",
            TextBody = "The plain request.",
            CardJson = """{"type":"AdaptiveCard","version":"1.0","body":[]}""",
        };
        var message = (mail with { HtmlBody = $"<p>{Words(bytes / 2)}</p>", TextBody = Words(bytes / 3) }).ToUnsignedMessage(TimeProvider.System);
        var written = new MemoryStream();
        message.WriteTo(FormatOptions.Default.WithCrLf(), written);
        return written.ToArray();
    }

    private static FormatOptions WithCrLf(this FormatOptions options)
    {
        var own = options.Clone();
        own.NewLineFormat = NewLineFormat.Dos;
        return own;
    }

    // As mails are: a table in a table, a style on every cell, and the card at the end.
    private static string PageWith(string jws, int length)
    {
        var page = new StringBuilder("<html><head><title>News</title><style>td{padding:0}</style></head><body><table>");
        while (page.Length < length)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td style=\"font:14px sans-serif;color:#333\" align=\"left\"><a href=\"https://example.com/{page.Length}?a=b&amp;c=d\">{Words(120)}</a></td></tr>\n");
        return page.Append("</table><section itemscope itemtype=\"http://schema.org/SignedAdaptiveCard\"><meta itemprop=\"@context\" content=\"http://schema.org/extensions\">")
            .Append("<div itemprop=\"signedAdaptiveCard\" style=\"mso-hide:all;display:none;max-height:0px;overflow:hidden;\">").Append(jws)
            .Append("</div></section></body></html>").ToString();
    }

    private static string Words(int length) => string.Concat(Enumerable.Repeat("The quick request waits for the owner’s lazy decision. ", (length / 55) + 1))[..length];

    // Twelve lines of facts and two buttons: what an approval looks like.
    private static string CardText()
    {
        var facts = string.Join(',', Enumerable.Range(1, 12).Select(line =>
            $$"""{"type":"ColumnSet","columns":[{"type":"Column","width":"auto","items":[{"type":"TextBlock","text":"Line {{line}}","weight":"Bolder"}]},{"type":"Column","width":"stretch","items":[{"type":"TextBlock","text":"{{Words(60)}}","wrap":true}]}]}"""));
        var buttons = string.Join(',', ((string[])["Approve", "Decline"]).Select(title =>
            $$"""{"type":"Action.Http","title":"{{title}}","method":"POST","url":"https://service.example.com/{{title}}","body":"{\"comment\":\"{{"{{comment.value}}"}}\"}"}"""));
        return $$"""{"type":"AdaptiveCard","version":"1.0","originator":"{{Originator}}","body":[{{facts}},{"type":"Input.Text","id":"comment"}],"actions":[{{buttons}}]}""";
    }

    private static SignedCardContext ContextFor(SigningKey key)
    {
        var owner = EmailAddress.Parse(Owner);
        var organization = Guid.NewGuid();
        var provider = new ProviderRegistration(Originator, "The Service", organization, ProviderState.Approved, 1, ProviderScope.Organization) { Keys = [key.PublicKey] };
        return new(EmailAddress.Parse(Sender), new Recipient(organization, [owner], _ => false), TimeProvider.System.GetUtcNow(), _ => provider);
    }
}
