using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Signing;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace ActionMail.Sdk.Tests;

/// <summary>Each mail is written to bytes and read again: what counts is what arrives.</summary>
public sealed class ActionableMailTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static ActionableMail Mail => new()
    {
        From = new MailboxAddress("Contoso Groups", "groups@contoso.test"),
        To = [new MailboxAddress("Adele Vance", "owner@contoso.test")],
        Cc = [new MailboxAddress("Алекс", "second.owner@contoso.test")],
        Subject = "Genehmigung für Elvia",
        HtmlBody = "<p>Elvia möchte beitreten.</p>",
        TextBody = "Elvia möchte beitreten.",
        CardJson = TestData.Card,
    };

    [Fact]
    public void A_signed_mail_is_plain_text_then_HTML_with_headers_in_place()
    {
        using var key = SigningKey.CreateEc();

        var read = Reread(Mail.ToSignedMessage(TestData.Originator, key, new FakeTimeProvider(Noon)), out _);

        var parts = Assert.IsType<MultipartAlternative>(read.Body).Cast<TextPart>().ToList();
        Assert.Equal(["text/plain", "text/html"], parts.Select(part => part.ContentType.MimeType));
        Assert.All(parts, part => Assert.Equal("utf-8", part.ContentType.Charset));
        Assert.Equal("Elvia möchte beitreten.", read.TextBody!.Trim());
        Assert.Contains("<p>Elvia möchte beitreten.</p>", read.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("Genehmigung für Elvia", read.Subject);
        Assert.Equal("Алекс", read.Cc.Mailboxes.Single().Name);
        Assert.Equal(Noon, read.Date);
        Assert.EndsWith("@contoso.test", read.MessageId, StringComparison.Ordinal);
        Assert.Single(read.From);
    }

    [Fact]
    public void The_signed_card_is_the_last_thing_in_the_body_hidden_and_alone()
    {
        using var key = SigningKey.CreateEc();

        var html = Reread(Mail.ToSignedMessage(TestData.Originator, key, new FakeTimeProvider(Noon)), out _).HtmlBody!;

        var block = Regex.Match(html,
            """
            <section itemscope itemtype="http://schema\.org/SignedAdaptiveCard">\s*<meta itemprop="@context" content="http://schema\.org/extensions">\s*<meta itemprop="@type" content="SignedAdaptiveCard">\s*<div itemprop="signedAdaptiveCard" style="mso-hide:all;display:none;max-height:0px;overflow:hidden;">(?<jws>[A-Za-z0-9_.-]+)</div>\s*</section>\s*</body>\s*</html>\s*$
            """);
        Assert.True(block.Success, html);
        var verdict = SignedCardVerification.Verify(block.Groups["jws"].Value, CardKind.AdaptiveCard,
            TestData.Platform(key.PublicKey, "groups@contoso.test", "second.owner@contoso.test", Noon), CardLimits.Default);
        Assert.IsType<SignedCardResult.Verified>(verdict);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_JWS_of_twenty_kilobytes_and_more_survives_in_lines_that_SMTP_takes()
    {
        using var key = SigningKey.CreateRsa(2048);
        var large = Mail with { CardJson = TestData.Card.Replace("Grüße", new string('g', 20_000), StringComparison.Ordinal) };

        var read = Reread(large.ToSignedMessage(TestData.Originator, key, new FakeTimeProvider(Noon)), out var bytes);

        Assert.All(Encoding.Latin1.GetString(bytes).Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
        Assert.All(bytes, octet => Assert.InRange(octet, (byte)0, (byte)127));
        Assert.Matches("[A-Za-z0-9_.-]{20000,}", read.HtmlBody);
    }

    [Fact]
    public void An_unsigned_card_is_a_script_in_the_head_that_no_text_can_leave()
    {
        var html = Reread(Mail.ToUnsignedMessage(new FakeTimeProvider(Noon)), out _).HtmlBody!;

        var script = Regex.Match(html, """<script type="application/adaptivecard\+json">(?<json>.*?)</script>\s*</head>""", RegexOptions.Singleline);
        Assert.True(script.Success, html);
        var card = Assert.IsType<CardReading.Read>(Card.Read(script.Groups["json"].Value, CardLimits.Default)).Card;
        Assert.Equal("Grüße & </script> “quotes” 🙂", JsonElement.Parse(card.Json.RawText).GetProperty("body")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void A_whole_HTML_document_is_kept_and_the_card_put_into_it()
    {
        using var key = SigningKey.CreateEc();
        var document = "<!DOCTYPE html><HTML lang=de><HEAD><title>x</title></HEAD><BODY class=a><p>Hallo</p></BODY></HTML>";

        var signed = Reread((Mail with { HtmlBody = document }).ToSignedMessage(TestData.Originator, key, TimeProvider.System), out _).HtmlBody!;
        var unsigned = Reread((Mail with { HtmlBody = document }).ToUnsignedMessage(TimeProvider.System), out _).HtmlBody!;

        Assert.StartsWith("<!DOCTYPE html><HTML lang=de><HEAD><title>x</title></HEAD><BODY class=a><p>Hallo</p><section itemscope", signed, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html><HTML lang=de><HEAD><title>x</title><script type=", unsigned, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (Mail with { HtmlBody = "<body>cut" }).ToUnsignedMessage(TimeProvider.System));
    }

    [Fact]
    public void A_mail_without_a_recipient_or_with_anothers_card_is_refused()
    {
        using var key = SigningKey.CreateEc();

        Assert.Throws<ArgumentException>(() => (Mail with { To = [], Cc = [] }).ToUnsignedMessage(TimeProvider.System));
        Assert.Throws<ArgumentException>(() => Mail.ToSignedMessage("00000000-0000-0000-0000-000000000001", key, TimeProvider.System));
        Assert.NotNull(Mail.ToSignedMessage(TestData.Originator, key, TimeProvider.System));
    }

    private static MimeMessage Reread(MimeMessage message, out byte[] bytes)
    {
        using var wire = new MemoryStream();
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        message.WriteTo(format, wire);
        bytes = wire.ToArray();
        return MimeMessage.Load(new MemoryStream(bytes));
    }
}
