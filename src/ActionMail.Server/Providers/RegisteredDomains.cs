using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Accounts.Domains;
using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers;

/// <summary>The names that a registration claims: its senders' domains and its targets' hosts. A host of this machine is nobody's. Security J-05.</summary>
internal sealed class RegisteredDomains(DomainProofs proofs, CheckDomain checks, IOptions<ServerOptions> server)
{
    /// <summary>The first that is not proven to be the organization's; null where all are, and for Test Users, who need no proof.</summary>
    public string? UnprovenOf(Guid organizationId, RegisteredContent content) =>
        content.Scope == ProviderScope.TestUsers ? null : Of(content, server.Value.UrlPolicy).FirstOrDefault(domain => !proofs.IsProven(organizationId, domain));

    /// <summary>
    /// Looks once more at every proof that a content rests on, and records what is found; why it cannot be approved, or null. What gives no answer has lost nothing, and proves
    /// nothing now.
    /// </summary>
    public async Task<RegistrationResult.Conflict?> LookAgainAsync(Guid organizationId, RegisteredContent content, Actor by, CancellationToken cancel)
    {
        var names = Of(content, server.Value.UrlPolicy).Select(name => proofs.NameOfProof(organizationId, name)).OfType<string>().Distinct(StringComparer.Ordinal);
        var findings = await Task.WhenAll(names.Select(async name => (Name: name, Finding: await checks.LookAgainAsync(organizationId, name, by.Name, by.From, cancel))));
        foreach (var (name, finding) in findings)
        {
            if (finding is DomainFinding.Missing(var words))
                return new("domain_unproven", $"The proof that {name} belongs to the organization is gone. {words}");
        }
        foreach (var (name, finding) in findings)
        {
            if (finding is DomainFinding.Unavailable(var words))
                return new("domain_check_failed", $"Nobody can say at the moment whether {name} still belongs to the organization, so nothing was decided. {words} Try again shortly.");
        }
        return null;
    }

    public static IEnumerable<string> Of(RegisteredContent content, UrlPolicy policy)
    {
        var senders = content.Senders.Select(sender => EmailAddress.Parse(sender).Domain);
        var targets = content.Targets.Select(target => new Uri(target)).Where(target => policy == UrlPolicy.HttpsOnly || !target.IsLoopback).Select(target => target.IdnHost);
        return senders.Concat(targets).Select(name => name.ToLowerInvariant()).Distinct(StringComparer.Ordinal);
    }
}
