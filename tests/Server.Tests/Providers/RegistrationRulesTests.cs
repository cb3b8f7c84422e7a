using System.Collections.Immutable;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;

namespace ActionMail.Server.Tests.Providers;

/// <summary>Who may do what to a registration: each way of standing towards it. dashboard.md "Who uses it", security J-03, J-10.</summary>
public sealed class RegistrationRulesTests
{
    private static readonly Guid Contoso = Guid.NewGuid();
    private static readonly Guid Fabrikam = Guid.NewGuid();

    private static readonly ImmutableDictionary<string, Person> People = new Dictionary<string, Person>
    {
        ["owner"] = Someone(Contoso),
        ["owning administrator"] = Someone(Contoso, administrator: true),
        ["owning reviewer"] = Someone(Contoso, reviewer: true),
        ["colleague"] = Someone(Contoso),
        ["administrator"] = Someone(Contoso, administrator: true),
        ["reviewer of the same organization"] = Someone(Contoso, reviewer: true),
        ["stranger"] = Someone(Fabrikam),
        ["strange administrator"] = Someone(Fabrikam, administrator: true),
        ["reviewer"] = Someone(Fabrikam, reviewer: true),
    }.ToImmutableDictionary();

    [Theory]
    [InlineData("owner", ProviderScope.Organization, "granted")]
    [InlineData("administrator", ProviderScope.Organization, "granted")]
    [InlineData("administrator", ProviderScope.TestUsers, "granted")]
    [InlineData("administrator", ProviderScope.Global, "granted")]
    [InlineData("reviewer", ProviderScope.Global, "granted")]
    [InlineData("reviewer", ProviderScope.Organization, "hidden")]
    [InlineData("colleague", ProviderScope.Organization, "hidden")]
    [InlineData("colleague", ProviderScope.Global, "hidden")]
    [InlineData("stranger", ProviderScope.Organization, "hidden")]
    [InlineData("stranger", ProviderScope.Global, "hidden")]
    [InlineData("strange administrator", ProviderScope.Organization, "hidden")]
    [InlineData("strange administrator", ProviderScope.Global, "hidden")]
    [InlineData("operator", ProviderScope.Organization, "granted")]
    public void A_registration_is_seen_by_those_whom_it_concerns(string who, ProviderScope scope, string expected) =>
        Assert.Equal(expected, May(who, RegistrationAct.See, scope));

    [Theory]
    [InlineData("administrator", ProviderScope.Organization, "granted")]
    [InlineData("owner", ProviderScope.Organization, "own_request")]
    [InlineData("owning administrator", ProviderScope.Organization, "own_request")]
    [InlineData("strange administrator", ProviderScope.Organization, "hidden")]
    [InlineData("reviewer", ProviderScope.Organization, "hidden")]
    [InlineData("reviewer", ProviderScope.Global, "granted")]
    [InlineData("administrator", ProviderScope.Global, "not_approver")]
    [InlineData("owning reviewer", ProviderScope.Global, "own_request")]
    [InlineData("reviewer of the same organization", ProviderScope.Global, "four_eyes")]
    [InlineData("operator", ProviderScope.Global, "granted")]
    public void A_request_is_decided_by_its_approvers_and_never_by_those_who_made_it(string who, ProviderScope scope, string expected) =>
        Assert.Equal(expected, May(who, RegistrationAct.Decide, scope));

    [Theory]
    [InlineData("owner", nameof(RegistrationAct.Edit), "granted")]
    [InlineData("administrator", nameof(RegistrationAct.Edit), "not_owner")]
    [InlineData("administrator", nameof(RegistrationAct.Withdraw), "not_owner")]
    [InlineData("owner", nameof(RegistrationAct.Withdraw), "granted")]
    [InlineData("owner", nameof(RegistrationAct.Suspend), "granted")]
    [InlineData("administrator", nameof(RegistrationAct.Revoke), "granted")]
    [InlineData("stranger", nameof(RegistrationAct.Edit), "hidden")]
    [InlineData("stranger", nameof(RegistrationAct.Revoke), "hidden")]
    public void A_registration_is_changed_by_its_owners_and_stopped_by_those_above_them_too(string who, string act, string expected) =>
        Assert.Equal(expected, May(who, Enum.Parse<RegistrationAct>(act), ProviderScope.Organization));

    [Theory]
    [InlineData("owner", nameof(SuspensionRank.Owner), "granted")]
    [InlineData("owner", nameof(SuspensionRank.Administrator), "suspended_above")]
    [InlineData("administrator", nameof(SuspensionRank.Administrator), "granted")]
    [InlineData("administrator", nameof(SuspensionRank.Owner), "granted")]
    [InlineData("administrator", nameof(SuspensionRank.Reviewer), "suspended_above")]
    [InlineData("reviewer", nameof(SuspensionRank.Reviewer), "granted")]
    [InlineData("reviewer", nameof(SuspensionRank.Operator), "suspended_above")]
    [InlineData("operator", nameof(SuspensionRank.Operator), "granted")]
    public void A_suspension_is_lifted_by_no_lower_rank_than_pronounced_it(string who, string by, string expected) =>
        Assert.Equal(expected, May(who, RegistrationAct.Resume, ProviderScope.Global, Enum.Parse<SuspensionRank>(by)));

    private static string May(string who, RegistrationAct act, ProviderScope scope, SuspensionRank? suspendedBy = null)
    {
        var row = new ProviderRow { OrganizationId = Contoso, Id = "o1", State = ProviderState.Approved, IsGlobal = scope == ProviderScope.Global, SuspendedBy = suspendedBy };
        Guid[] owners = [People["owner"].Id, People["owning administrator"].Id, People["owning reviewer"].Id];
        return RegistrationRules.May(new(People.GetValueOrDefault(who), ""), act, new(row, owners, People["owner"].Id, scope)) switch
        {
            Permission.Granted => "granted",
            Permission.Hidden => "hidden",
            Permission.Denied(var code, _) => code,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Person Someone(Guid organization, bool administrator = false, bool reviewer = false) =>
        new(organization, Guid.NewGuid(), "Somebody", "", [EmailAddress.Parse("somebody@contoso.test")]) { IsAdministrator = administrator, IsReviewer = reviewer };
}
