using System.Net;
using ActionMail.Mail.Message;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Verdicts;
using ActionMail.Server.Intake;
using ActionMail.Server.Persistence;
using ActionMail.Server.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace ActionMail.Server.Tests.Outbound;

/// <summary>Replies and forwards between people here, from the form to the mailbox. Protocol §1.</summary>
public sealed class AnswerTests(AnswerTests.WithoutRelay shared) : IClassFixture<AnswerTests.WithoutRelay>
{
    private const string Elvia = "elvia@contoso.test";

    /// <summary>A platform without a relay, where a person may send six mails in an hour; the owner, who is in every test, is Adele.</summary>
    public sealed class WithoutRelay : SharedPlatform
    {
        internal StubProvider Provider { get; } = new();

        private protected override string[] Settings => [.. base.Settings, "--Outbound:MaxMailsPerHour=6"];
    }

    [Theory]
    [InlineData("forward")]
    [InlineData("reply")]
    [InlineData("reply-all")]
    public async Task A_card_does_not_go_along(string kind)
    {
        var original = await DeliverCardAsync();
        Assert.Equal("active", (await shared.Owner.StateAsync(original)).GetProperty("card").GetProperty("state").GetString());

        var copy = await SendAsync(original, kind, form => form.Fields["to"] = Elvia);

        Assert.Equal((CardState.None, 0), (copy.CardState, copy.CardVersion));
        using var elvia = await Browser.SignInAsync(shared.Running.Doors, Elvia);
        Assert.Equal("none", (await elvia.StateAsync(copy.Id)).GetProperty("card").GetProperty("state").GetString());
        Assert.DoesNotContain("actionable-card", await elvia.OpenAsync(copy.Id), StringComparison.Ordinal);
        Assert.Contains("The plain request.", await elvia.Http.GetStringAsync($"/inbox/{copy.Id}/body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forward_keeps_attachments_and_takes_the_cards_out_of_them()
    {
        var service = await shared.RegisteredAsync(shared.Provider);
        var jws = service.Sign(service.Card());
        var inner = Service.Compose(jws);
        var body = new Multipart("mixed")
        {
            Service.Html(Service.Section(jws)),
            new MimePart("application", "pdf") { Content = new MimeContent(new MemoryStream("%PDF-1.7 figures"u8.ToArray())), FileName = "figures.pdf" },
            new MessagePart { Message = inner },
            new TextPart("html") { Text = $"<p>kept</p>{Service.Section(jws)}", FileName = "page.html", ContentDisposition = new(ContentDisposition.Attachment) { FileName = "page.html" } },
            new MimePart("application", "adaptivecard+json") { Content = new MimeContent(new MemoryStream("{}"u8.ToArray())) },
        };
        var original = await service.DeliverAsync(Service.Letter(body));
        var form = await AnswerForm.OpenAsync(shared.Owner, original, "forward");
        Assert.Contains("figures.pdf", form.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("adaptivecard", form.Page, StringComparison.Ordinal);

        var copy = await SendAsync(original, "forward", form => form.Fields["to"] = Elvia);

        using var sent = await MimeMessage.LoadAsync(new MemoryStream(await ContentOfAsync(copy)));
        Assert.Equal(["figures.pdf", "page.html"], sent.Attachments.OfType<MimePart>().Select(part => part.FileName));
        var message = Assert.Single(sent.Attachments.OfType<MessagePart>()).Message;
        Assert.Contains("The plain request.", message!.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("SignedAdaptiveCard", sent.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_reply_goes_where_the_mail_asks_and_names_what_it_answers()
    {
        var original = await DeliverTextAsync("""
            From: Somebody <somebody@fabrikam.test>
            To: owner@contoso.test, miguel@contoso.test
            Cc: elvia@contoso.test
            Reply-To: Desk <elvia@contoso.test>
            Subject: =?utf-8?q?Re:_RE:_M=C3=BCnchen?=
            Message-ID: <third@fabrikam.test>
            References: <first@fabrikam.test> <second@fabrikam.test>

            One
            > Two
            """);
        var form = await AnswerForm.OpenAsync(shared.Owner, original, "reply");
        Assert.Equal(("elvia@contoso.test", "", "Re: München"), (form.Fields["to"], form.Fields["cc"], form.Fields["subject"]));
        Assert.Contains("asks for replies to elvia@contoso.test", form.Page, StringComparison.Ordinal);

        var copy = await SendAsync(original, "reply", form => form.Fields["text"] = "Yes,\r\n<b>all</b> of it");

        using var sent = await MimeMessage.LoadAsync(new MemoryStream(await ContentOfAsync(copy)));
        Assert.Equal("third@fabrikam.test", sent.InReplyTo);
        Assert.Equal(["first@fabrikam.test", "second@fabrikam.test", "third@fabrikam.test"], sent.References);
        Assert.Equal(("Adele Vance", "owner@contoso.test"), (sent.From.Mailboxes.Single().Name, sent.From.Mailboxes.Single().Address));
        Assert.StartsWith("Yes,\r\n<b>all</b> of it\r\n\r\nOn ", sent.TextBody!.ReplaceLineEndings("\r\n"), StringComparison.Ordinal);
        Assert.Contains("Somebody <somebody@fabrikam.test> wrote:\r\n> One\r\n>> Two\r\n", sent.TextBody.ReplaceLineEndings("\r\n"), StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;all&lt;/b&gt; of it", sent.HtmlBody, StringComparison.Ordinal);
        Assert.True(copy.IsSenderVerified);
        Assert.Contains("elvia@contoso.test: <strong>delivered</strong>", await shared.Owner.OpenAsync(original), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_to_all_leaves_out_who_writes_it()
    {
        var original = await DeliverTextAsync("From: miguel@contoso.test\r\nTo: owner@contoso.test, elvia@contoso.test\r\nCc: Daisy <daisy@contoso.test>, MIGUEL@contoso.test\r\nSubject: s\r\n\r\nt\r\n");

        var form = await AnswerForm.OpenAsync(shared.Owner, original, "reply-all");

        Assert.Equal(("miguel@contoso.test, elvia@contoso.test", "daisy@contoso.test"), (form.Fields["to"], form.Fields["cc"]));
    }

    [Theory]
    [InlineData("somebody elsewhere", "to", "x@northwind.test", "sends no mail to other systems, so not to x@northwind.test")]
    [InlineData("nobody here", "cc", "nobody@contoso.test", "Nobody here has the address nobody@contoso.test")]
    [InlineData("no address", "to", "elvia@contoso.test, Miguel", "“Miguel” is not an e-mail address")]
    [InlineData("nobody at all", "to", " , ", "Give at least one address")]
    [InlineData("a line end in a quoted local part (J-13)", "to", "\"a\r\nRCPT TO:<x@evil.test>\"@contoso.test", "Addresses are written on one line")]
    [InlineData("a header behind an address", "cc", "elvia@contoso.test\r\nBcc: x@evil.test", "Addresses are written on one line")]
    [InlineData("a bare line feed", "cc", "elvia@contoso.test\nBcc: x@evil.test", "Addresses are written on one line")]
    [InlineData("a header behind the subject", "subject", "Hello\r\nBcc: x@evil.test", "The subject is one line")]
    [InlineData("a long subject", "subject", "*251", "At most 250 characters")]
    [InlineData("a long text", "text", "*100001", "At most 100000 characters")]
    public async Task What_cannot_be_sent_is_said_beside_its_field_and_nothing_typed_is_lost(string why, string field, string value, string words)
    {
        value = value is ['*', .. var length] ? new string('x', int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)) : value;
        var original = await DeliverTextAsync("From: elvia@contoso.test\r\nTo: owner@contoso.test\r\nSubject: s\r\n\r\nt\r\n");
        var before = await SentAsync(original);
        var form = await AnswerForm.OpenAsync(shared.Owner, original, "reply");
        form.Fields["text"] = "What I typed <i>";
        form.Fields[field] = value;
        var typed = form.Fields.ToDictionary(StringComparer.Ordinal);

        var (status, answer) = await form.PostAsync();

        Assert.Equal((why, HttpStatusCode.UnprocessableEntity), (why, status));
        Assert.Contains(words, WebUtility.HtmlDecode(answer.Page), StringComparison.Ordinal);
        Assert.Contains($"id=\"{field}-faults\"", answer.Page, StringComparison.Ordinal);
        foreach (var name in new[] { "draft", "to", "cc", "subject", "text" })
            Assert.Equal(typed[name].ReplaceLineEndings("\n"), answer.Fields[name].ReplaceLineEndings("\n"));
        Assert.Equal(before, await SentAsync(original));
    }

    [Fact]
    public async Task One_form_is_one_mail_however_often_it_is_sent()
    {
        var original = await DeliverTextAsync("From: elvia@contoso.test\r\nTo: owner@contoso.test\r\nSubject: twice\r\n\r\nt\r\n");
        var form = await AnswerForm.OpenAsync(shared.Owner, original, "reply");

        await Task.WhenAll(form.SendAsync(), form.SendAsync());
        await form.SendAsync();

        Assert.Equal(1, await SentAsync(original));
        Assert.Single(await shared.Running.CopiesAsync(Elvia, $"{Guid.Parse(form.Fields["draft"]):N}@contoso.test"));
    }

    [Fact]
    public async Task A_person_sends_so_many_mails_in_an_hour_and_no_more()
    {
        using var daisy = await Browser.SignInAsync(shared.Running.Doors, "daisy@contoso.test");
        var original = await DeliverTextAsync("From: elvia@contoso.test\r\nTo: daisy@contoso.test\r\nSubject: s\r\n\r\nt\r\n", "daisy@contoso.test");
        for (var sent = 0; sent < 6; sent++)
            await (await AnswerForm.OpenAsync(daisy, original, "reply")).SendAsync();

        var (status, form) = await (await AnswerForm.OpenAsync(daisy, original, "reply")).PostAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("You have sent 6 mails within an hour", form.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reply")]
    [InlineData("forward")]
    public async Task Nobody_answers_anothers_message_or_from_another_site(string kind)
    {
        var original = await DeliverTextAsync("From: elvia@contoso.test\r\nTo: owner@contoso.test\r\nSubject: s\r\n\r\nt\r\n");
        using var elvia = await Browser.SignInAsync(shared.Running.Doors, Elvia);
        var own = await AnswerForm.OpenAsync(shared.Owner, original, kind);
        own.Fields["to"] = Elvia;

        using var asked = await elvia.Http.GetAsync($"/inbox/{original}/{kind}");
        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
        using var unknown = await shared.Owner.Http.GetAsync($"/inbox/{original}/erase");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        // The token of another session, none, and that of the own one.
        using var foreign = await elvia.Http.PostAsync($"/inbox/{original}/{kind}", new FormUrlEncodedContent(own.Fields));
        Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
        var token = own.Fields["__RequestVerificationToken"];
        own.Fields.Remove("__RequestVerificationToken");
        Assert.Equal(HttpStatusCode.BadRequest, (await own.PostAsync()).Status);
        Assert.Equal(0, await SentAsync(original));
        own.Fields["__RequestVerificationToken"] = token;
        await own.SendAsync();
        Assert.Equal(1, await SentAsync(original));
    }

    [Fact]
    public async Task What_was_sent_is_shown_to_who_sent_it_alone()
    {
        var original = await DeliverTextAsync("From: elvia@contoso.test\r\nTo: owner@contoso.test\r\nSubject: s\r\n\r\nt\r\n");
        var form = await AnswerForm.OpenAsync(shared.Owner, original, "reply");
        await form.SendAsync();
        using var elvia = await Browser.SignInAsync(shared.Running.Doors, Elvia);

        using var own = await shared.Owner.Http.GetAsync($"/api/sent/{form.Fields["draft"]}");
        using var anothers = await elvia.Http.GetAsync($"/api/sent/{form.Fields["draft"]}");

        Assert.Equal((HttpStatusCode.OK, "message/rfc822"), (own.StatusCode, own.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.NotFound, anothers.StatusCode);
    }

    private async Task<Guid> DeliverCardAsync()
    {
        var service = await shared.RegisteredAsync(shared.Provider);
        return await service.DeliverAsync(service.Mail(service.Card(), Service.Owner));
    }

    private async Task<Guid> DeliverTextAsync(string mail, string to = Service.Owner)
    {
        // Of the same bytes in one mailbox the second is not stored.
        var unique = $"X-Test: {Guid.NewGuid()}\r\n{mail.TrimEnd().ReplaceLineEndings("\r\n")}\r\n";
        var reply = await shared.Running.Doors.DeliverAsync(System.Text.Encoding.UTF8.GetBytes(unique), "a@fabrikam.test", to);
        return Guid.Parse(reply[^36..]);
    }

    /// <summary>Sends an answer to Elvia; her copy. The limit of an hour is not what these tests are about.</summary>
    private async Task<MessageRow> SendAsync(Guid original, string kind, Action<AnswerForm> fill)
    {
        shared.Clock.Pass(TimeSpan.FromMinutes(61));
        var form = await AnswerForm.OpenAsync(shared.Owner, original, kind);
        fill(form);
        await form.SendAsync();
        var copy = Assert.Single(await shared.Running.CopiesAsync(Elvia, $"{Guid.Parse(form.Fields["draft"]):N}@contoso.test"));
        Assert.True(MailFacts.CardOf(MailMessage.Read(await ContentOfAsync(copy))) is CarriedCard.None);
        return copy;
    }

    private Task<byte[]> ContentOfAsync(MessageRow copy) => shared.Running.ReadAsync(db => db.Mails.Where(mail => mail.Id == copy.MailId).Select(mail => mail.Content).SingleAsync());

    private Task<int> SentAsync(Guid original) => shared.Running.ReadAsync(db => db.SentMails.CountAsync(row => row.MessageId == original));
}
