using ActionMail.Protocol.Providers;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Providers;

/// <summary>What somebody wants to do to a registration.</summary>
internal enum RegistrationAct
{
    See,
    Edit,
    Withdraw,
    Decide,
    Suspend,
    Resume,
    Revoke,
    ChangeOwners,
}

/// <summary>Whether they may: exactly one of the cases below.</summary>
internal abstract record Permission
{
    private Permission() { }

    public sealed record Granted : Permission;

    /// <summary>It is none of their business: the answer is that of an id that does not exist. Security J-10.</summary>
    public sealed record Hidden : Permission;

    /// <summary>They may see it and may not do this.</summary>
    public sealed record Denied(string Code, string Words) : Permission;
}

/// <summary>A registration as the rules see it.</summary>
/// <param name="Row">The registration.</param>
/// <param name="Owners">Its owners.</param>
/// <param name="Submitter">Who submitted the revision in question; null for the operator.</param>
/// <param name="Scope">The scope of the revision in question.</param>
internal sealed record RegistrationInQuestion(ProviderRow Row, IReadOnlyCollection<Guid> Owners, Guid? Submitter, ProviderScope Scope);

/// <summary>
/// Who may do what. dashboard.md "Who uses it"; security J-03: nobody decides about their own request, an administrator decides in their own organization and about its own
/// scope alone, and a Global request is decided by a reviewer of another organization.
/// </summary>
internal static class RegistrationRules
{
    private static readonly Permission.Granted Yes = new();
    private static readonly Permission.Hidden NotTheirs = new();

    public static Permission May(Actor actor, RegistrationAct act, RegistrationInQuestion about)
    {
        if (actor.Person is not { } person)
            return Yes;
        if (!IsOwner(person, about) && !Administers(person, about) && !Reviews(person, about))
            return NotTheirs;
        return act switch
        {
            RegistrationAct.See => Yes,
            RegistrationAct.Edit or RegistrationAct.Withdraw => IsOwner(person, about) || (act == RegistrationAct.Edit && Reviews(person, about)) ? Yes : Denied("not_owner", "Only an owner of the registration may do this."),
            RegistrationAct.Decide => MayDecide(person, about),
            // An administrator too: whoever leaves must not take the registration along.
            RegistrationAct.ChangeOwners => IsOwner(person, about) || Administers(person, about) ? Yes
                : Denied("not_owner", "Only an owner or an administrator of the organization may do this."),
            RegistrationAct.Revoke when about.Row.IsGlobal && !IsOwner(person, about) && !Reviews(person, about) =>
                Denied("not_approver", "A Global registration is revoked by its owners or by the platform's reviewers. You can suspend it."),
            RegistrationAct.Suspend or RegistrationAct.Revoke => Yes,
            RegistrationAct.Resume => RankOf(person, about) >= (about.Row.SuspendedBy ?? SuspensionRank.Owner) ? Yes
                : Denied("suspended_above", $"It was suspended by {WordsOf(about.Row.SuspendedBy)}, who alone can lift that."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>How far up somebody stands towards a registration.</summary>
    public static SuspensionRank RankOf(Actor actor, RegistrationInQuestion about) => actor.Person is { } person ? RankOf(person, about) : SuspensionRank.Operator;

    public static bool IsOwner(Person person, RegistrationInQuestion about) => person.OrganizationId == about.Row.OrganizationId && about.Owners.Contains(person.Id);

    private static SuspensionRank RankOf(Person person, RegistrationInQuestion about) =>
        Reviews(person, about) ? SuspensionRank.Reviewer : Administers(person, about) ? SuspensionRank.Administrator : SuspensionRank.Owner;

    private static bool Administers(Person person, RegistrationInQuestion about) => person.IsAdministrator && person.OrganizationId == about.Row.OrganizationId;

    private static bool Reviews(Person person, RegistrationInQuestion about) => person.IsReviewer && about.Row.IsGlobal;

    private static Permission MayDecide(Person person, RegistrationInQuestion about) => about.Scope switch
    {
        // Whatever the organization: a reviewer may have submitted the revision.
        _ when about.Submitter == person.Id || IsOwner(person, about) =>
            Denied("own_request", "Nobody decides about a request of their own. Another approver has to."),
        ProviderScope.Global when !person.IsReviewer => Denied("not_approver", "A Global request is decided by the platform's reviewers."),
        ProviderScope.Global when person.OrganizationId == about.Row.OrganizationId => Denied("four_eyes", "A Global request is decided by a reviewer of another organization."),
        ProviderScope.Global => Yes,
        _ when Administers(person, about) => Yes,
        _ => Denied("not_approver", "An Organization request is decided by the organization's administrators."),
    };

    private static Permission.Denied Denied(string code, string words) => new(code, words);

    private static string WordsOf(SuspensionRank? rank) => rank switch
    {
        SuspensionRank.Operator => "the operator of the platform",
        SuspensionRank.Reviewer => "a reviewer of the platform",
        SuspensionRank.Administrator => "an administrator of the organization",
        _ => "an owner",
    };
}
