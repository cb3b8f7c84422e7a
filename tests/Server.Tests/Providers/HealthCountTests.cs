using System.Net;
using ActionMail.Protocol.Addresses;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Health;
using ActionMail.Server.Tests.Intake;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Providers;

/// <summary>What is counted of a provider, from the mail to the complaint: each thing once, and nothing that others did in its name.</summary>
public sealed class HealthCountTests(SenderPlatform shared) : IClassFixture<SenderPlatform>
{
    [Fact]
    public async Task Each_step_of_a_card_is_counted_once()
    {
        var letter = await shared.LetterAsync();
        shared.Publish(letter.Zone);
        var bytes = letter.Bytes();

        var state = await shared.DeliverAsync(letter, System.Text.Encoding.Latin1.GetString(bytes));
        await shared.SendAsync(letter, System.Text.Encoding.Latin1.GetString(bytes));
        var (id, provider) = (state.GetProperty("id").GetGuid(), state.GetProperty("provider").GetProperty("id").GetString()!);
        await shared.Owner.OpenAndPressAsync(id, "Approve");
        await shared.Owner.OpenAndPressAsync(id, "Approve");

        var counts = await CountsAsync(provider);
        Assert.Equal(new HourCounts { Mails = 1, Passed = 1, Aligned = 1, Deliveries = 1, Active = 1, Opens = 1, Acted = 1, Done = 1 }, counts);
        Assert.Equal([HourDetail.Latency], await DetailsAsync(provider, row => row.Kind));
    }

    [Fact]
    public async Task A_complaint_counts_once_for_each_reader_and_can_be_taken_back()
    {
        var letter = await shared.LetterAsync();
        shared.Publish(letter.Zone);
        var state = await shared.DeliverAsync(letter);
        var (id, provider) = (state.GetProperty("id").GetGuid(), state.GetProperty("provider").GetProperty("id").GetString()!);

        await PressAsync(id, "Junk");
        await PressAsync(id, "Junk");
        Assert.Equal(1, (await CountsAsync(provider)).Complaints);
        Assert.Contains("You reported this message as junk", await shared.Owner.OpenAsync(id), StringComparison.Ordinal);
        await PressAsync(id, "NotJunk");
        Assert.Equal(0, (await CountsAsync(provider)).Complaints);
        Assert.Empty(await shared.Running.ReadAsync(db => db.Complaints.Where(row => row.ProviderId == provider).ToListAsync()));
        await PressAsync(id, "Junk");
        var complaint = Assert.Single(await shared.Running.ReadAsync(db => db.Complaints.Where(row => row.ProviderId == provider).ToListAsync()));

        Assert.Equal((ComplaintSource.Junk, true, id.ToString("D")), (complaint.Source, complaint.IsCounted, complaint.Subject));
    }

    [Fact]
    public async Task The_reader_stops_a_sender_on_the_page_of_its_message_and_lets_it_in_again()
    {
        var letter = await shared.LetterAsync();
        shared.Publish(letter.Zone);
        var id = (await shared.DeliverAsync(letter)).GetProperty("id").GetGuid();

        await PressAsync(id, "Stop");
        Assert.Equal(("inert", "sender_stopped"), SenderPlatform.CardOf(await shared.Owner.StateAsync(id)));
        Assert.Contains("Allow its cards again", await shared.Owner.OpenAsync(id), StringComparison.Ordinal);
        await PressAsync(id, "Allow");

        Assert.Equal(("active", null), SenderPlatform.CardOf(await shared.Owner.StateAsync(id)));
    }

