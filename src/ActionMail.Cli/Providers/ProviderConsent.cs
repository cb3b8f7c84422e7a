using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider consent list|grant|revoke</c>: an organization's word to Global providers.</summary>
internal static class ProviderConsent
{
    private static readonly Argument<string> Id = ProviderIdArgument.Of("The id (originator) of a Global provider.");
    private static readonly Option<string?> Search = new("--search") { Description = "Part of a name, or the beginning of a provider id.", HelpName = "TEXT" };
    private static readonly Option<int> Page = new("--page") { Description = "Which page of 50.", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Command Command() => new("consent", "Your organization's consent to Global providers.")
    {
        new Verb("list", "List the Global providers with your organization's consent.", ListAsync)
        {
            Options = { Search, Page, Json },
            Examples = ["actionmail provider consent list --search travel"],
            NoMeans = "not used",
            Notes = PlatformAddress.PersonalNotes,
        },
        Verb("grant", HttpMethod.Put, "Consent to a Global provider, for everybody in your organization."),
        Verb("revoke", HttpMethod.Delete, "Take consent back: the provider's cards stop acting here at once."),
    };

    private static Verb Verb(string name, HttpMethod method, string description) => new(name, description, (parse, cancel) => ChangeAsync(parse, method, cancel))
    {
        Arguments = { Id },
        Examples = [$"actionmail provider consent {name} 5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913"],
        NoMeans = "there is no such Global provider, or you do not administer your organization",
        Notes = PlatformAddress.PersonalNotes,
    };

    private static async Task<Answer> ChangeAsync(ParseResult parse, HttpMethod method, CancellationToken cancel)
    {
        if (await PersonalPlatform.AskAsync(api => api.ConsentAsync(method, parse.GetRequiredValue(Id), cancel)) is ApiReply.Nothing(var because))
            return because;
        parse.Output.WriteLine(method == HttpMethod.Put ? "Your organization consents." : "Your organization does not consent.");
        return new Answer.Done();
    }

    private static async Task<Answer> ListAsync(ParseResult parse, CancellationToken cancel)
    {
        var reply = await PersonalPlatform.AskAsync(api => api.ConsentsAsync(parse.GetValue(Search), parse.GetValue(Page), cancel));
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<Listing>(out var listing, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else if (listing.Total == 0)
            parse.Output.WriteLine("No Global provider of another organization fits. To those that there are, your organization's administrators consent.");
        else
            foreach (var consent in listing.Consents)
                parse.Output.WriteLine($"{consent.Id}  {(consent.Granted ? "granted" : "-"),-8} {consent.Name}  ({consent.Organization})".Printable);
        if (!parse.GetValue(Json) && listing.Page * listing.PageSize < listing.Total)
            parse.Output.WriteLine($"{listing.Total} in all; go on with --page {listing.Page + 1}");
        return new Answer.Done();
    }

    private sealed record Listing
    {
        public required IReadOnlyList<ConsentLine> Consents { get; init; }
        public int Total { get; init; }
        public int Page { get; init; } = 1;
        public int PageSize { get; init; }
    }

    private sealed record ConsentLine
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string Organization { get; init; }
        public required bool Granted { get; init; }
    }
}
