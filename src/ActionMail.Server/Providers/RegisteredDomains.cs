using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers;

/// <summary>The names that a registration claims: its senders' domains and its targets' hosts. A host of this machine is nobody's. Security J-05.</summary>
internal sealed class RegisteredDomains(DomainProofs proofs, IOptions<ServerOptions> server)
{
    /// <summary>The first that is not proven to be the organization's; null where all are, and for Test Users, who need no proof.</summary>
    public string? UnprovenOf(Guid organizationId, RegisteredContent content) =>
        content.Scope == ProviderScope.TestUsers ? null : Of(content, server.Value.UrlPolicy).FirstOrDefault(domain => !proofs.IsProven(organizationId, domain));

    public static IEnumerable<string> Of(RegisteredContent content, UrlPolicy policy)
    {
        var senders = content.Senders.Select(sender => EmailAddress.Parse(sender).Domain);
        var targets = content.Targets.Select(target => new Uri(target)).Where(target => policy == UrlPolicy.HttpsOnly || !target.IsLoopback).Select(target => target.IdnHost);
        return senders.Concat(targets).Select(name => name.ToLowerInvariant()).Distinct(StringComparer.Ordinal);
    }
}
