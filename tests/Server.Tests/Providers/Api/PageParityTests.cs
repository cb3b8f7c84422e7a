using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActionMail.Server.Tests.Providers.Api;

/// <summary>
/// Every form and button of the dashboard's and the accounts' pages has a route that does the same, or a reason why it has none. A new one fails here until somebody has
/// decided. That each route has a verb is tested beside the command line.
/// </summary>
[Collection(PersonalApi.Name)]
public sealed class PageParityTests(ApiPlatform platform)
{
    private const string SignsIn = "how one signs in is changed on the page alone";

    private static readonly Dictionary<string, string[]> Routes = new(StringComparer.Ordinal)
    {
        ["AccountModel.Cards"] = ["put /api/account/cards"],
        ["AccountModel.RevokeToken"] = ["delete /api/account/tokens/{id}"],
        ["OrganizationModel.Name"] = ["patch /api/organization"],
        ["OrganizationModel.Cards"] = ["patch /api/organization"],
        ["OrganizationModel.Consent"] = ["patch /api/organization"],
        ["OrganizationModel.Demand"] = ["patch /api/organization"],
        ["OrganizationModel.Invite"] = ["post /api/organization/people"],
        ["OrganizationModel.Link"] = ["post /api/organization/people/{id}/invitation"],
        ["OrganizationModel.Role"] = ["patch /api/organization/people/{id}"],
        ["OrganizationModel.Deactivate"] = ["patch /api/organization/people/{id}"],
        ["OrganizationModel.Reactivate"] = ["patch /api/organization/people/{id}"],
        ["OrganizationModel.AddDomain"] = ["post /api/organization/domains"],
        ["OrganizationModel.CheckDomain"] = ["post /api/organization/domains/{domain}/check"],
        ["OrganizationModel.RemoveDomain"] = ["delete /api/organization/domains/{domain}"],
        ["AdminModel.Cards"] = ["patch /api/organization"],
        ["AdminModel.Consent"] = ["patch /api/organization"],
        ["AdminConsentModel.Grant"] = ["put /api/consents/{providerId}"],
        ["AdminConsentModel.Revoke"] = ["delete /api/consents/{providerId}"],
        ["ChangeModel."] = ["post /api/providers/{id}/withdraw", "post /api/providers/{id}/suspend", "post /api/providers/{id}/resume", "post /api/providers/{id}/revoke"],
        ["CopyModel."] = ["post /api/providers/{id}/clone", "post /api/providers/{id}/migrate"],
        ["EditModel."] = ["post /api/providers", "put /api/providers/{id}", "put /api/drafts/{id}", "delete /api/drafts/{id}", "post /api/drafts/{id}/submit"],
        ["EditModel.Draft"] = ["put /api/drafts/{id}"],
        ["EditModel.Card"] = ["post /api/lint"],
        ["InvitationsModel.Accept"] = ["put /api/invitations/{providerId}"],
        ["InvitationsModel.Decline"] = ["put /api/invitations/{providerId}"],
        ["ProviderModel.AddOwner"] = ["put /api/providers/{id}/owners/{address}"],
        ["ProviderModel.RemoveOwner"] = ["delete /api/providers/{id}/owners/{address}"],
        ["ProviderModel.Challenge"] = ["post /api/providers/{id}/keys/{thumbprint}/challenge"],
        ["ProviderModel.ProveKey"] = ["post /api/providers/{id}/keys/{thumbprint}/proof"],
        ["ProviderModel.Prove"] = ["post /api/organization/domains", "post /api/organization/domains/{domain}/check"],
        ["ProviderModel.Test"] = ["post /api/providers/{id}/test-message"],
        ["ReviewModel.Approve"] = ["post /api/providers/{id}/revisions/{number}/approve"],
        ["ReviewModel.Reject"] = ["post /api/providers/{id}/revisions/{number}/reject"],
        ["DeviceModel."] = ["post /api/device/token"],
        ["DeviceModel.Decide"] = ["post /api/device/token"],
    };

    private static readonly Dictionary<string, string> Without = new(StringComparer.Ordinal)
    {
        ["AccountModel.Allow"] = "a reader's own stop of a sender, made and taken back in the inbox",
        ["AccountModel.RemovePasskey"] = SignsIn,
        ["AccountModel.Password"] = SignsIn,
        ["AgainModel."] = SignsIn,
        ["AgainModel.Password"] = SignsIn,
        ["InvitationModel."] = SignsIn,
        ["SignInModel."] = SignsIn,
        ["SignInModel.Password"] = SignsIn,
        ["SignOutModel."] = SignsIn,
    };

    [Fact]
    public void Every_form_has_a_route_or_a_reason_for_none() => Assert.Equal(Forms(), Routes.Keys.Concat(Without.Keys).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_route_of_the_table_is_there()
    {
        using var http = new HttpClient { BaseAddress = platform.Running.Url };
        var there = ApiDocumentTests.OperationsOf(JsonElement.Parse(await http.GetStringAsync("/openapi/v1.json"))).Select(operation => $"{operation.Method} {operation.Path}").ToHashSet();

        Assert.All(Routes.Values.SelectMany(routes => routes), route => Assert.Contains(route, there));
    }

    private static IEnumerable<string> Forms() => typeof(Server.ServerHost).Assembly.GetTypes()
        .Where(type => typeof(PageModel).IsAssignableFrom(type) && type.Namespace is "ActionMail.Server.Accounts.Pages" or "ActionMail.Server.Providers.Pages")
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => method.Name.StartsWith("OnPost", StringComparison.Ordinal))
            .Select(method => $"{type.Name}.{method.Name["OnPost".Length..].Replace("Async", "", StringComparison.Ordinal)}"))
        .Order(StringComparer.Ordinal);
}
