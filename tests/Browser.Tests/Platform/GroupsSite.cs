using Microsoft.Playwright;

namespace ActionMail.Browser.Tests.Platform;

/// <summary>The page of the Groups sample, used as a person uses it.</summary>
public sealed class GroupsSite(Reader reader, Uri url)
{
    public IPage Page => reader.Page;

    public Reader Reader => reader;

    /// <summary>The lines of the people in the group.</summary>
    public ILocator People => Region("People").GetByRole(AriaRole.Listitem);

    public Task VisitAsync() => Page.GotoAsync(url.ToString());

    public async Task AskToJoinAsync(string person, string message, params string[] owners)
    {
        await VisitAsync();
        var form = Region("Ask to join");
        await form.GetByLabel("Who asks").SelectOptionAsync(person);
        await form.GetByLabel("Message to the owners").FillAsync(message);
        await ChooseAsync(form, "Owners who get the mail", owners);
        await SubmitAsync(form, "Ask to join");
    }

    public async Task ProposeAsync(string proposer, string[] people, params string[] owners)
    {
        await VisitAsync();
        var form = Region("Propose members");
        await form.GetByLabel("Who proposes").SelectOptionAsync(proposer);
        await ChooseAsync(form, "People to add", people);
        await ChooseAsync(form, "Owners who get the mail", owners);
        await SubmitAsync(form, "Propose members");
    }

    /// <summary>What the page says of a person in the newest request.</summary>
    public ILocator SeatInNewestRequest(string person) =>
        Region("Requests").GetByRole(AriaRole.Article).First.GetByRole(AriaRole.Listitem).Filter(new() { HasText = person }).Locator(".tag");

    public async Task AssertMemberAsync(string person)
    {
        await VisitAsync();
        await Expect(People.Filter(new() { HasText = person })).ToBeVisibleAsync();
    }

    public async Task AssertNoMemberAsync(string person)
    {
        await VisitAsync();
        await Expect(People.Filter(new() { HasText = "Adele Vance" })).ToBeVisibleAsync();
        await Expect(People.Filter(new() { HasText = person })).ToHaveCountAsync(0);
    }

    /// <summary>Takes everybody out whom an earlier test has let in.</summary>
    public async Task RemoveMembersAsync()
    {
        await VisitAsync();
        var remove = Page.GetByRole(AriaRole.Button, new() { Name = "Remove " });
        while (await remove.CountAsync() > 0)
            await remove.First.ClickAsync();
    }

    private ILocator Region(string name) => Page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    private static async Task ChooseAsync(ILocator form, string group, string[] wanted)
    {
        var boxes = form.GetByRole(AriaRole.Group, new() { Name = group }).GetByRole(AriaRole.Checkbox);
        foreach (var box in await boxes.AllAsync())
            await box.UncheckAsync();
        foreach (var name in wanted)
            await form.GetByRole(AriaRole.Group, new() { Name = group }).GetByLabel(name).CheckAsync();
    }

    private async Task SubmitAsync(ILocator form, string button)
    {
        await form.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Status)).ToContainTextAsync("The mail is in the inbox of");
    }
}
