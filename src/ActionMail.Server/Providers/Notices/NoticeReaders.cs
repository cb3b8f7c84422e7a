using System.Collections.Immutable;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Providers.Approval;

namespace ActionMail.Server.Providers.Notices;

/// <summary>Whom a change of a registration is told to.</summary>
internal sealed class NoticeReaders(AddressBook addresses, Approvers approvers)
{
    /// <summary>Those who may decide about a request: nobody is asked about their own.</summary>
    public ImmutableArray<Person> ApproversOf(ApprovalRequest request) =>
        approvers.Of(new(request.Row, request.View.Owners, request.Revision.SubmitterId, request.Content.Scope));

    /// <summary>The owners and the administrators of their organization. Security J-12.</summary>
    public ImmutableArray<Person> ConcernedBy(RegistrationView view) =>
    [
        .. addresses.PeopleOf(view.Row.OrganizationId).Where(person => person.IsAdministrator || view.Owners.Contains(person.Id)),
    ];

    /// <summary>A single person, as long as the registration is still theirs to see.</summary>
    public ImmutableArray<Person> OneOf(RegistrationView view, string address) =>
        EmailAddress.TryParse(address, out var parsed) && addresses.Find(parsed) is { } person
        && RegistrationRules.May(new Actor(person, ""), RegistrationAct.See, view.InQuestion) is Permission.Granted
            ? [person]
            : [];

    /// <summary>A Global registration's contact, where they are not told already; null for other scopes.</summary>
    public EmailAddress? ContactOf(ApprovalRequest about, ImmutableArray<Person> told) =>
        about is { IsGlobal: true, Content.Contact.Email: { } email } && EmailAddress.TryParse(email, out var address) && !told.Any(person => person.Addresses.Contains(address))
            ? address
            : null;
}
