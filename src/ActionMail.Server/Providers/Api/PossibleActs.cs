using System.Text.Json;
using ActionMail.Protocol.Providers;

namespace ActionMail.Server.Providers.Api;

/// <summary>What a reader may do to a registration as it stands: what the rules grant, less what its state does not allow.</summary>
internal static class PossibleActs
{
    private static readonly (RegistrationAct Act, Func<RegistrationView, bool> GoesWith)[] Table =
    [
        (RegistrationAct.Edit, view => view.Row.State != ProviderState.Revoked),
        (RegistrationAct.Withdraw, view => view.Waiting is not null),
        (RegistrationAct.Decide, view => view.Waiting is not null),
        (RegistrationAct.Suspend, view => view.Running is not null && ProviderStates.MayFollow(view.Row.State, ProviderState.Suspended)),
        (RegistrationAct.Resume, view => view.Row.State == ProviderState.Suspended),
        (RegistrationAct.Revoke, view => view.Running is not null && ProviderStates.MayFollow(view.Row.State, ProviderState.Revoked)),
        (RegistrationAct.ChangeOwners, _ => true),
    ];

    public static IReadOnlyList<string> For(RegistrationView view, Actor reader) =>
    [
        .. Table.Where(entry => entry.GoesWith(view) && RegistrationRules.May(reader, entry.Act, view.InQuestion) is Permission.Granted)
            .Select(entry => JsonNamingPolicy.CamelCase.ConvertName(entry.Act.ToString())),
    ];
}
