using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Names;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers;

/// <summary>Fills, for registrations of earlier releases, the columns that came later and that lists and comparisons read. Does nothing where there are none.</summary>
internal static class RegistrationBackfill
{
    public static void Run(ActionMailDb db)
    {
        foreach (var row in db.Providers.Where(row => row.LatestRevision == 0).ToList())
            Fill(db, row);
        // A change to the table of look-alikes empties the column in its migration, so that all are made anew here.
        foreach (var row in db.Providers.Where(row => row.NameSkeleton == "").ToList())
            row.NameSkeleton = NameLikeness.Skeleton(row.Name);
        db.SaveChanges();
    }

    private static void Fill(ActionMailDb db, ProviderRow row)
    {
        var revisions = db.ProviderRevisions.AsNoTracking().Where(revision => revision.OrganizationId == row.OrganizationId && revision.ProviderId == row.Id).OrderBy(revision => revision.Number).ToList();
        var shown = revisions.Find(revision => revision.Number == row.ActiveRevision) ?? revisions[^1];
        var content = RegisteredContent.FromJson(shown.Content);
        (row.Name, row.Scope, row.TokenProfile, row.AppId, row.IsGlobal) = (content.Name, content.Scope, content.TokenProfile, content.AppId, content.Scope == ProviderScope.Global);
        (row.LatestRevision, row.ChangedAt) = (revisions[^1].Number, shown.DecidedAt ?? shown.SubmittedAt);
        if (row.State is ProviderState.Approved or ProviderState.Suspended)
            db.ProviderSenders.AddRange(content.Senders.Select(address => new ProviderSenderRow { OrganizationId = row.OrganizationId, Scope = content.Scope, Address = address, ProviderId = row.Id }));
    }
}
