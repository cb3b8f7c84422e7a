using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using ActionMail.Cli.Terminal;
using ActionMail.Mail.Dmarc;
using ActionMail.Mail.Dns;
using ActionMail.Server.Network;

namespace ActionMail.Cli.Senders;

/// <summary><c>actionmail dmarc check</c>: whether the domains that DKIM and SPF authenticated speak for the domain in From.</summary>
internal static class DmarcCheck
{
    private static readonly Option<string> From = AddressOption.One("--from", "The address in From.", required: true);
    private static readonly Option<string[]> Dkim = Domain<string[]>("--dkim", "The d= of a DKIM signature that passed. Several: repeat it.");
    private static readonly Option<string?> Spf = Domain<string?>("--spf", "The domain whose SPF passed.");
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Verb() => new("check", "Say what DMARC (RFC 9989) says of a domain in From.", RunAsync)
    {
        Options = { From, Dkim, Spf, DnsSource.Zone, DnsSource.Server, Json },
        Examples =
        [
            "actionmail dmarc check --from actions@contoso.test --dkim mail.contoso.test",
            "actionmail dmarc check --from actions@contoso.test --spf bounce.contoso.test --zone contoso.zone --json",
        ],
        NoMeans = "never: each result of DMARC is exit code 0",
        Notes = DnsSource.Notes,
    };

    private sealed record Line(string Result, string? Policy, string? Domain, string? AlignedBy);

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel)
    {
        if (!DnsSource.TryOpen(parse, out var dns, out var problem))
            return new Answer.BadInput(problem);
        var author = parse.GetRequiredValue(From);
        if (!DomainName.TryParse(author[(author.IndexOf('@', StringComparison.Ordinal) + 1)..], out var domain))
            return new Answer.BadInput($"--from '{author}' has no domain; write local@domain.");

        var question = new DmarcQuestion(domain, [.. (parse.GetValue(Dkim) ?? []).Select(NameOf)], parse.GetValue(Spf) is { } spf ? NameOf(spf) : null);
        using var inquiry = new DnsInquiry(dns, new(), TimeProvider.System);
        var result = await inquiry.DecideAsync(known => DmarcEvaluation.Next(question, known), cancel);

        if (parse.GetValue(Json))
            parse.PrintJsonLine(LineOf(result));
        else
            Print(result, inquiry.Known, parse.Output);
        return new Answer.Done();
    }

    private static Line LineOf(DmarcResult result) => result switch
    {
        DmarcResult.Pass(var policy, var by, _) => new(result.Word, Word(policy.Requested), policy.Domain.ToString(), Word(by)),
        DmarcResult.Fail(var policy) => new(result.Word, Word(policy.Requested), policy.Domain.ToString(), null),
        _ => new(result.Word, null, null, null),
    };

    private static void Print(DmarcResult result, DnsAnswers known, TextWriter output)
    {
        var line = LineOf(result);
        output.WriteLine(line.Policy is null ? line.Result : $"{line.Result}: the policy {line.Policy} of {line.Domain} applies");
        switch (result)
        {
            case DmarcResult.Pass(var policy, var by, var identifier): Detail("aligned", $"{identifier} by {Word(by)}"); Detail("record", policy.Record.Text); break;
            case DmarcResult.Fail(var policy): Detail("record", policy.Record.Text); break;
            case DmarcResult.None(var why): Detail("because", why); break;
            case DmarcResult.TempError(var why): Detail("because", why); break;
            case DmarcResult.PermError(var why): Detail("because", why); break;
        }
        foreach (var question in known.Asked)
            Detail("asked", question.ToString());

        void Detail(string name, string text) => output.WriteLine($"  {name,-12} {text.Printable}");
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static DomainName NameOf(string text) => DomainName.TryParse(text, out var name) ? name : throw new UnreachableException();

    private static Option<T> Domain<T>(string name, string description)
    {
        var option = new Option<T>(name) { Description = description, HelpName = "DOMAIN" };
        option.Validators.Add(RefuseOthers);
        return option;
    }

    private static void RefuseOthers(OptionResult result)
    {
        foreach (var token in result.Tokens.Where(token => !DomainName.TryParse(token.Value, out _)))
            result.AddError($"{result.Option.Name} '{token.Value}' is no domain name; write it as in mail.example.org.");
    }
}
