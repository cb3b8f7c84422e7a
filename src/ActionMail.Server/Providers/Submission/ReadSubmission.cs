using System.Collections.Immutable;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Operations;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers;

/// <summary>Reads a submission by the rules, against what is known here: the author's colleagues, whose the keys and senders are, which images are stored.</summary>
internal sealed class ReadSubmission(IDbContextFactory<ActionMailDb> contexts, AddressBook addresses, ProviderRegistry registry, IOptions<ServerOptions> server)
{
    /// <summary>A developer's, for their own organization.</summary>
    public Task<SubmissionReading> OfAsync(Person author, string originator, ProviderSubmission submission, CancellationToken cancel) =>
        ReadAsync(author.OrganizationId, originator, submission, SubmissionAuthor.Developer, cancel);

    /// <summary>A developer's, or a reviewer's who mends another organization's.</summary>
    public Task<SubmissionReading> OfAsync(Guid organizationId, string originator, ProviderSubmission submission, CancellationToken cancel) =>
        ReadAsync(organizationId, originator, submission, SubmissionAuthor.Developer, cancel);

    /// <summary>
    /// What there is to warn of in what was submitted. Its keys are left out: they were examined when they came, which takes tens of milliseconds each, and nothing is ever
    /// warned of in them.
    /// </summary>
    public async Task<ImmutableArray<SubmissionWarning>> WarningsOfAsync(ProviderRow provider, RegisteredContent content, CancellationToken cancel) =>
        (await OfAsync(provider.OrganizationId, provider.Id, content.ToSubmission() with { Keys = null }, cancel)).Warnings;

    /// <summary>The operator's, for any.</summary>
    public Task<SubmissionReading> OfOperatorAsync(Guid organizationId, string originator, ProviderSubmission submission, CancellationToken cancel) =>
        ReadAsync(organizationId, originator, submission, SubmissionAuthor.Operator, cancel);

    private async Task<SubmissionReading> ReadAsync(Guid organizationId, string originator, ProviderSubmission submission, SubmissionAuthor author, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var images = await db.ProviderImages.AsNoTracking().Where(image => image.OrganizationId == organizationId && image.ProviderId == originator).Select(image => image.Sha256).ToListAsync(cancel);
        var senders = await db.ProviderSenders.AsNoTracking()
            .Where(sender => sender.OrganizationId == organizationId && sender.ProviderId != originator && sender.Scope == submission.Scope).Select(sender => sender.Address).ToListAsync(cancel);
        return SubmissionRules.Read(submission, new(originator, server.Value.UrlPolicy, UploadedImage.Read)
        {
            Author = author,
            StoredImages = [.. images],
            // The operator may list people who come later.
            IsColleague = address => author == SubmissionAuthor.Operator || addresses.Find(address) is { } person && person.OrganizationId == organizationId,
            HolderOfKey = thumbprint => registry.HolderOf(thumbprint, originator, organizationId),
            IsSenderInUse = address => senders.Contains(address.ToString(), StringComparer.Ordinal),
        });
    }
}
