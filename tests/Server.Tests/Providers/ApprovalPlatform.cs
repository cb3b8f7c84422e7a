using System.Text.Json;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Platform;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Providers;

/// <summary>A platform whose developers ask and whose approvers are asked: contoso.test has two administrators here.</summary>
public class ApprovalPlatform : SharedPlatform
{
    internal const string Developer = "dev@contoso.test";
    internal const string Administrator = "admin@contoso.test";
    internal const string SecondAdministrator = "elvia@contoso.test";
    internal const string StrangeAdministrator = "admin@fabrikam.test";
    internal const string Reviewer = "reviewer@platform.test";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The developers of these tests ask often.</summary>
    private protected override string[] Settings => [.. base.Settings, "--Providers:DraftsPerDay=1000", "--Providers:RevisionsPerDay=1000"];

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal T Service<T>() where T : notnull => Running.Services.GetRequiredService<T>();

    internal Person Person(string address) => Service<AddressBook>().Find(EmailAddress.Parse(address))!;

    internal Actor ActorOf(string address) => new(Person(address), "127.0.0.1");

    internal async Task MakeAdministratorAsync(string address)
    {
        var person = Person(address);
        await Service<StoreWriter>().WriteAsync(db =>
        {
            db.People.Single(row => row.OrganizationId == person.OrganizationId && row.Id == person.Id).IsAdministrator = true;
            return db.SaveChanges();
        }, Cancel);
        await Service<AddressBook>().ReloadAsync(Cancel);
    }

    /// <summary>A submission of a developer's, with a sender that no other test has.</summary>
    internal static RegisteredContent Content(ProviderScope scope = ProviderScope.Organization, string name = "Expense reports", string? sender = null, string[]? testUsers = null) =>
        new(name, [sender ?? $"{Guid.NewGuid():N}@contoso.test"], ["http://localhost:5999"], [], scope, [.. testUsers ?? []], TokenProfile.Eat, null, null)
        {
            Contact = scope == ProviderScope.Global ? new("Lynne Robbins", "desk@contoso.test", "+44 20 7946 0123") : null,
        };

    internal Task<RegistrationResult> SubmitAsync(string id, RegisteredContent content, string author = Developer) => Service<SubmitRegistration>()
        .SubmitAsync(ActorOf(author), Person(author).OrganizationId, id, new SubmissionReading.Valid(content, []) { Warnings = [] }, readRevision: null, Cancel);

    /// <summary>Submits something that waits; its id and what an approver would name.</summary>
    internal async Task<(string Id, byte[] Hash)> AskAsync(RegisteredContent content, string author = Developer)
    {
        var id = Guid.NewGuid().ToString("D");
        var done = Assert.IsType<RegistrationResult.Done>(await SubmitAsync(id, content, author));
        Assert.Equal(ProviderState.Submitted, done.Provider.State);
        return (id, done.Revision.ContentHash);
    }

    internal Task<RegistrationResult> DecideAsync(string who, string id, byte[] hash, bool approves = true, string reason = "", int revision = 1, DateTimeOffset? provenAt = null, string typed = "") =>
        Service<DecideRegistration>().DecideAsync(ActorOf(who), id, new(revision, hash, approves, reason, provenAt, typed), Cancel);

    internal Task<ProviderRow> RowAsync(string id) => Running.ReadAsync(db => db.Providers.AsNoTracking().SingleAsync(row => row.Id == id));

    /// <summary>The mail of the platform about a registration in somebody's mailbox: of a kind, and the newest of it.</summary>
    internal async Task<MessageRow> MailAsync(string to, string id, NoticeKind kind, int revision = 1)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            if (await FindMailAsync(to, id, kind, revision) is { } found)
                return found;
            Assert.True(waited < Patience, $"{to} was not told of {kind} of {id}, revision {revision}.");
            await Task.Delay(Pause, Cancel);
        }
    }

    /// <summary>Waits until everything has been told that is to be told.</summary>
    internal async Task AllToldAsync()
    {
        while (await Running.ReadAsync(db => db.Notices.AnyAsync(notice => notice.ToldAt == null)))
            await Task.Delay(Pause, Cancel);
    }

    internal async Task<MessageRow?> FindMailAsync(string to, string id, NoticeKind kind, int revision = 1)
    {
        var person = Person(to);
        return await Running.ReadAsync(async db =>
        {
            var notice = await db.Notices.AsNoTracking().Where(row => row.ProviderId == id && row.Kind == kind && row.Revision == revision).OrderByDescending(row => row.At).FirstOrDefaultAsync();
            var messageId = notice is null ? "" : $"<{Service<PlatformMailWriter>().MessageIdOf(notice.Id)}>";
            return await db.Messages.AsNoTracking().SingleOrDefaultAsync(row => row.PersonId == person.Id && row.InternetMessageId == messageId);
        });
    }

    internal Task<List<string>> AuditAsync(string id) => Running.ReadAsync(db =>
        db.AuditEvents.AsNoTracking().Where(row => row.Subject == id).OrderBy(row => row.Sequence).Select(row => row.Kind + " by " + row.Actor).ToListAsync());

    /// <summary>All that a card says, as one text.</summary>
    internal static async Task<string> CardTextAsync(Browser browser, Guid message) =>
        JsonSerializer.Serialize((await browser.StateAsync(message)).GetProperty("card").GetProperty("display"), Plain);

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
