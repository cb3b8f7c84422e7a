using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Providers;

namespace ActionMail.Server.Actions;

/// <summary>
/// What stands in for a registration when people test a card on themselves: it may call what its own actions name, and nothing that the guard refuses.
/// The actor is the author, so nobody is led anywhere that they did not write down. Protocol §2.
/// </summary>
internal static class SelfTestRegistration
{
    private static readonly string NoOriginator = Guid.Empty.ToString("D");

    public static ProviderRegistration For(StoredCard stored, UrlPolicy policy) =>
        new(stored.Card.Originator?.ToLowerInvariant() ?? NoOriginator, "Your own service", stored.Message.OrganizationId, ProviderState.Approved, 0, ProviderScope.TestUsers)
        {
            Senders = [EmailAddress.Parse(stored.Message.FromAddress)],
            Targets = [.. stored.Card.Actions.OfType<CardAction.Http>().SelectMany(action => TargetOf(action, policy)).Distinct()],
        };

    private static IEnumerable<TargetUrl> TargetOf(CardAction.Http action, UrlPolicy policy) =>
        ActionUrl.TryParse(action.Url.Fill((_, _) => ""), policy, out var url, out _) && TargetUrl.TryParse(url.Origin, policy, out var target, out _) ? [target] : [];
}
