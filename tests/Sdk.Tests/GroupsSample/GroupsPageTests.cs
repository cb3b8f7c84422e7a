using System.Net;
using Groups;

namespace ActionMail.Sdk.Tests;

public sealed class GroupsPageTests : IAsyncLifetime
{
    private GroupsHost _groups = null!;

    public async ValueTask InitializeAsync() => _groups = await GroupsHost.StartAsync();

    public ValueTask DisposeAsync() => _groups.DisposeAsync();

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere()
    {
        using var response = await _groups.Client.GetAsync("/");

        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (var own in new[] { "/groups.css", "/photos/adele.png", "/photos/group.png", "/health" })
            Assert.True((await _groups.Client.GetAsync(own)).IsSuccessStatusCode, own);
    }

    public static TheoryData<string, string, (string, string)[]> Faults => new()
    {
        { "/join", "Choose who asks", [("person", "nobody"), ("owners", "adele")] },
        { "/join", "Choose who asks", [("person", "alex"), ("owners", "adele")] },
        { "/join", "at least one owner", [("person", "elvia")] },
        { "/join", "at least one owner", [("person", "elvia"), ("owners", "elvia")] },
        { "/join", "more than 1000", [("person", "elvia"), ("owners", "adele"), ("message", new string('m', 1001))] },
        { "/propose", "Only a member", [("proposer", "elvia"), ("people", "miguel"), ("owners", "adele")] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_form_that_makes_no_sense_says_so_and_sends_nothing(string form, string words, (string, string)[] fields)
    {
        using var response = await _groups.PostAsync(form, fields);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(words, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(_groups.Mail.IsEmpty);
    }

    [Fact]
    public async Task What_people_type_is_text_on_the_page()
    {
        using var response = await _groups.PostAsync("/join", ("person", "elvia"), ("owners", "adele"), ("message", "<img src=x onerror=alert(1)>"));

        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_mail_is_told_and_can_be_sent_again()
    {
        _groups.Mail.Replies["RCPT"] = "550 5.1.1 nobody here";
        using var refused = await _groups.PostAsync("/join", ("person", "elvia"), ("owners", "adele"));
        var page = await refused.Content.ReadAsStringAsync();
        Assert.Contains("was refused: 550 5.1.1 nobody here", page, StringComparison.Ordinal);

        _groups.Mail.Replies.Clear();
        var again = page[page.IndexOf("/requests/", StringComparison.Ordinal)..];
        using var sent = await _groups.PostAsync(again[..again.IndexOf('"', StringComparison.Ordinal)]);

        Assert.Contains("The mail is in the inbox of Adele Vance.", await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(await _groups.ReceiveAsync("owner@contoso.test"));
    }

    [Fact]
    public async Task Another_sites_page_cannot_send_mails()
    {
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/join");
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        foreign.Content = new FormUrlEncodedContent([KeyValuePair.Create("person", "elvia"), KeyValuePair.Create("owners", "adele")]);

        using var response = await _groups.Client.SendAsync(foreign);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.True(_groups.Mail.IsEmpty);
    }

    [Fact]
    public async Task Another_host_name_is_not_served()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "evil.test";

        using var response = await _groups.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_first_mail_is_sent_once_in_the_life_of_the_data()
    {
        using var first = await _groups.PostAsync("/seed");
        Assert.True(first.IsSuccessStatusCode);
        var card = await _groups.ReceiveAsync("owner@contoso.test");
        Assert.Equal(["owner@contoso.test"], card.Mail!.To);
        Assert.Contains("Elvia Atkins has requested to join this group.", card.Texts);

        await _groups.RestartAsync(seed: true);
        using var second = await _groups.PostAsync("/seed");

        Assert.True(second.IsSuccessStatusCode);
        Assert.True(_groups.Mail.IsEmpty);
    }

    [Fact]
    public async Task A_first_mail_that_was_refused_is_tried_again_and_is_still_one_request()
    {
        _groups.Mail.Replies["MAIL"] = "451 4.3.0 later";
        using var refused = await _groups.PostAsync("/seed");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        _groups.Mail.Replies.Clear();

        await _groups.RestartAsync(seed: true);

        Assert.NotNull(await _groups.ReceiveAsync("owner@contoso.test"));
        Assert.Equal(2, (await _groups.PageAsync()).Split("<article id=").Length);
    }

    [Fact]
    public void The_first_start_makes_a_key_for_its_owners_eyes_and_the_second_takes_it()
    {
        var folder = Directory.CreateTempSubdirectory("groups-key-").FullName;
        using var made = SigningKeyFile.OpenOrCreate(folder);
        using var taken = SigningKeyFile.OpenOrCreate(folder);

        Assert.Equal(made.PublicKey, taken.PublicKey);
        Assert.Equal(made.PublicKey.RsaKeyValue, File.ReadAllText(SigningKeyFile.PublicKeyPath(folder)));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "signing-key.pem")));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("GROUPS_PORT", "6000", "http://localhost:6000")]
    [InlineData("GROUPS_URL", "https://groups.contoso.com/base", "https://groups.contoso.com")]
    [InlineData("GROUPS_PORT", "no number", "http://localhost:5081")]
    public void The_environment_moves_it(string name, string value, string origin)
    {
        var options = GroupsOptions.Read(["--seed"], variable => variable == name ? value : null);

        Assert.Equal((origin, true, 2525, "localhost:5080"), (options.Origin, options.Seed, options.SmtpPort, options.Platform.Authority));
    }

    [Fact]
    public async Task A_removed_member_can_ask_again()
    {
        await _groups.PostAsync("/seed");
        await (await _groups.ReceiveAsync("owner@contoso.test")).PressAsync("Approve", "owner@contoso.test");
        using var member = await _groups.PostAsync("/join", ("person", "elvia"), ("owners", "adele"));
        Assert.Equal(HttpStatusCode.BadRequest, member.StatusCode);

        using var removed = await _groups.PostAsync("/members/elvia/remove");
        using var asked = await _groups.PostAsync("/join", ("person", "elvia"), ("owners", "adele"));

        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
    }
}
