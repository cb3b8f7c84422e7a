using System.IO.Pipelines;
using System.Net;
using System.Text.Json;
using ActionMail.Server.Operations;
using ActionMail.Server.Providers.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ActionMail.Server.Tests.Providers.Api;

/// <summary>A body with members that are not documented is answered with all of them, where they are, and what was probably meant. Security J-04.</summary>
[Collection(PersonalApi.Name)]
public sealed class UndocumentedMembersTests(ApiPlatform platform)
{
    [Theory]
    [InlineData("""{"name":"A","senderz":["a@contoso.test"],"contact":{"emial":"a@contoso.test"},"banana":1}""",
        "There are no members 'senderz' (did you mean 'senders'?), 'contact.emial' (did you mean 'email'?), 'banana' here.", "senderz contact.emial banana")]
    [InlineData("""{"nam":"A"}""", "There is no member 'nam' (did you mean 'name'?) here.", "nam")]
    [InlineData("""{"zebra":{"senderz":1}}""", "There is no member 'zebra' here.", "zebra")]
    [InlineData("""{"logo":{"sha":"00"},"logo2":null}""", "There are no members 'logo.sha', 'logo2' (did you mean 'logo'?) here.", "logo.sha logo2")]
    public async Task All_are_named_with_their_place_and_what_they_resemble(string body, string detail, string members)
    {
        foreach (var (method, path) in new[] { ("POST", "/api/providers/check"), ("POST", "/api/providers"), ("POST", "/api/drafts") })
        {
            var answer = await platform.Developer.SendAsync(new(method), path, body);

            Assert.Equal((HttpStatusCode.BadRequest, "bad_request", detail), (answer.Status, answer.Code, answer.Detail));
            Assert.Equal(members.Split(' '), answer["members"].EnumerateArray().Select(member => member.GetString()));
        }
    }

    [Theory]
    [InlineData("""{"name":"A","name":"B"}""", "The member 'name' is there twice.")]
    [InlineData("""{"senders":7}""", "The value of 'senders' cannot be read.")]
    [InlineData("{", "The body is not JSON.")]
    [InlineData("""{"senderz":1""", "There is no member 'senderz' here.")]
    [InlineData("""{"senderz":1,}""", "There is no member 'senderz' here.")]
    public async Task What_else_is_wrong_with_a_body_is_told_as_before(string body, string detail)
    {
        var answer = await platform.Developer.PostAsync("/api/providers/check", body);

        Assert.Equal((HttpStatusCode.BadRequest, detail), (answer.Status, answer.Detail));
    }

    // Security J-01: it may hold a private key.
    [Fact]
    public async Task A_body_that_is_kept_lies_in_memory_and_in_no_file()
    {
        var http = new DefaultHttpContext { Request = { ContentType = "application/json", Body = PipeReader.Create(new(new byte[RegistrationEndpoints.LargestSubmission])).AsStream() } };

        await UndocumentedMembers.KeepBody(http, async context => await context.Request.Body.CopyToAsync(Stream.Null));

        var kept = Assert.IsType<FileBufferingReadStream>(http.Request.Body);
        Assert.Equal((true, null), (kept.InMemory, kept.TempFileName));
        await kept.DisposeAsync();
    }

    [Fact]
    public async Task A_body_larger_than_the_route_takes_is_refused_as_such()
    {
        var answer = await platform.Developer.PostAsync("/api/providers/check", JsonSerializer.Serialize(new { name = new string('a', 3 * 1024 * 1024) }));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    [Theory]
    [InlineData("senderz", "senders")]
    [InlineData("SENDERS", "senders")]
    [InlineData("testUser", "testUsers")]
    [InlineData("token_profile", "tokenProfile")]
    [InlineData("x", null)]
    [InlineData("banana", null)]
    [InlineData("", null)]
    public void A_name_resembles_the_nearest_known_one_or_none(string typed, string? expected) =>
        Assert.Equal(expected, Resemblance.Nearest(typed, ["name", "senders", "targets", "testUsers", "tokenProfile", "appId"]));

    [Fact]
    public void A_name_of_any_length_is_compared_in_no_time() => Assert.Null(Resemblance.Nearest(new string('n', 1_000_000), ["name"]));
}
