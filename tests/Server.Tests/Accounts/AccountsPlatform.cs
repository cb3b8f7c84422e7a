using ActionMail.Server.Accounts;
using ActionMail.Server.Tests.Network;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Accounts;

/// <summary>One platform for the tests of accounts: with accounts of its own, and a network behind the guard that leads to the tests.</summary>
public sealed class AccountsPlatform : SharedPlatform
{
    private readonly TestAuthority _authority = new();

    private protected override string[] Settings => ["--Accounts:Local:Enabled=true", $"--Actions:AuthorityBundle={_authority.Bundle}"];

    private protected override Action<IServiceCollection> Replace => services => services.AddSingleton(Hosts.Seam);

    /// <summary>The hosts that the platform may reach.</summary>
    internal RecordedNetwork Hosts { get; } = new(0) { Answers = [[]] };

    internal TestAuthority Authority => _authority;

    internal PlatformDoors Doors => Running.Doors;

    internal T Service<T>() where T : notnull => Running.Services.GetRequiredService<T>();

    internal Person Person(string address) => Service<AddressBook>().Find(Protocol.Addresses.EmailAddress.Parse(address))!;

    internal async Task<string> IdOfAsync(string address) =>
        (await Running.ReadAsync(db => db.Addresses.AsNoTracking().SingleAsync(row => row.Address == address))).PersonId.ToString();

    internal Task<List<string>> AuditAsync(string subject) =>
        Running.ReadAsync(db => db.AuditEvents.AsNoTracking().Where(row => row.Subject == subject).OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync());

    /// <summary>Invites somebody to contoso.test, as its administrator does it on the page; the path of the link.</summary>
    internal async Task<string> InviteAsync(string address, string name)
    {
        using var admin = await Browser.SignInAsync(Doors, "admin@contoso.test");
        var answer = await admin.FormAsync("/organization", "/organization?handler=Invite", new() { ["address"] = address, ["name"] = name, ["title"] = "Guest" });
        var page = await answer.Content.ReadAsStringAsync();
        var start = page.IndexOf("/invitation/", StringComparison.Ordinal);
        Assert.True(start > 0, page);
        return page[start..page.IndexOf('<', start)];
    }

    /// <summary>A person with a password, and the browser in which it was set.</summary>
    internal async Task<Browser> WithPasswordAsync(string address, string name, string password)
    {
        var link = await InviteAsync(address, name);
        var browser = Browser.Anonymous(Doors);
        var answer = await browser.FormAsync(link, link, new() { ["password"] = password });
        Assert.Equal("/inbox", answer.Headers.Location?.OriginalString);
        return browser;
    }
}

[CollectionDefinition(Name)]
public sealed class AccountsCollection : ICollectionFixture<AccountsPlatform>
{
    public const string Name = "Accounts";
}