    [Fact]
    public async Task Another_persons_message_is_not_there_to_be_reported()
    {
        var letter = await shared.LetterAsync() with { To = "elvia@contoso.test" };
        shared.Publish(letter.Zone);
        var id = Guid.Parse((await shared.SendAsync(letter))[^36..]);
        var own = await shared.LetterAsync();
        shared.Publish(own.Zone);
        var ownId = (await shared.DeliverAsync(own)).GetProperty("id").GetGuid();

        foreach (var handler in new[] { "Junk", "Stop" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await SubmitAsync(ownId, $"/inbox/{id}?handler={handler}"));
            Assert.Equal(HttpStatusCode.Redirect, await SubmitAsync(ownId, $"/inbox/{ownId}?handler={handler}"));
            using var withoutToken = await shared.Owner.Http.PostAsync($"/inbox/{ownId}?handler={handler}", new FormUrlEncodedContent([]));
            Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);
        }
    }

    [Fact]
    public async Task What_a_stranger_sends_in_its_name_changes_no_figure()
    {
        var letter = await shared.LetterAsync();
        shared.Publish(letter.Zone);
        var state = await shared.DeliverAsync(letter);
        var provider = state.GetProperty("provider").GetProperty("id").GetString()!;
        var stranger = letter with { Domain = $"x{Guid.NewGuid():N}.test" };
        shared.Publish(stranger.Zone);

        var id = (await shared.DeliverAsync(stranger)).GetProperty("id").GetGuid();
        await PressAsync(id, "Junk");

        Assert.Equal("originator_sender_mismatch", SenderPlatform.CardOf(await shared.Owner.StateAsync(id)).Reason);
        Assert.Equal(new HourCounts { Mails = 1, Passed = 1, Aligned = 1, Deliveries = 1, Active = 1 }, await CountsAsync(provider));
        Assert.DoesNotContain("Stop this sender", await shared.Owner.OpenAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inert_cards_are_counted_by_their_reason_and_failures_by_where_they_happened()
    {
        var letter = await shared.LetterAsync();
        shared.Publish(letter.Zone);
        var state = await shared.DeliverAsync(letter);
        var (id, provider) = (state.GetProperty("id").GetGuid(), state.GetProperty("provider").GetProperty("id").GetString()!);
        await shared.DeliverAsync(letter with { IsSigned = false, Domain = letter.Domain, MoreFields = "X-Again: 1\n" }, client: SenderPlatform.Relay);
        shared.Provider.Behave = (_, stream, cancel) => StubProvider.Answer(stream, "503 Service Unavailable", "", cancel: cancel);
        await shared.Owner.OpenAndPressAsync(id, "Approve");
        shared.Provider.Behave = (_, stream, cancel) => StubProvider.Answer(stream, "403 Forbidden", "", cancel: cancel);
        await shared.Owner.OpenAndPressAsync(id, "Approve");
        shared.Provider.Behave = (_, stream, cancel) => StubProvider.Answer(stream, "200 OK", "", cancel: cancel);

        var counts = await CountsAsync(provider);
        Assert.Equal((2, 1, 2, 1, 1), (counts.Mails, counts.Aligned, counts.Deliveries, counts.Broken, counts.Refused));
        Assert.Equal((0, 0, 1), (counts.Acted, counts.Done, counts.Failed));
        Assert.Contains("dkim_none", await DetailsAsync(provider, row => row.Name));
        Assert.Contains("HTTP 503", await DetailsAsync(provider, row => row.Name));
        Assert.Contains("HTTP 403", await DetailsAsync(provider, row => row.Name));
    }

    [Fact]
    public async Task A_self_test_counts_for_nobody()
    {
        var letter = await shared.LetterAsync();
        using var http = shared.Running.Doors.Operator();
        var mail = letter.Text.Replace(letter.Sender, Service.Owner, StringComparison.Ordinal).ReplaceLineEndings("\r\n");

        (await http.PostAsync($"/api/operator/self-tests?as={Service.Owner}", new StringContent(mail))).EnsureSuccessStatusCode();

        Assert.Equal(new HourCounts(), await CountsAsync(System.Text.Json.JsonElement.Parse(letter.Card).GetProperty("originator").GetString()!));
    }

    private async Task PressAsync(Guid id, string handler) =>
        Assert.Equal(HttpStatusCode.Redirect, await SubmitAsync(id, $"/inbox/{id}?handler={handler}"));

    private async Task<HttpStatusCode> SubmitAsync(Guid page, string action)
    {
        using var answer = await shared.Owner.FormAsync($"/inbox/{page}", action, []);
        return answer.StatusCode;
    }

    private async Task<HourCounts> CountsAsync(string provider)
    {
        var organization = shared.Running.Services.GetRequiredService<AddressBook>().Find(EmailAddress.Parse(Service.Owner))!.OrganizationId;
        var health = shared.Running.Services.GetRequiredService<ProviderHealth>();
        return (await health.ReadAsync(organization, provider, HealthRange.Day, shared.Clock.GetUtcNow(), CancellationToken.None)).Total;
    }

    private Task<List<T>> DetailsAsync<T>(string provider, System.Linq.Expressions.Expression<Func<ProviderHourDetailRow, T>> what) =>
        shared.Running.ReadAsync(db => db.ProviderHourDetails.Where(row => row.ProviderId == provider).Select(what).ToListAsync());
}
