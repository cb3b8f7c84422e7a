using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;

namespace ActionMail.Server.Providers;

/// <summary>The names that a registration claims: its senders' domains and its targets' hosts. A host of this machine is nobody's. Security J-05.</summary>
internal static class RegisteredDomains
{
    public static IEnumerable<string> Of(RegisteredContent content, UrlPolicy policy)
    {
        var senders = content.Senders.Select(sender => EmailAddress.Parse(sender).Domain);
        var targets = content.Targets.Select(target => new Uri(target)).Where(target => policy == UrlPolicy.HttpsOnly || !target.IsLoopback).Select(target => target.IdnHost);
        return senders.Concat(targets).Select(name => name.ToLowerInvariant()).Distinct(StringComparer.Ordinal);
    }
}
