using System.Collections.Immutable;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActionMail.Server.Providers;

/// <summary>Whose registrations a list shows.</summary>
internal enum ListView
{
    /// <summary>Those that the reader owns.</summary>
    Mine,

    /// <summary>All of the reader's organization; for its administrators.</summary>
    Organization,

    /// <summary>All with the scope Global; for the reviewers.</summary>
    Global,
}

/// <summary>What a list's status filter offers.</summary>
internal enum ListStatus
{
    Pending,
    Approved,
    Rejected,
    Suspended,
    Revoked,
    Withdrawn,
}

/// <summary>What a list is to show.</summary>
/// <param name="View">Whose.</param>
/// <param name="Status">Those in a state alone; null for all.</param>
/// <param name="Text">Part of a name, the beginning of a provider id or of an application id; "" for all.</param>
/// <param name="Page">From 1.</param>
internal sealed record ListRequest(ListView View, ListStatus? Status, string Text, int Page)
{
    public const int PageSize = 50;
}

/// <summary>A page of a list, and how many there are in all.</summary>
internal sealed record RegistrationList(ImmutableArray<ProviderRow> Rows, int Total);

/// <summary>A registration as a reader sees it who may.</summary>
/// <param name="Row">The registration.</param>
/// <param name="Revisions">All revisions, the newest first.</param>
/// <param name="Owners">The owners' ids.</param>
internal sealed record RegistrationView(ProviderRow Row, ImmutableArray<ProviderRevisionRow> Revisions, ImmutableArray<Guid> Owners)
{
    public ProviderRevisionRow? Running => Of(Row.ActiveRevision);

    public ProviderRevisionRow? Waiting => Of(Row.PendingRevision);

    /// <summary>The one that waits, else the one that runs, else the newest.</summary>
    public ProviderRevisionRow Newest => Waiting ?? Running ?? Revisions[0];

    /// <summary>What was submitted last and what runs, each once.</summary>
    public IEnumerable<RegisteredContent> Contents => new[] { Newest, Running }.OfType<ProviderRevisionRow>().Distinct().Select(revision => RegisteredContent.FromJson(revision.Content));

    public RegistrationInQuestion InQuestion => new(Row, Owners, Newest.SubmitterId, RegisteredContent.FromJson(Newest.Content).Scope);

    public ProviderRevisionRow? Of(int? number) => Revisions.FirstOrDefault(revision => revision.Number == number);
}

/// <summary>One line of what happened to a registration.</summary>
internal sealed record HistoryLine(DateTimeOffset At, string Kind, string Actor, string Facts);

