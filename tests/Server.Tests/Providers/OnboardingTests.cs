using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers;
using ActionMail.Server.Providers.Onboarding;
using ActionMail.Server.Tests.Intake;
using ActionMail.Server.Tests.Outbound;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActionMail.Server.Tests.Providers;

/// <summary>The verification mail: kept with its evidence for the request that its card names, and answered, to those alone who may be, where it cannot be used.</summary>
public sealed class OnboardingTests(SenderPlatform shared) : IClassFixture<SenderPlatform>
{
    private const string Onboarding = "onboarding@platform.test";
    private const string Developer = "dev@contoso.test";

    [Fact]
    public async Task A_mail_from_production_is_kept_with_all_that_was_found_out()
    {
        var letter = await RequestedAsync();
        shared.Publish(letter.Zone);

        Assert.Matches("^250 2.0.0 Taken: onboarding: tied to registration [0-9a-f-]{36}, revision 1$", await shared.SendAsync(letter));
        await shared.SendAsync(letter);

        var mail = Assert.Single(await MailsAsync(letter));
        Assert.Equal((VerificationOutcome.Taken, true, null, letter.Sender), (mail.Outcome, mail.IsAligned, mail.Reason, mail.FromAddress));
        Assert.Contains("Please approve", mail.Card, StringComparison.Ordinal);
        Assert.NotNull(mail.Sender);
        Assert.NotEmpty(mail.Checks);
        Assert.DoesNotContain(VerificationRecord.FindingsOf(mail), finding => finding.Severity == Protocol.Cards.Lint.LintSeverity.Error);
    }

    // What strangers send is for the reviewers alone (security D-09).
    [Fact]
    public async Task The_developer_sees_their_own_verification_mail_and_no_strangers()
    {
        var letter = await RequestedAsync();
        var stranger = new SenderLetter(letter.Card, $"stranger-{Guid.NewGuid():N}.test") { To = Onboarding };
        using var developer = await Browser.SignInAsync(shared.Running.Doors, Developer);
        Assert.Contains("None has come from your senders yet.", await developer.Http.GetStringAsync($"/providers/{IdOf(letter)}"), StringComparison.Ordinal);
        foreach (var sent in new[] { letter, stranger })
        {
            shared.Publish(sent.Zone);
            await shared.SendAsync(sent);
        }

        var page = await developer.Http.GetStringAsync($"/providers/{IdOf(letter)}");

        Assert.Contains($"from {letter.Sender},", page, StringComparison.Ordinal);
        Assert.Contains("proven, aligned with From", page, StringComparison.Ordinal);
        Assert.DoesNotContain(stranger.Domain, page, StringComparison.Ordinal);
        Assert.Equal(2, (await MailsAsync(letter)).Count);
    }

    [Fact]
    public async Task A_mail_that_nobody_vouches_for_is_kept_with_what_would_fail()
    {
        var letter = await RequestedAsync() with { IsSigned = false };

        var reply = await shared.SendAsync(letter);

        Assert.Equal($"250 2.0.0 Taken: onboarding: {OnboardingWords.LeftAlone}", reply);
        var mail = Assert.Single(await MailsAsync(letter));
        Assert.Equal((VerificationOutcome.Taken, false, Reason.DkimNone), (mail.Outcome, mail.IsAligned, mail.Reason));
    }

    // An originator is in every card of a provider: whoever copies it learns nothing of what waits (security J-10).
    [Fact]
    public async Task A_proven_stranger_with_the_originator_is_told_nothing()
    {
        var letter = await RequestedAsync();
        var stranger = new SenderLetter(letter.Card, $"stranger-{Guid.NewGuid():N}.test") { To = Onboarding };
        shared.Publish(stranger.Zone);

        var reply = await shared.SendAsync(stranger);

        Assert.Equal($"250 2.0.0 Taken: onboarding: {OnboardingWords.LeftAlone}", reply);
        Assert.True(Assert.Single(await MailsAsync(letter)).IsAligned);
    }

    [Fact]
    public async Task A_forward_by_the_developer_is_recognized_and_answered_with_exactly_that()
    {
        var letter = await RequestedAsync();
        shared.Publish(letter.Zone);
        using var developer = await Browser.SignInAsync(shared.Running.Doors, Developer);
        var received = Guid.Parse((await shared.SendAsync(letter with { To = Developer }))[^36..]);
        var form = await AnswerForm.OpenAsync(developer, received, "forward");
        form.Fields["to"] = Onboarding;

        await form.SendAsync();

        Assert.Equal(VerificationOutcome.Forwarded, Assert.Single(await MailsAsync(letter)).Outcome);
        var answer = Assert.Single(await AnswersAsync(Developer));
        var text = await developer.Http.GetStringAsync($"/inbox/{answer}/body");
        Assert.Contains("This mail was forwarded, and forwarding removes the card: send it directly from your production servers.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a thread", "Forwarded")]
    [InlineData("no card", "WithoutCard")]
    [InlineData("another originator", "UnknownOriginator")]
    [InlineData("a card that cannot be read", "Unreadable")]
    public async Task A_mail_that_cannot_be_used_is_kept_with_why(string what, string outcome)
    {
        var letter = await RequestedAsync();
        shared.Publish(letter.Zone);
        var sent = what switch
        {
            "a thread" => letter with { Card = "", MoreFields = "References: <1@contoso.test>\n" },
            "no card" => letter with { Card = "" },
            "another originator" => letter with { Card = letter.Card.Replace(IdOf(letter), Guid.NewGuid().ToString("D"), StringComparison.Ordinal) },
            _ => letter with { Card = "{" },
        };

        await shared.SendAsync(sent);

        Assert.Equal(outcome, Assert.Single(await MailsAsync(letter)).Outcome.ToString());
    }

