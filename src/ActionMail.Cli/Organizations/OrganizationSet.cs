using System.CommandLine;
using ActionMail.Cli.Platform;
using ActionMail.Cli.SignIn;
using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Organizations;

/// <summary><c>actionmail organization show|set</c>: what an administrator switches for everybody in the organization.</summary>
internal static class OrganizationSet
{
    private const string NotYours = "you do not administer your organization, or the change is not taken";
    private static readonly Option<string?> Name = new("--name") { Description = "What it is called.", HelpName = "TEXT" };
    private static readonly Option<string?> Cards = Switch("--cards", "Actionable messages for everybody in it.");
    private static readonly Option<string?> Consent = Switch("--consent", "Whether Global providers need an administrator's consent.");
    private static readonly Option<string?> Demand = new Option<string?>("--sender-demand") { Description = "How senders of cards must be proven." }.AcceptOnlyFromAmong("standard", "strict");
    private static readonly Option<bool> Json = Printing.JsonOption();

    public static Verb Show() => new("show", "Show your organization and its switches.", (parse, cancel) => PrintAsync(parse, api => api.OrganizationAsync(cancel)))
    {
        Options = { Json },
        Examples = ["actionmail organization show"],
        NoMeans = "you do not administer your organization",
        Notes = PlatformAddress.PersonalNotes,
    };

    public static Verb Set() => new("set", "Change your organization's switches; what is left out stays as it is.", SetAsync)
    {
        Options = { Name, Cards, Consent, Demand, Json },
        Examples = ["actionmail organization set --cards off", "actionmail organization set --consent on --sender-demand strict"],
        NoMeans = NotYours,
        Notes = PlatformAddress.PersonalNotes,
    };

    private static async Task<Answer> SetAsync(ParseResult parse, CancellationToken cancel)
    {
        var change = new Dictionary<string, object>(StringComparer.Ordinal);
        Add(change, "name", parse.GetValue(Name));
        Add(change, "cards", IsOn(parse.GetValue(Cards)));
        Add(change, "requiresConsent", IsOn(parse.GetValue(Consent)));
        Add(change, "senderDemand", parse.GetValue(Demand));
        return change.Count == 0
            ? new Answer.BadInput($"There is nothing to change; give {Name.Name}, {Cards.Name}, {Consent.Name} or {Demand.Name}.")
            : await PrintAsync(parse, api => api.ChangeOrganizationAsync(change, cancel));
    }

    private static async Task<Answer> PrintAsync(ParseResult parse, Func<PersonalApi, Task<ApiReply>> ask)
    {
        var reply = await PersonalPlatform.AskAsync(ask);
        if (reply is not ApiReply.Document document)
            return reply.WhyNoDocument;
        if (!document.TryRead<Organization>(out var organization, out var problem))
            return problem;
        if (parse.GetValue(Json))
            parse.PrintJson(document.Json);
        else
            parse.Output.WriteLine(organization.Line.Printable);
        return new Answer.Done();
    }

    private static void Add(Dictionary<string, object> change, string member, object? value)
    {
        if (value is not null)
            change[member] = value;
    }

    private static object? IsOn(string? word) => word is null ? null : word == "on";

    private static Option<string?> Switch(string name, string description) => new Option<string?>(name) { Description = description }.AcceptOnlyFromAmong("on", "off");

    private sealed record Organization
    {
        public required string Name { get; init; }
        public required bool Cards { get; init; }
        public required bool RequiresConsent { get; init; }
        public required string SenderDemand { get; init; }

        public string Line => $"{Name}: cards {(Cards ? "on" : "off")}, consent {(RequiresConsent ? "needed" : "not needed")}, sender demand {SenderDemand}";
    }
}
