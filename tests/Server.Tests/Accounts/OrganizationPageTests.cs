using System.Net;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Accounts;

/// <summary>What a form of the organization's page answers to wrong input: what was typed, and beside it why it will not do.</summary>
[Collection(AccountsCollection.Name)]
public sealed class OrganizationPageTests(AccountsPlatform shared)
{
    private const string Administrator = "admin@contoso.test";

    [Theory]
    [InlineData("AddDomain", "domain", "https://contoso.example/", "domain", "Write a domain or a host name alone")]
    [InlineData("AddDomain", "domain", "fabrikam.test", "domain", "belongs to another organization")]
    [InlineData("Invite", "address", "somebody", "invite-address", "not one e-mail address")]
    [InlineData("Name", "name", "\u0001Contoso", "name-field", "Give a name of 1 to 100 characters")]
    public async Task What_was_typed_wrong_is_there_again_with_the_reason_beside_it(string handler, string name, string typed, string field, string words)
    {
        using var admin = await Browser.SignInAsync(shared.Doors, Administrator);

        var answer = await admin.FormAsync("/organization", "/organization", new() { ["handler"] = handler, [name] = typed, ["mail"] = "true" });

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var input = Element(page, $"<input id=\"{field}\"", ">");
        Assert.Contains($"value=\"{typed}\"", input, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", input, StringComparison.Ordinal);
        Assert.Contains("autofocus", input, StringComparison.Ordinal);
        Assert.Contains(words, Element(page, $"id=\"{field}-fault\"", "</p>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_right_is_done_whether_the_field_or_the_address_names_the_handler()
    {
        using var admin = await Browser.SignInAsync(shared.Doors, Administrator);

        var byField = await admin.FormAsync("/organization", "/organization", new() { ["handler"] = "AddDomain", ["domain"] = "by-field.example" });
        var byAddress = await admin.FormAsync("/organization", "/organization?handler=AddDomain", new() { ["domain"] = "by-address.example" });

        Assert.Equal(["/organization#domains", "/organization#domains"], new[] { byField, byAddress }.Select(answer => answer.Headers.Location?.OriginalString));
        var page = await admin.Http.GetStringAsync("/organization");
        Assert.Contains("by-field.example", page, StringComparison.Ordinal);
        Assert.Contains("by-address.example", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_found_by_name_and_address_and_a_change_leads_back_to_where_one_was()
    {
        using var admin = await Browser.SignInAsync(shared.Doors, "admin@fabrikam.test");
        var organization = shared.Running.Services.GetRequiredService<AddressBook>().Find(EmailAddress.Parse("admin@fabrikam.test"))!.OrganizationId;
        await shared.Running.Services.GetRequiredService<StoreWriter>().WriteAsync(db =>
        {
            for (var n = 100; n <= 2 * OrganizationPeople.PageSize; n++)
                PersonRows.Add(db, organization, EmailAddress.Parse($"crew{n}@fabrikam.test"), $"Crew {n}", "");
            return db.SaveChanges();
        }, CancellationToken.None);

        var first = await admin.Http.GetStringAsync("/organization?q=crew");
        var second = await admin.Http.GetStringAsync("/organization?q=CREW&number=2");
        var one = await admin.Http.GetStringAsync("/organization?q=crew150%40");

        Assert.Contains("101 people, page 1 of 2", first, StringComparison.Ordinal);
        Assert.Equal((100, 1, 1), (Entries(first), Entries(second), Entries(one)));
        Assert.Contains("Crew 200", second, StringComparison.Ordinal);
        var person = Element(one, "name=\"person\" value=\"", ">").Split('"')[3];
        var changed = await admin.FormAsync("/organization?q=crew150%40", "/organization?q=crew150%40", new() { ["handler"] = "Role", ["person"] = person, ["administrator"] = "true" });
        Assert.Equal("/organization?q=crew150@#people", changed.Headers.Location?.OriginalString);
    }

    private static int Entries(string page) => page.Split("name=\"person\"").Length - 1;

    // The address of a page that says what was wrong can be reloaded and passed on.
    [Theory]
    [InlineData("/organization")]
    [InlineData("/account")]
    [InlineData("/admin")]
    [InlineData("/admin/consent")]
    [InlineData("/invitations")]
    [InlineData("/device")]
    [InlineData("/sign-in")]
    [InlineData("/sign-in/again")]
    public async Task No_form_leads_to_an_address_that_names_a_handler(string path)
    {
        using var admin = await Browser.SignInAsync(shared.Doors, Administrator);

        var page = await admin.Http.GetStringAsync(path);

        Assert.Contains("<form", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(form)?action=\"[^\"]*handler=", page);
    }

    private static string Element(string page, string start, string end)
    {
        var from = page.IndexOf(start, StringComparison.Ordinal);
        Assert.True(from >= 0, $"no {start}");
        return page[from..page.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
