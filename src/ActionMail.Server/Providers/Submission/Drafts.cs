using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Providers;

/// <summary>What came of saving or opening a draft: exactly one of the cases below.</summary>
internal abstract record DraftResult
{
    private DraftResult() { }

    public sealed record Saved(ProviderDraftRow Draft) : DraftResult
    {
        public ProviderSubmission Fields => DraftFields.Read(Draft.Fields);
    }

    /// <summary>There is none that is theirs.</summary>
    public sealed record NotFound : DraftResult;

    /// <summary>It was saved elsewhere since; what it says now is in the result, and nothing is lost.</summary>
    public sealed record Outdated(ProviderDraftRow Now) : DraftResult;

    /// <summary>As many as one may begin a day. Security J-15.</summary>
    public sealed record TooMany(int PerDay) : DraftResult;
}

/// <summary>
/// Submissions that are being written, saved as they are typed, right or wrong. A draft of a new provider brings its originator id, which nobody chooses and which is never
/// used again; a draft of a new revision begins with what runs.
/// </summary>
internal sealed class Drafts(StoreWriter writer, IDbContextFactory<ActionMailDb> contexts, IOptions<ProviderOptions> options, TimeProvider time)
{
    /// <summary>Begins a new provider's, with fields to start from.</summary>
    public Task<DraftResult> BeginAsync(Person owner, ProviderSubmission fields, CancellationToken cancel) => writer.WriteAsync<DraftResult>(db =>
    {
        var now = time.GetUtcNow();
        return Crowded(db, owner, now) is { } tooMany ? tooMany : Add(db, owner, Guid.NewGuid().ToString("D"), fields, now);
    }, cancel);

    /// <summary>Begins an empty one, or gives the one that was begun before and not written in.</summary>
    public Task<DraftResult> BeginEmptyAsync(Person owner, CancellationToken cancel) => writer.WriteAsync<DraftResult>(db =>
    {
        var now = time.GetUtcNow();
        var untouched = db.ProviderDrafts.AsNoTracking().FirstOrDefault(row => row.OrganizationId == owner.OrganizationId && row.PersonId == owner.Id && row.Version == 1 && row.Fields == DraftFields.Empty);
        return Crowded(db, owner, now) is { } tooMany ? tooMany
            : untouched is not null ? new DraftResult.Saved(untouched)
            : Add(db, owner, Guid.NewGuid().ToString("D"), new(), now);
    }, cancel);

    /// <summary>Begins a new provider's with a copy of another one's fields, and of the images that they name.</summary>
    public Task<DraftResult> CopyAsync(Person owner, string fromId, ProviderSubmission fields, CancellationToken cancel) => writer.WriteAsync<DraftResult>(db =>
    {
        var now = time.GetUtcNow();
        if (Crowded(db, owner, now) is { } tooMany)
            return tooMany;
        var begun = Add(db, owner, Guid.NewGuid().ToString("D"), fields, now);
        var named = new[] { fields.Logo?.Sha256, fields.Scenario?.Screenshot?.Sha256 }.OfType<string>().ToList();
        db.ProviderImages.AddRange(db.ProviderImages.AsNoTracking()
            .Where(image => image.OrganizationId == owner.OrganizationId && image.ProviderId == fromId && named.Contains(image.Sha256)).AsEnumerable()
            .Select(image => new ProviderImageRow
            {
                OrganizationId = owner.OrganizationId,
                ProviderId = begun.Draft.ProviderId,
                Sha256 = image.Sha256,
                Png = image.Png,
                Width = image.Width,
                Height = image.Height,
            }));
        db.SaveChanges();
        return begun;
    }, cancel);

    /// <summary>Begins, or goes on with, the draft of a new revision. The owner has been let in by the rules.</summary>
    public Task<DraftResult> EditAsync(Person owner, string providerId, ProviderSubmission fields, int baseRevision, CancellationToken cancel) => writer.WriteAsync<DraftResult>(db =>
        Find(db, owner, providerId) is { } draft ? new DraftResult.Saved(draft) : Add(db, owner, providerId, fields, time.GetUtcNow(), baseRevision), cancel);

    public async Task<ProviderDraftRow?> FindAsync(Person owner, string providerId, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return Find(db, owner, providerId);
    }

