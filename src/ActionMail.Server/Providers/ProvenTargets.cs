using System.Collections.Immutable;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Accounts.Domains;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers;

/// <summary>A name that a registration claims, and how far it is proven to be the organization's.</summary>
/// <param name="Name">A sender's domain or a target's host.</param>
/// <param name="IsProven">Whether approval may rest on it.</param>
/// <param name="Record">The text to publish; null while nobody has asked for one.</param>
/// <param name="Finding">What the last look found, in words.</param>
internal sealed record ClaimedName(string Name, bool IsProven, string? Record, string Finding)
{
    /// <summary>The name of the TXT record.</summary>
    public string RecordName => $"{DomainLook.Label}.{Name}";

    /// <summary>Where the file is looked for, instead of the record.</summary>
    public string FileUrl => $"https://{Name}{ProofFile.Path}";
}

/// <summary>Which of a registration's names are proven, with what to publish for those that are not. Security J-05.</summary>
internal sealed class ProvenTargets(DomainProofs proofs, ClaimDomain claims, CheckDomain checks, IDbContextFactory<ActionMailDb> contexts, IOptions<ServerOptions> server)
{
    public async Task<ImmutableArray<ClaimedName>> OfAsync(Guid organizationId, RegisteredContent content, CancellationToken cancel)
    {
        var names = RegisteredDomains.Of(content, server.Value.UrlPolicy).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.DomainProofs.AsNoTracking().Where(row => row.OrganizationId == organizationId && names.Contains(row.Domain)).ToDictionaryAsync(row => row.Domain, cancel);
        return [.. names.Select(name => new ClaimedName(
            name, proofs.IsProven(organizationId, name), rows.GetValueOrDefault(name) is { } row ? DomainLook.TextOf(row.Token) : null, rows.GetValueOrDefault(name)?.Finding ?? ""))];
    }

    /// <summary>Gives a name of the registration a record to publish, or looks whether it is published. Another name is none of the asker's business.</summary>
    public async Task<DomainResult> ProveAsync(Person owner, RegistrationView view, string name, string from, CancellationToken cancel)
    {
        var known = (await OfAsync(owner.OrganizationId, RegisteredContent.FromJson(view.Newest.Content), cancel)).FirstOrDefault(each => each.Name == name);
        if (known is null || view.Row.OrganizationId != owner.OrganizationId)
            return new DomainResult.NotFound();
        // Not for mail: whose mail a domain takes is the administrators' to say.
        return known.Record is null
            ? await claims.AddAsync(owner, name, isForMail: false, from, cancel)
            : await checks.CheckAsync(owner.OrganizationId, name, owner.PrimaryAddress.ToString(), from, cancel);
    }
}
