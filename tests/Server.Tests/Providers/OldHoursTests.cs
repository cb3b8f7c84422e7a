using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Health;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActionMail.Server.Tests.Providers;

/// <summary>Hourly counts are kept for as many days as the operator says, which is longer than any page looks back.</summary>
public sealed class OldHoursTests(SharedPlatform shared) : IClassFixture<SharedPlatform>
{
    [Theory]
    [InlineData(91, false)]
    [InlineData(89, true)]
    [InlineData(30, true)]
    public async Task Counts_older_than_the_setting_are_thrown_away_and_no_others(int days, bool stay)
    {
        var (organization, provider) = (Guid.NewGuid(), Guid.NewGuid().ToString());
        await shared.Running.Services.GetRequiredService<StoreWriter>().WriteAsync(db =>
        {
            var hours = new HourCounter(db, organization, provider, shared.Clock.GetUtcNow() - TimeSpan.FromDays(days));
            hours.Add(new HourCounts { Mails = 3 });
            hours.Add(HourDetail.Reason, "dkim_none");
            return 0;
        }, TestContext.Current.CancellationToken);

        await shared.Running.Services.GetServices<IHostedService>().OfType<OldHours>().Single().DropAsync(TestContext.Current.CancellationToken);

        Assert.Equal((stay, stay), await shared.Running.ReadAsync(async db =>
            (await db.ProviderHours.AnyAsync(row => row.ProviderId == provider), await db.ProviderHourDetails.AnyAsync(row => row.ProviderId == provider))));
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(31, true)]
    public async Task Fewer_days_than_the_health_page_shows_are_refused_at_the_start(int days, bool starts)
    {
        var folder = Directory.CreateTempSubdirectory("actionmail-").FullName;
        var start = async () => await (await RunningPlatform.StartAsync(folder, settings: $"--{ProviderOptions.Section}:HealthDays={days}")).DisposeAsync();

        if (starts)
            await start();
        else
            await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(start);
    }
}