/// <summary>Reading registrations, each as its reader may: what is not theirs is not there.</summary>
internal sealed class RegistrationQueries(IDbContextFactory<ActionMailDb> contexts)
{
    /// <summary>The registration, or null where there is none or none for this reader.</summary>
    public async Task<RegistrationView?> FindAsync(Actor reader, string id, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        if (await db.Providers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } row)
            return null;
        var owners = await db.ProviderOwners.AsNoTracking().Where(owner => owner.OrganizationId == row.OrganizationId && owner.ProviderId == id).Select(owner => owner.PersonId).ToListAsync(cancel);
        var revisions = await db.ProviderRevisions.AsNoTracking()
            .Where(revision => revision.OrganizationId == row.OrganizationId && revision.ProviderId == id).OrderByDescending(revision => revision.Number).ToListAsync(cancel);
        var view = new RegistrationView(row, [.. revisions], [.. owners]);
        return RegistrationRules.May(reader, RegistrationAct.See, view.InQuestion) is Permission.Granted ? view : null;
    }

    /// <summary>A page of a list. A view that is not the reader's is empty.</summary>
    public async Task<RegistrationList> ListAsync(Person reader, ListRequest request, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = Filter(Visible(db, reader, request.View), request);
        var total = await rows.CountAsync(cancel);
        var page = await rows.OrderByDescending(row => row.ChangedAt).ThenBy(row => row.Id).Skip((Math.Max(1, request.Page) - 1) * ListRequest.PageSize).Take(ListRequest.PageSize).ToListAsync(cancel);
        return new([.. page], total);
    }

    /// <summary>All of a list, for an export, each with its running revision.</summary>
    public async Task<List<(ProviderRow Row, ProviderRevisionRow Running)>> RunningAsync(Person reader, ListRequest request, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await Filter(Visible(db, reader, request.View), request).Where(row => row.ActiveRevision != null)
            .Join(db.ProviderRevisions, row => new { row.OrganizationId, row.Id, Number = row.ActiveRevision!.Value },
                revision => new { revision.OrganizationId, Id = revision.ProviderId, revision.Number }, (row, revision) => new { row, revision })
            .OrderBy(pair => pair.row.Name).ToListAsync(cancel);
        return [.. rows.Select(pair => (pair.row, pair.revision))];
    }

    /// <summary>All registrations with the revision that runs, else the newest; for the operator.</summary>
    public async Task<List<(ProviderRow Row, ProviderRevisionRow Revision)>> AllAsync(CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var rows = await db.Providers.AsNoTracking()
            .Join(db.ProviderRevisions, row => new { row.OrganizationId, row.Id, Number = row.ActiveRevision ?? row.LatestRevision },
                revision => new { revision.OrganizationId, Id = revision.ProviderId, revision.Number }, (row, revision) => new { row, revision })
            .OrderBy(pair => pair.row.Id).ToListAsync(cancel);
        return [.. rows.Select(pair => (pair.row, pair.revision))];
    }

    /// <summary>What happened to a registration, the newest first. The reader has been let in by <see cref="FindAsync"/>.</summary>
    public async Task<List<HistoryLine>> HistoryAsync(RegistrationView view, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.AuditEvents.AsNoTracking().Where(line => line.OrganizationId == view.Row.OrganizationId && line.Subject == view.Row.Id)
            .OrderByDescending(line => line.Sequence).Take(500).Select(line => new HistoryLine(line.At, line.Kind, line.Actor, line.Facts)).ToListAsync(cancel);
    }

    /// <summary>The nodes that run, and which version of the registry each acts by.</summary>
    public async Task<List<NodeRow>> NodesAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await db.Nodes.AsNoTracking().Where(node => node.SeenAt > now - RegistryWatch.Silence).OrderBy(node => node.StartedAt).ToListAsync(cancel);
    }

    private static IQueryable<ProviderRow> Visible(ActionMailDb db, Person reader, ListView view)
    {
        var rows = db.Providers.AsNoTracking();
        return view switch
        {
            ListView.Organization when reader.IsAdministrator => rows.Where(row => row.OrganizationId == reader.OrganizationId),
            ListView.Global when reader.IsReviewer => rows.Where(row => row.IsGlobal),
            ListView.Mine => rows.Where(row => row.OrganizationId == reader.OrganizationId
                && db.ProviderOwners.Any(owner => owner.OrganizationId == row.OrganizationId && owner.ProviderId == row.Id && owner.PersonId == reader.Id)),
            _ => rows.Where(row => false),
        };
    }

    private static IQueryable<ProviderRow> Filter(IQueryable<ProviderRow> rows, ListRequest request)
    {
        rows = request.Status switch
        {
            null => rows,
            ListStatus.Pending => rows.Where(row => row.PendingRevision != null),
            ListStatus.Approved => rows.Where(row => row.State == ProviderState.Approved),
            ListStatus.Rejected => rows.Where(row => row.State == ProviderState.Rejected),
            ListStatus.Suspended => rows.Where(row => row.State == ProviderState.Suspended),
            ListStatus.Revoked => rows.Where(row => row.State == ProviderState.Revoked),
            ListStatus.Withdrawn => rows.Where(row => row.State == ProviderState.Withdrawn),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (request.Text.Trim() is not { Length: > 0 } text)
            return rows;
        var anywhere = $"%{Literal(text)}%";
        var beginning = $"{Literal(text.ToLowerInvariant())}%";
        return rows.Where(row => EF.Functions.Like(row.Name, anywhere, "\\") || EF.Functions.Like(row.Id, beginning, "\\") || EF.Functions.Like(row.AppId!, beginning, "\\"));
    }

    private static string Literal(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
