using System.Text.Json;

namespace ActionMail.Cli.Tests.RealPlatform;

/// <summary>
/// Every route of the personal API has a verb, or a reason why it has none; that every button has a route is tested beside the pages. A new route fails here until somebody
/// has decided.
/// </summary>
public sealed class ParityTests(ServerProgram server) : IClassFixture<ServerProgram>
{
    private const string Page = "a page's own: the message is read and acted on in the inbox";
    private const string Program = "what programs are made of, and no deed of a person";

    private static readonly Dictionary<string, string> Verbs = new(StringComparer.Ordinal)
    {
        ["get /api/account"] = "whoami",
        ["delete /api/account/token"] = "logout",
        ["post /api/device/code"] = "login",
        ["post /api/device/token"] = "login",
        ["get /api/providers"] = "provider list",
        ["get /api/providers/export"] = "provider export",
        ["post /api/providers"] = "provider apply",
        ["post /api/providers/check"] = "provider apply",
        ["get /api/providers/{id}"] = "provider show",
        ["put /api/providers/{id}"] = "provider apply",
        ["post /api/providers/{id}/clone"] = "provider clone",
        ["post /api/providers/{id}/migrate"] = "provider migrate",
        ["get /api/providers/{id}/history"] = "provider history",
        ["get /api/providers/{id}/revisions/{number}/difference"] = "provider approve",
        ["post /api/providers/{id}/revisions/{number}/approve"] = "provider approve",
        ["post /api/providers/{id}/revisions/{number}/reject"] = "provider reject",
        ["post /api/providers/{id}/withdraw"] = "provider withdraw",
        ["post /api/providers/{id}/suspend"] = "provider suspend",
        ["post /api/providers/{id}/resume"] = "provider resume",
        ["post /api/providers/{id}/revoke"] = "provider revoke",
        ["put /api/providers/{id}/owners/{address}"] = "provider owners add",
        ["delete /api/providers/{id}/owners/{address}"] = "provider owners remove",
        ["get /api/providers/{id}/keys"] = "provider show",
        ["post /api/providers/{id}/keys/{thumbprint}/challenge"] = "provider prove-key",
        ["post /api/providers/{id}/keys/{thumbprint}/proof"] = "provider prove-key",
        ["get /api/providers/{id}/health"] = "provider health",
        ["get /api/providers/{id}/diagnosis"] = "provider diagnose",
        ["post /api/providers/{id}/test-message"] = "provider test-message",
        ["get /api/drafts"] = "provider drafts",
        ["post /api/drafts"] = "provider new",
        ["delete /api/drafts/{id}"] = "provider discard",
        ["post /api/drafts/{id}/submit"] = "provider submit",
        ["get /api/consents"] = "provider consent list",
        ["put /api/consents/{providerId}"] = "provider consent grant",
        ["delete /api/consents/{providerId}"] = "provider consent revoke",
        ["get /api/invitations"] = "provider invitations list",
        ["put /api/invitations/{providerId}"] = "provider invitations accept",
        ["post /api/lint"] = "card lint",
        ["get /api/organization"] = "organization show",
        ["patch /api/organization"] = "organization set",
        ["get /api/organization/domains"] = "organization domain list",
        ["post /api/organization/domains"] = "organization domain add",
        ["post /api/organization/domains/{domain}/check"] = "organization domain check",
        ["delete /api/organization/domains/{domain}"] = "organization domain remove",
    };

    private static readonly Dictionary<string, string> Without = new(StringComparer.Ordinal)
    {
        ["post /api/providers/{id}/edit"] = "apply changes a registration from a file, without a draft",
        ["get /api/providers/{id}/revisions"] = "history names the revisions",
        ["get /api/providers/{id}/revisions/{number}"] = "show has the one that counts",
        ["get /api/drafts/{id}"] = "a draft is written on its page; drafts lists them",
        ["put /api/drafts/{id}"] = "a draft is written on its page; apply submits a file without one",
        ["get /api/consents/{providerId}"] = "consent list has it",
        ["put /api/account/cards"] = "one's own switch, on the account's page",
        ["get /api/account/tokens"] = "one's programs are kept on the account's page",
        ["delete /api/account/tokens/{id}"] = "one's programs are kept on the account's page",
        ["get /api/organization/people"] = "people are kept on the organization's page",
        ["post /api/organization/people"] = "people are kept on the organization's page",
        ["patch /api/organization/people/{id}"] = "people are kept on the organization's page",
        ["post /api/organization/people/{id}/invitation"] = "people are kept on the organization's page",
        ["get /api/messages/{id}"] = Page,
        ["get /api/messages/{id}/original"] = Page,
        ["get /api/messages/{id}/events"] = Program,
        ["post /api/messages/{id}/auto-invoke"] = Program,
        ["post /api/messages/{id}/actions/{actionId}"] = Page,
        ["post /api/messages/{id}/attempts/{attemptId}/retry"] = Page,
        ["get /api/sent/{id}"] = Page,
        ["get /api/items"] = Program,
        ["get /api/add-ins"] = Program,
        ["get /api/events"] = Program,
    };

    [Fact]
    public async Task Every_route_of_a_person_has_a_verb_or_a_reason_for_none()
    {
        var routes = await RoutesAsync();

        Assert.Equal(routes, Verbs.Keys.Concat(Without.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_verb_of_the_table_is_there()
    {
        foreach (var verb in Verbs.Values.Distinct())
        {
            var help = await CliProcess.RunAsync([.. verb.Split(' '), "--help"]);
            Assert.True(help.ExitCode == 0 && help.Output.Contains($"actionmail {verb} ", StringComparison.Ordinal), verb);
        }
    }

    private async Task<List<string>> RoutesAsync()
    {
        using var http = new HttpClient { BaseAddress = server.Url };
        var document = JsonElement.Parse(await http.GetStringAsync("/openapi/v1.json"));
        return
        [
            .. document.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name} {path.Name}"))
                .Where(route => !route.Contains("/api/operator/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        ];
    }
}
