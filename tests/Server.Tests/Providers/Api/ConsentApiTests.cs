using System.Net;
using ActionMail.Server.Tests.Platform;

namespace ActionMail.Server.Tests.Providers.Api;

[Collection(PersonalApi.Name)]
public sealed class ConsentApiTests(ApiPlatform platform)
{
    [Fact]
    public async Task An_administrator_consents_for_their_own_organization_and_takes_it_back()
    {
        var id = await ApprovedForAllAsync();
        var path = $"/api/consents/{id}";
        Assert.False((await platform.Neighbour.GetAsync(path))["granted"].GetBoolean());
        Assert.Equal((HttpStatusCode.Forbidden, "not_administrator"), StatusAndCode(await platform.Neighbour.PutAsync(path, null)));

        var granted = await platform.NeighboursAdministrator.PutAsync(path, null);

        Assert.Equal((true, Submissions.NeighboursAdministrator), (granted["granted"].GetBoolean(), granted["grantedBy"].GetString()));
        Assert.True((await platform.Neighbour.GetAsync($"/api/consents?q={id}"))["consents"][0].GetProperty("granted").GetBoolean());
        Assert.Equal("invalid_filter", (await platform.Neighbour.GetAsync($"/api/consents?q={new string('x', 201)}")).Code);
        Assert.False((await platform.Developer.GetAsync(path))["granted"].GetBoolean());
        Assert.Equal(HttpStatusCode.NoContent, (await platform.NeighboursAdministrator.DeleteAsync(path)).Status);
        Assert.False((await platform.Neighbour.GetAsync(path))["granted"].GetBoolean());
        // What is granted is a word about the provider, not a look into its registration.
        Assert.Equal("not_found", (await platform.NeighboursAdministrator.GetAsync($"/api/providers/{id}")).Code);
    }

    [Fact]
    public async Task There_is_nothing_to_consent_to_that_is_not_approved_for_everybody()
    {
        var waiting = await platform.Developer.SubmittedAsync(Submissions.Global("Waiting"));

        Assert.Equal((HttpStatusCode.NotFound, "not_found"), StatusAndCode(await platform.NeighboursAdministrator.PutAsync($"/api/consents/{waiting.Id}", null)));
    }

    private async Task<string> ApprovedForAllAsync()
    {
        var name = $"Travel {Guid.NewGuid():N}";
        var made = await platform.Developer.SubmittedAsync(Submissions.Global(name));
        using var reviewer = await Browser.SignInAsync(platform.Running.Doors, Submissions.Reviewer);
        await reviewer.ReadTokenAsync("/inbox");
        var approved = await reviewer.PostAsync($"/api/providers/{made.Id}/revisions/1/approve",
            new { contentHash = made["newest"].GetProperty("contentHash").GetString(), confirmation = name });
        Assert.Equal(HttpStatusCode.OK, approved.Status);
        return made.Id;
    }

    private static (HttpStatusCode, string?) StatusAndCode(ApiAnswer answer) => (answer.Status, answer.Code);
}
