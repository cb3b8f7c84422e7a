using System.Data.Common;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Notices;
using ActionMail.Server.Providers.Platform;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Crash;

/// <summary>
/// A process that ends between a registration's change and the telling of it, and one that ends while it tells: after the next start everybody whom it concerns has been told,
/// once. Security J-12, R-01.
/// </summary>
public sealed class UntoldNoticeTests
{
    private const string Developer = "dev@contoso.test";
    private const string Administrator = "admin@contoso.test";

    [Fact]
    public async Task What_was_changed_and_not_told_is_told_once_by_the_next_process()
    {
        // This process has no teller: it ends, whenever it does, behind the change and before the notice.
        var first = await RunningPlatform.StartAsync(replace: services => services.Remove(services.Single(service => service.ImplementationType == typeof(NoticeTeller))));
        var (id, notice) = await SubmitAsync(first);
        Assert.Equal(0, await CopiesAsync(first, notice));
        await first.StopAsync();

        await AssertToldOnceAsync(first.Doors.Folder, id, notice);
    }

    [Fact]
    public async Task What_was_stored_and_not_marked_as_told_is_told_once()
    {
        // The mail's rows are written, and its transaction ends before the mark is: nothing of it may stay.
        var breaks = new BreaksAtTheMark();
        var first = await RunningPlatform.StartAsync(replace: services => services.ConfigureDbContext<ActionMailDb>(options => options.AddInterceptors(breaks)));
        var (id, notice) = await SubmitAsync(first);
        await breaks.Broken.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, await CopiesAsync(first, notice));
        await first.StopAsync();

        await AssertToldOnceAsync(first.Doors.Folder, id, notice);
    }

    private static async Task AssertToldOnceAsync(string folder, string id, Guid notice)
    {
        var second = await RunningPlatform.StartAsync(folder);
        await ToldAsync(second, id);
        Assert.Equal(1, await CopiesAsync(second, notice));
        await second.StopAsync();

        await using var third = await RunningPlatform.StartAsync(folder);
        third.Services.GetRequiredService<NoticeBoard>().Wake();
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        Assert.Equal(1, await CopiesAsync(third, notice));
    }

    private static async Task<(string Id, Guid Notice)> SubmitAsync(RunningPlatform platform)
    {
        var person = platform.Services.GetRequiredService<AddressBook>().Find(EmailAddress.Parse(Developer))!;
        var content = new RegisteredContent("Expense reports", ["expenses@contoso.test"], ["http://localhost:5999"], [], ProviderScope.Organization, [], TokenProfile.Eat, null, null);
        var id = Guid.NewGuid().ToString("D");
        Assert.IsType<RegistrationResult.Done>(await platform.Services.GetRequiredService<SubmitRegistration>()
            .SubmitAsync(new(person, "127.0.0.1"), person.OrganizationId, id, new SubmissionReading.Valid(content, []) { Warnings = [] }, readRevision: null, CancellationToken.None));
        return (id, await platform.ReadAsync(db => db.Notices.Where(row => row.ProviderId == id).Select(row => row.Id).SingleAsync()));
    }

    private static async Task ToldAsync(RunningPlatform platform, string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await platform.ReadAsync(db => db.Notices.AnyAsync(row => row.ProviderId == id && row.ToldAt == null)))
            await Task.Delay(50, patience.Token);
    }

    // In the mailbox of the one administrator whom it is for.
    private static async Task<int> CopiesAsync(RunningPlatform platform, Guid notice)
    {
        var messageId = platform.Services.GetRequiredService<PlatformMailWriter>().MessageIdOf(notice);
        return (await platform.CopiesAsync(Administrator, messageId)).Count;
    }

    /// <summary>Fails each statement that would mark a notice as told.</summary>
    private sealed class BreaksAtTheMark : DbCommandInterceptor
    {
        private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Broken => _broken.Task;

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            BreakAt(command.CommandText);
            return result;
        }

        public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
        {
            BreakAt(command.CommandText);
            return result;
        }

        private void BreakAt(string sql)
        {
            if (!sql.Contains("UPDATE \"notices\"", StringComparison.Ordinal))
                return;
            _broken.TrySetResult();
            throw new InvalidOperationException("The process ends here.");
        }
    }
}
