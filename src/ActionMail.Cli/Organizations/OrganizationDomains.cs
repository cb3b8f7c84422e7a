using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Organizations;

/// <summary><c>actionmail organization domain list|add|check|remove</c>: the domains that an organization has proven, or is to.</summary>
internal static class OrganizationDomains
{
    private static readonly Argument<string> Domain = new("DOMAIN") { Description = "A domain, or the host of a target." };
    private static readonly Option<bool> Mail = new("--mail") { Description = "It is for mail too: people of it may be invited." };
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Command Command() => new("domain", "The domains of your organization.")
    {
        new Verb("list", "List the domains, with what to publish for a proof and what was found.", ListAsync)
        {
            Options = { Json },
            Examples = ["actionmail organization domain list"],
            NoMeans = "you do not administer your organization",
            Notes = PlatformAddress.PersonalNotes,
        },
        new Verb("add", "Add a domain; says what to publish.", (parse, cancel) => PrintAsync(parse, api => api.AddDomainAsync(parse.GetRequiredValue(Domain), parse.GetValue(Mail), cancel)))
        {
            Arguments = { Domain },
            Options = { Mail, Json },
            Examples = ["actionmail organization domain add contoso.com --mail"],
            NoMeans = "you do not administer your organization, or the domain cannot be added",
            Notes = PlatformAddress.PersonalNotes,
        },
        new Verb("check", "Look for a domain's proof now.", (parse, cancel) => PrintAsync(parse, api => api.CheckDomainAsync(parse.GetRequiredValue(Domain), cancel)))
        {
            Arguments = { Domain },
            Options = { Json },
            Examples = ["actionmail organization domain check contoso.com"],
            NoMeans = "you do not administer your organization, or it has no such domain",
            Notes = PlatformAddress.PersonalNotes,
        },
        new Verb("remove", "Let go of a domain: what rests on its proof is not proven any more.", RemoveAsync)
        {
            Arguments = { Domain },
            Examples = ["actionmail organization domain remove contoso.com"],
            NoMeans = "you do not administer your organization, or it has no such domain",
            Notes = PlatformAddress.PersonalNotes,
        },
    };

    private static async Task<Answer> ListAsync(ParseResult parse, CancellationToken cancel)
    {
        var reply = await PersonalPlatform.AskAsync(api => api.DomainsAsync(cancel));
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<IReadOnlyList<DomainLine>>(out var domains, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            foreach (var domain in domains)
                Print(parse.Output, domain);
        return new Answer.Done();
    }

    private static async Task<Answer> PrintAsync(ParseResult parse, Func<PersonalApi, Task<ApiReply>> ask)
    {
        var reply = await PersonalPlatform.AskAsync(ask);
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<DomainLine>(out var domain, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            Print(parse.Output, domain);
        return new Answer.Done();
    }

    private static async Task<Answer> RemoveAsync(ParseResult parse, CancellationToken cancel)
    {
        if (await PersonalPlatform.AskAsync(api => api.RemoveDomainAsync(parse.GetRequiredValue(Domain), cancel)) is ApiReply.Nothing(var because))
            return because;
        parse.Output.WriteLine($"{parse.GetRequiredValue(Domain)} is not your organization's any more.".Printable);
        return new Answer.Done();
    }

    private static void Print(TextWriter output, DomainLine domain)
    {
        output.WriteLine($"{domain.Domain}  {(domain.Proven ? $"proven ({domain.Way})" : "not proven")}{(domain.Mail ? ", for mail" : "")}".Printable);
        if (!domain.Proven && domain.RecordName is { } name)
            output.WriteLine($"    publish: {name} TXT \"{domain.RecordText}\"".Printable);
        if (!domain.Proven && domain.Finding is { Length: > 0 } finding)
            output.WriteLine($"    found: {finding}".Printable);
    }

    private sealed record DomainLine
    {
        public required string Domain { get; init; }
        public bool Mail { get; init; }
        public bool Proven { get; init; }
        public string? Way { get; init; }
        public string? RecordName { get; init; }
        public string? RecordText { get; init; }
        public string? Finding { get; init; }
    }
}
