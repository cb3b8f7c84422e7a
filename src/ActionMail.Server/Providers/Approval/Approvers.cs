using System.Collections.Immutable;
using ActionMail.Protocol.Providers;
using ActionMail.Server.Accounts;

namespace ActionMail.Server.Providers.Approval;

/// <summary>That nobody may decide about a request, and what would mend it.</summary>
internal sealed record NoApprover(string Words, string Remedy);

/// <summary>Who may decide about a request. Nobody may about their own (security J-03), so in a small organization that can be nobody at all.</summary>
internal sealed class Approvers(AddressBook addresses)
{
    public ImmutableArray<Person> Of(RegistrationInQuestion asked)
    {
        var circle = asked.Scope == ProviderScope.Global ? addresses.Reviewers : addresses.AdministratorsOf(asked.Row.OrganizationId);
        return [.. circle.Where(person => RegistrationRules.May(new(person, ""), RegistrationAct.Decide, asked) is Permission.Granted)];
    }

    /// <summary>Why what waits would wait in vain, in words for a reader; null where somebody may decide, or nothing waits.</summary>
    public NoApprover? WhyNone(RegistrationView view, Person? reader)
    {
        if (view.Waiting is null || !Of(view.InQuestion).IsEmpty)
            return null;
        if (view.InQuestion.Scope == ProviderScope.Global)
            return new("No reviewer of the platform may decide about it: it needs one of another organization.", "Tell the operator of the platform, who names reviewers.");
        var organization = addresses.FindOrganization(view.Row.OrganizationId)?.Name ?? "the organization";
        return addresses.AdministratorsOf(view.Row.OrganizationId) switch
        {
            [] => new($"{organization} has no administrator who could approve it.", "Ask the operator of the platform to make somebody administrator."),
            [var only] when only.Id == reader?.Id => new(
                $"You are the only administrator of {organization}: nobody may approve your own request.",
                "Make another person administrator on the organization's page (/organization), and let them decide."),
            [var only] => new(
                $"{only.DisplayName} is the only administrator of {organization}, and it is their own request, which nobody approves themselves.",
                "Ask them to make another person administrator on the organization's page (/organization)."),
            _ => new(
                $"It is the own request of every administrator of {organization}, which nobody approves themselves.",
                "Make another person administrator on the organization's page (/organization), or take one out of its owners."),
        };
    }
}
