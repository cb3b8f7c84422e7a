using ActionMail.Server.Inbox;

namespace ActionMail.Server.Tests.Inbox;

/// <summary>A page that is not there says what there is not, by the shape of the address alone.</summary>
public class WhereaboutsTests
{
    private const string Id = "5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913";

    [Theory]
    [InlineData("/inbox/" + Id, "There is no such message", "/inbox")]
    [InlineData("/inbox/nonsense/why", "There is no such message", "/inbox")]
    [InlineData("/providers/" + Id, "There is no such registration", "/providers")]
    [InlineData("/providers/nonsense/health", "There is no such registration", "/providers")]
    [InlineData("/providers/" + Id + "/edit", "There is no such draft", "/providers")]
    [InlineData("/providers/" + Id + "/discard", "There is no such draft", "/providers")]
    [InlineData("/providers/" + Id + "/review/7", "There is no such request", "/providers")]
    [InlineData("/invitation/abc", "There is no such invitation", "/inbox")]
    [InlineData("/invitations", "There is no such invitation", "/inbox")]
    [InlineData("/organization", "There is no such domain, person or page here", "/providers")]
    [InlineData("/admin/consent", "There is no such domain, person or page here", "/providers")]
    [InlineData("/organizations", "There is no such page", "/inbox")]
    [InlineData("/nowhere", "There is no such page", "/inbox")]
    [InlineData("", "There is no such page", "/inbox")]
    public void The_words_fit_what_was_asked_for(string path, string missing, string next) =>
        Assert.Equal((missing, next), (Whereabouts.Of(path).Missing, Whereabouts.Of(path).Path));
}
