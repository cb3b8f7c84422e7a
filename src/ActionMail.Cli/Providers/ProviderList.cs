using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Providers;

/// <summary><c>actionmail provider list</c>: one line for each registration.</summary>
internal static class ProviderList
{
    private static readonly Option<string> View = ViewOption();

    private static readonly Option<string?> Status = new Option<string?>("--status") { Description = "Those in a state alone." }
        .AcceptOnlyFromAmong("pending", "approved", "rejected", "suspended", "revoked", "withdrawn");

    private static readonly Option<string?> Search = SearchOption();
    private static readonly Option<int> Page = new("--page") { Description = "Which page of 50.", DefaultValueFactory = _ => 1 };
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Option<string> ViewOption() => new Option<string>("--view")
    {
        Description = "Whose: your own, all of your organization (for its administrators), all with the scope Global (for reviewers).",
        DefaultValueFactory = _ => "mine",
    }.AcceptOnlyFromAmong("mine", "organization", "global");

    public static Option<string?> SearchOption() => new("--search") { Description = "Part of a name, or the beginning of a provider id or of an application id.", HelpName = "TEXT" };

    public static Verb Verb() => new("list", "List registrations.", RunAsync)
    {
        Options = { View, Status, Search, Page, AskedAs.Operator, Json },
        Examples =
        [
            "actionmail provider list",
            "actionmail provider list --view organization --status pending",
            "actionmail provider list --search expenses --json",
        ],
        NoMeans = "the view is not for you",
        Notes = PlatformAddress.EitherNotes,
    };

    private static async Task<Answer> RunAsync(ParseResult parse, CancellationToken cancel) => AskedAs.IsOperator(parse)
        ? Print<Listing>(parse, await OperatorApi.AskAsync(api => api.ProvidersAsync(cancel)), (output, listing) => Print(output, listing.Providers))
        : Print<PageOfList>(
            parse,
            await PersonalPlatform.AskAsync(api => api.ListAsync(parse.GetValue(View)!, parse.GetValue(Status), parse.GetValue(Search), parse.GetValue(Page), cancel)),
            Print);

    private static Answer Print<T>(ParseResult parse, ApiReply reply, Action<TextWriter, T> print)
    {
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<T>(out var listing, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            print(parse.Output, listing);
        return new Answer.Done();
    }

    private static void Print(TextWriter output, IReadOnlyList<ProviderLine> providers)
    {
        if (providers.Count == 0)
            output.WriteLine("No service is registered. Add one: actionmail provider add --help");
        foreach (var provider in providers)
            output.WriteLine($"{provider.Id}  {provider.State,-10} {provider.Scope,-13} {provider.Name}  <{string.Join(", ", provider.Senders)}>".Printable);
    }

    private static void Print(TextWriter output, PageOfList page)
    {
        foreach (var registration in page.Registrations)
            output.WriteLine($"{registration.Id}  {(registration.PendingRevision is null ? registration.State : $"{registration.State}*"),-10} {registration.Scope,-13} {registration.Name}".Printable);
        if (page.Registrations.Any(registration => registration.PendingRevision is not null))
            output.WriteLine("* a revision waits for a decision");
        var (first, last) = ((page.Page - 1) * page.PageSize, (page.Page - 1) * page.PageSize + page.Registrations.Count);
        output.WriteLine(page.Total == 0 ? "Nothing is registered that fits. Begin: actionmail provider apply --help"
            : last < page.Total ? $"{first + 1} to {last} of {page.Total}; go on with --page {page.Page + 1}"
            : $"{page.Total} in all");
    }

    private sealed record Listing
    {
        public required IReadOnlyList<ProviderLine> Providers { get; init; }
    }

    private sealed record PageOfList
    {
        public required IReadOnlyList<RegistrationLine> Registrations { get; init; }
        public required int Total { get; init; }
        public required int Page { get; init; }
        public required int PageSize { get; init; }
    }
}