    [Theory]
    [InlineData("an unproven sender who names the developer")]
    [InlineData("a proven sender who has nothing to do with it")]
    public async Task Nobody_else_is_answered(string who)
    {
        var letter = await RequestedAsync();
        var stranger = letter with { Card = "", Domain = $"s{Guid.NewGuid():N}.test" };
        shared.Publish(stranger.Zone);
        var before = await AnswersAsync(Developer);

        if (who.StartsWith("an unproven", StringComparison.Ordinal))
            await shared.SendAsync(stranger, (stranger with { IsSigned = false }).Text.Replace(stranger.Sender, Developer, StringComparison.Ordinal).ReplaceLineEndings("\r\n"), mailFrom: Developer);
        else
            await shared.SendAsync(stranger);

        Assert.Empty(await MailsAsync(letter));
        Assert.Equal(before, await AnswersAsync(Developer));
    }

    // Anybody can write an originator into a card: what they send makes room only at their own cost.
    [Fact]
    public async Task Strangers_mails_do_not_push_out_those_of_the_registered_sender()
    {
        var letter = await RequestedAsync();
        shared.Publish(letter.Zone);
        await shared.SendAsync(letter);
        var own = Assert.Single(await MailsAsync(letter));
        var stranger = letter with { IsSigned = false, Domain = $"s{Guid.NewGuid():N}.test" };

        for (var n = 0; n < 22; n++)
            await shared.SendAsync(stranger with { Subject = $"Number {n}" });

        var kept = await MailsAsync(letter);
        Assert.Equal(20, kept.Count);
        Assert.Contains(kept, mail => mail.Id == own.Id);
        Assert.Equal(Enumerable.Range(3, 19).Select(n => $"Number {n}"), kept.Where(mail => mail.Id != own.Id).OrderBy(mail => mail.ReceivedAt).ThenBy(mail => mail.Id).Select(mail => mail.Subject));
        await shared.SendAsync(letter with { Subject = "The next from production" });
        Assert.Equal(2, (await MailsAsync(letter)).Count(mail => mail.IsAligned));
    }

    [Theory]
    [InlineData("onboarding@platform.test", "250")]
    [InlineData("complaints@platform.test", "250")]
    [InlineData("nobody@platform.test", "550")]
    public async Task The_platforms_own_addresses_are_known(string address, string reply)
    {
        var letter = await shared.LetterAsync() with { To = address };

        Assert.StartsWith(reply, await shared.SendAsync(letter), StringComparison.Ordinal);
    }

    // A Global request of the developer's, whose sender is the letter's.
    private async Task<SenderLetter> RequestedAsync()
    {
        var id = Guid.NewGuid().ToString("D");
        var domain = $"d{Guid.NewGuid():N}.test";
        var service = new Service(shared.Running.Doors, shared.Provider) { Id = id };
        var author = shared.Running.Services.GetRequiredService<AddressBook>().Find(EmailAddress.Parse(Developer))!;
        var content = new RegisteredContent("The Service", [$"actions@{domain}"], [shared.Provider.Origin], [], ProviderScope.Global, [], TokenProfile.Eat, null, null);
        var result = await shared.Running.Services.GetRequiredService<SubmitRegistration>().SubmitAsync(new Actor(author, ""), author.OrganizationId, id, new(content, []) { Warnings = [] }, null, CancellationToken.None);
        Assert.IsType<RegistrationResult.Done>(result);
        return new(service.Card(), domain) { To = Onboarding };
    }

    private Task<List<VerificationMailRow>> MailsAsync(SenderLetter letter) => shared.Running.ReadAsync(db => db.VerificationMails.AsNoTracking().Where(row => row.ProviderId == IdOf(letter)).ToListAsync());

    private Task<List<Guid>> AnswersAsync(string address) => shared.Running.ReadAsync(db => db.Messages.Where(row => row.Subject.StartsWith("Your verification mail"))
        .Join(db.Addresses.Where(row => row.Address == address), row => row.PersonId, row => row.PersonId, (row, _) => row.Id).ToListAsync());

    private static string IdOf(SenderLetter letter) => System.Text.Json.JsonElement.Parse(letter.Card).GetProperty("originator").GetString()!;
}
