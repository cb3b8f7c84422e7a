using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using ActionMail.Cli.Terminal;
using ActionMail.Mail.Spf;
using ActionMail.Server.Network;

namespace ActionMail.Cli.Senders;

/// <summary><c>actionmail spf check</c>: whether a client may send in the name of a domain.</summary>
internal static class SpfCheck
{
    private static readonly Option<string> Ip = new("--ip") { Description = "The address of the client.", HelpName = "ADDR", Required = true };
    private static readonly Option<string?> Helo = new("--helo") { Description = "What the client said in HELO or EHLO.", HelpName = "NAME" };
    private static readonly Option<string?> MailFrom = new("--mail-from")
    {
        Description = "The reverse path. With none, or an empty one, the HELO name is judged.",
        HelpName = "ADDR",
    };

    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("check", "Say what SPF (RFC 7208) says of a client and a domain.", RunAsync)
    {
        Options = { Ip, Helo, MailFrom, DnsSource.Zone, DnsSource.Server, Json },
        Examples =
        [
            "actionmail spf check --ip 192.0.2.1 --helo mail.contoso.test --mail-from actions@contoso.test",
            "actionmail spf check --ip 2001:db8::1 --helo mail.contoso.test --mail-from \"\" --zone contoso.zone --json",
        ],
        NoMeans = "never: each result of SPF is exit code 0",
        Notes = DnsSource.Notes,
    };

    private sealed record Line(string Result, string Domain, string Explanation);

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!TryReadAddress(parse.GetRequiredValue(Ip), out var client))
            return new Answer.BadInput($"--ip '{parse.GetValue(Ip)}' is no address; write it as in 192.0.2.1 or 2001:db8::1.");
        if (string.IsNullOrEmpty(parse.GetValue(Helo)) && string.IsNullOrEmpty(parse.GetValue(MailFrom)))
            return new Answer.BadInput("There is no domain to judge; give --mail-from, or --helo for an empty reverse path.");
        if (!DnsSource.TryOpen(parse, out var dns, out var problem))
            return new Answer.BadInput(problem);

        var query = new SpfQuery(client, parse.GetValue(Helo) ?? "", parse.GetValue(MailFrom) ?? "") { Now = TimeProvider.System.GetUtcNow() };
        using var inquiry = new DnsInquiry(dns, new(), TimeProvider.System);
        var result = await inquiry.DecideAsync(known => SpfEvaluation.Next(query, known), cancel);

        if (parse.GetValue(Json))
            parse.PrintJsonLine(new Line(result.Outcome.Word, result.Domain.ToString(), result.Explanation ?? ""));
        else
            Print(result, parse.Output);
        return new Answer.Done();
    }

    // The platform's parser reads 1.2.3 and 010.1.1.1 as addresses too.
    private static bool TryReadAddress(string text, out IPAddress address) =>
        IPAddress.TryParse(text, out address!) && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text);

    private static void Print(SpfResult result, TextWriter output)
    {
        output.WriteLine($"{result.Outcome.Word}: {result.Domain} ({(result.Identity == SpfIdentity.Helo ? "HELO" : "MAIL FROM")})");
        Detail("because", result.Mechanism ?? result.Problem ?? "no mechanism matches");
        Detail("record", result.Record);
        Detail("explanation", result.Explanation);
        foreach (var question in result.Asked)
            Detail("asked", question.ToString());

        void Detail(string name, string? text)
        {
            if (text is not null)
                output.WriteLine($"  {name,-12} {text.Printable}");
        }
    }
}
