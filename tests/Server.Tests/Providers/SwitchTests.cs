using System.Net;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Providers.Consent;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Providers;

/// <summary>What the recipient's side switches holds for the next mail, the next look and the next click. Protocol §5, security D-05.</summary>
public sealed class SwitchTests(SharedPlatform shared) : IClassFixture<SharedPlatform>, IAsyncLifetime
{
    private const string Administrator = "admin@contoso.test";

    private readonly StubProvider _provider = new();
    private Service _service = null!;

    private CardSwitches Switches => shared.Running.Services.GetRequiredService<CardSwitches>();

    private Consents Consents => shared.Running.Services.GetRequiredService<Consents>();

    public async ValueTask InitializeAsync() => _service = await shared.RegisteredAsync(_provider);

    public ValueTask DisposeAsync()
    {
        _provider.Dispose();
        return ValueTask.CompletedTask;
    }

    // Neither is a change of a registration.
    [Theory]
    [InlineData("person")]
    [InlineData("provider")]
    public async Task An_open_view_is_told_of_a_switch(string what)
    {
        var id = await _service.DeliverAsync(_service.Mail(_service.Card()));
        await shared.Owner.OpenAsync(id);
        await Task.Delay(TimeSpan.FromSeconds(1.5)); // What the registration of this test changed is told first.
        await using var view = await shared.Owner.ListenAsync($"/api/messages/{id}/events");

        await TurnAsync(what, on: false);
        await view.NextAsync("standing");
        await TurnAsync(what, on: true);
        await view.NextAsync("standing");
    }

    [Theory]
    [InlineData("organization", Reason.CardsOffOrganization)]
    [InlineData("person", Reason.CardsOffRecipient)]
    [InlineData("provider", Reason.SenderStopped)]
    public async Task What_is_switched_off_stops_the_click_the_look_and_the_next_mail_until_it_is_switched_on_again(string what, Reason reason)
    {
        var id = await _service.DeliverAsync(_service.Mail(_service.Card()));
        await shared.Owner.OpenAsync(id);
        var state = (await shared.Owner.StateAsync(id)).GetProperty("card");
        var actionId = state.GetProperty("display").FindAction("Approve");

        await TurnAsync(what, on: false);
        var click = await shared.Owner.PostAsync($"/api/messages/{id}/actions/{actionId}", new { cardVersion = 1, clickId = Guid.NewGuid(), inputs = new { } });
        var second = await _service.DeliverAsync(_service.Mail(_service.Card()));

        Assert.Equal((HttpStatusCode.Conflict, reason.Code()), (click.Status, click.Code));
        Assert.Empty(_provider.Seen);
        Assert.Equal(("inert", reason.Code()), await StandingAsync(id));
        Assert.Equal(("inert", reason.Code()), await StandingAsync(second));
        Assert.Contains(reason.Entry().Words, WebUtility.HtmlDecode(await shared.Owner.OpenAsync(id)), StringComparison.Ordinal);
        Assert.Contains(reason.Code(), await shared.Owner.Http.GetStringAsync($"/inbox/{id}/why"), StringComparison.Ordinal);

        await TurnAsync(what, on: true);
        Assert.Equal(("active", null), await StandingAsync(id));
        // It was decided when it arrived, and its card was not kept.
        Assert.Equal(("inert", reason.Code()), await StandingAsync(second));
        Assert.Equal("done", (await shared.Owner.PressAsync(id, "Approve")).OutcomeState);
    }

    [Fact]
    public async Task What_one_person_stops_others_still_see()
    {
        await Switches.StopAsync(Person(Service.Owner), _service.Id, CancellationToken.None);
        var mail = _service.Mail(_service.Card(), Service.Owner, "elvia@contoso.test");
        await _service.SendAsync(mail);

        Assert.Equal(CardState.Inert, Assert.Single(await shared.Running.CopiesAsync(Service.Owner, mail.MessageId)).CardState);
        Assert.Equal(CardState.Active, Assert.Single(await shared.Running.CopiesAsync("elvia@contoso.test", mail.MessageId)).CardState);
    }

    [Fact]
    public async Task A_global_provider_acts_from_consent_to_its_revocation()
    {
        (await _service.RegisterAsync(_service.File(scope: "global"))).EnsureSuccessStatusCode();
        Assert.Equal(ConsentChange.NotAllowed, await Consents.GrantAsync(Person(Service.Owner), _service.Id, CancellationToken.None));
        var before = await _service.DeliverAsync(_service.Mail(_service.Card()));
        Assert.Equal(ConsentChange.Changed, await Consents.GrantAsync(Person(Administrator), _service.Id, CancellationToken.None));
        Assert.Equal(ConsentChange.Unchanged, await Consents.GrantAsync(Person(Administrator), _service.Id, CancellationToken.None));
        var after = await _service.DeliverAsync(_service.Mail(_service.Card()));
        await shared.Owner.OpenAsync(after);

        Assert.Equal(("inert", "scope_denied"), await StandingAsync(before));
        Assert.Equal(("active", null), await StandingAsync(after));
        Assert.Equal(ConsentChange.Changed, await Consents.RevokeAsync(Person(Administrator), _service.Id, CancellationToken.None));
        Assert.Equal("scope_denied", (await shared.Owner.PressAsync(after, "Approve")).Code);
        Assert.Equal(["consent_granted", "consent_revoked"], await AuditedAsync(_service.Id));
    }

    [Fact]
    public async Task An_organization_may_ask_for_no_consent_and_nobody_consents_to_what_is_not_global()
    {
        Assert.Equal(ConsentChange.Unknown, await Consents.GrantAsync(Person(Administrator), _service.Id, CancellationToken.None));
        (await _service.RegisterAsync(_service.File(scope: "global"))).EnsureSuccessStatusCode();

        await Switches.RequireConsentAsync(Person(Administrator), required: false, CancellationToken.None);
        var id = await _service.DeliverAsync(_service.Mail(_service.Card()));
        await Switches.RequireConsentAsync(Person(Administrator), required: true, CancellationToken.None);

        Assert.Equal(("inert", "scope_denied"), await StandingAsync(id));
        await shared.Owner.OpenAsync(id);
        Assert.Equal("scope_denied", (await shared.Owner.PressAsync(id, "Approve")).Code);
    }

    private Task TurnAsync(string what, bool on) => what switch
    {
        "organization" => Switches.TurnOrganizationAsync(Person(Administrator), on, CancellationToken.None),
        "person" => Switches.TurnAsync(Person(Service.Owner), on, CancellationToken.None),
        _ when on => Switches.AllowAsync(Person(Service.Owner), _service.Id, CancellationToken.None),
        _ => Switches.StopAsync(Person(Service.Owner), _service.Id, CancellationToken.None),
    };

    private Person Person(string address) => shared.Running.Services.GetRequiredService<AddressBook>().Find(EmailAddress.Parse(address))!;

    private async Task<(string?, string?)> StandingAsync(Guid id)
    {
        var card = (await shared.Owner.StateAsync(id)).GetProperty("card");
        return (card.GetProperty("state").GetString(), card.GetProperty("reason").GetString());
    }

    private Task<List<string>> AuditedAsync(string subject) => shared.Running.ReadAsync(db =>
        db.AuditEvents.Where(row => row.Subject == subject && row.Kind.StartsWith("consent")).OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync());
}
