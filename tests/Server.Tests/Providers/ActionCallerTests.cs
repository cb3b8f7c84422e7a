using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers.Platform;
using ActionMail.Server.Tokens;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Tests.Providers;

/// <summary>The platform's own service believes an action token exactly where any service should. Protocol §6.</summary>
public sealed class ActionCallerTests(ApprovalPlatform platform) : IClassFixture<ApprovalPlatform>
{
    [Theory]
    [InlineData("as it is made", true)]
    [InlineData("another audience", false)]
    [InlineData("another provider", false)]
    [InlineData("another sender", false)]
    [InlineData("another profile", false)]
    [InlineData("somebody else's address", false)]
    [InlineData("somebody who is not here", false)]
    [InlineData("a changed signature", false)]
    public async Task A_token_holds_only_as_it_is_made(string mutation, bool holds)
    {
        var person = platform.Person(ApprovalPlatform.Administrator);
        var origin = platform.Service<IOptions<ServerOptions>>().Value.Platform;
        var request = new ActionTokenRequest(person, person.PrimaryAddress, platform.Service<PlatformProvider>().Address.ToString(), PlatformProvider.Id, TokenProfile.Eat, origin);
        var token = platform.Service<ActionTokenIssuer>().Issue(mutation switch
        {
            "another audience" => request with { Audience = "https://service.example" },
            "another provider" => request with { Originator = Guid.NewGuid().ToString("D") },
            "another sender" => request with { Sender = "somebody@contoso.test" },
            "another profile" => request with { Profile = TokenProfile.Entra },
            "somebody else's address" => request with { ActorAddress = EmailAddress.Parse(ApprovalPlatform.Developer) },
            "somebody who is not here" => request with { Actor = person with { Id = Guid.NewGuid() } },
            _ => request,
        });

        var found = await platform.Service<ActionCaller>().FindAsync(mutation == "a changed signature" ? Changed(token) : token);

        Assert.Equal(holds ? person.Id : null, found?.Id);
    }

    [Fact]
    public async Task A_token_is_good_for_its_time_alone()
    {
        var person = platform.Person(ApprovalPlatform.Administrator);
        var origin = platform.Service<IOptions<ServerOptions>>().Value.Platform;
        var token = platform.Service<ActionTokenIssuer>().Issue(new(person, person.PrimaryAddress, platform.Service<PlatformProvider>().Address.ToString(), PlatformProvider.Id, TokenProfile.Eat, origin));
        Assert.NotNull(await platform.Service<ActionCaller>().FindAsync(token));

        platform.Clock.Pass(TimeSpan.FromMinutes(6));

        Assert.Null(await platform.Service<ActionCaller>().FindAsync(token));
    }

    private static string Changed(string token) => token[..^8] + (token[^8] == 'A' ? 'B' : 'A') + token[^7..];
}