    public async Task<List<ProviderDraftRow>> ListAsync(Person owner, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.ProviderDrafts.AsNoTracking().Where(row => row.OrganizationId == owner.OrganizationId && row.PersonId == owner.Id).OrderByDescending(row => row.SavedAt).ToListAsync(cancel);
    }

    /// <summary>Saves what is typed; with a version only where nothing else was saved since.</summary>
    public Task<DraftResult> SaveAsync(Person owner, string providerId, ProviderSubmission fields, int? readVersion, CancellationToken cancel) => writer.WriteAsync<DraftResult>(db =>
    {
        if (Find(db, owner, providerId) is not { } draft)
            return new DraftResult.NotFound();
        if (readVersion is { } read && read != draft.Version)
            return new DraftResult.Outdated(draft);
        (draft.Fields, draft.SavedAt) = (DraftFields.Write(fields), time.GetUtcNow());
        draft.Version++;
        db.ProviderDrafts.Update(draft);
        db.SaveChanges();
        return new DraftResult.Saved(draft);
    }, cancel);

    /// <summary>Keeps the images that were uploaded together for a draft to name. One that nothing names any more goes when the next ones come.</summary>
    public Task<int> KeepImagesAsync(Guid organizationId, string providerId, ImmutableArray<ReadImage> images, CancellationToken cancel) => writer.WriteAsync(db =>
    {
        var named = db.ProviderRevisions.Where(row => row.OrganizationId == organizationId && row.ProviderId == providerId).Select(row => row.Content)
            .Concat(db.ProviderDrafts.Where(row => row.ProviderId == providerId).Select(row => row.Fields)).ToList();
        var kept = db.ProviderImages.Where(row => row.OrganizationId == organizationId && row.ProviderId == providerId).ToList();
        db.ProviderImages.RemoveRange(kept.Where(row => !images.Any(image => image.Sha256 == row.Sha256) && !named.Exists(text => text.Contains(row.Sha256, StringComparison.Ordinal))));
        db.ProviderImages.AddRange(images.DistinctBy(image => image.Sha256).Where(image => !kept.Exists(row => row.Sha256 == image.Sha256)).Select(image =>
            new ProviderImageRow { OrganizationId = organizationId, ProviderId = providerId, Sha256 = image.Sha256, Png = image.Png.ToArray(), Width = image.Width, Height = image.Height }));
        return db.SaveChanges();
    }, cancel);

    public Task<bool> DiscardAsync(Person owner, string providerId, CancellationToken cancel) => writer.WriteAsync(db =>
        db.ProviderDrafts.Where(row => row.OrganizationId == owner.OrganizationId && row.ProviderId == providerId && row.PersonId == owner.Id).ExecuteDelete() > 0, cancel);

    private static DraftResult.Saved Add(ActionMailDb db, Person owner, string providerId, ProviderSubmission fields, DateTimeOffset now, int? baseRevision = null)
    {
        var draft = new ProviderDraftRow
        {
            OrganizationId = owner.OrganizationId,
            ProviderId = providerId,
            PersonId = owner.Id,
            Fields = DraftFields.Write(fields),
            CreatedAt = now,
            SavedAt = now,
            Version = 1,
            BaseRevision = baseRevision,
        };
        db.ProviderDrafts.Add(draft);
        db.SaveChanges();
        return new(draft);
    }

    private DraftResult.TooMany? Crowded(ActionMailDb db, Person owner, DateTimeOffset now) =>
        NewProviders.BegunWithinADay(db, owner, now) >= options.Value.DraftsPerDay ? new(options.Value.DraftsPerDay) : null;

    private static ProviderDraftRow? Find(ActionMailDb db, Person owner, string providerId) =>
        db.ProviderDrafts.AsNoTracking().SingleOrDefault(row => row.OrganizationId == owner.OrganizationId && row.ProviderId == providerId && row.PersonId == owner.Id);
}

/// <summary>A draft's fields as JSON. Everything that was typed, but for private keys: those are stored nowhere (security J-01).</summary>
internal static class DraftFields
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Nothing typed yet.</summary>
    public static readonly string Empty = Write(new());

    /// <summary>Without private keys, whichever way they came: they must not lie in a store. Security J-01.</summary>
    public static string Write(ProviderSubmission fields) => JsonSerializer.Serialize(SubmittedKeys.WithoutPrivate(fields), Json);

    public static ProviderSubmission Read(string fields) => JsonSerializer.Deserialize<ProviderSubmission>(fields, Json)!;
}
