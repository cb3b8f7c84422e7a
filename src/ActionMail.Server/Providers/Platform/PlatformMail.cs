using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using ActionMail.Server.Accounts;
using ActionMail.Server.Outbound;
using MimeKit;

namespace ActionMail.Server.Providers.Platform;

/// <summary>What the platform writes to people: the same in words and as a card.</summary>
/// <param name="Id">Whose number becomes the Message-ID: written twice, it is one mail.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The whole as plain text.</param>
/// <param name="Html">The whole as the inside of an HTML body.</param>
/// <param name="Card">The card, without originator.</param>
internal sealed record PlatformMail(Guid Id, string Subject, string Text, string Html, JsonObject Card);

/// <summary>Writes the platform's mails. Names are cleaned and addresses parsed before they come near a header. Security J-13.</summary>
internal sealed class PlatformMailWriter(PlatformProvider platform, PlatformKey key)
{
    private const string Hidden = "mso-hide:all;display:none;max-height:0px;overflow:hidden;";

    public string MessageIdOf(Guid id) => $"{id:N}@{platform.Address.Domain}";

    /// <summary>Of which notice a mail is by its Message-ID; null where it is none of ours.</summary>
    public static Guid? NoticeOf(string internetMessageId) =>
        internetMessageId.Split('@')[0].TrimStart('<') is { Length: 32 } id && Guid.TryParseExact(id, "N", out var notice) ? notice : null;

    /// <summary>For people here: with the card, signed for them.</summary>
    public ReadOnlyMemory<byte> Write(PlatformMail mail, ImmutableArray<Person> to, DateTimeOffset now)
    {
        mail.Card["originator"] = PlatformProvider.Id;
        var jws = key.Sign(mail.Card.ToJsonString(), PlatformProvider.Id, platform.Address, to.Select(person => person.PrimaryAddress), now);
        var section = $"""
            <section itemscope itemtype="http://schema.org/SignedAdaptiveCard">
            <meta itemprop="@context" content="http://schema.org/extensions">
            <div itemprop="signedAdaptiveCard" style="{Hidden}">{jws}</div>
            </section>
            """;
        return Write(mail, section, to.Select(person => new MailboxAddress(HeaderText.Of(person.DisplayName), person.PrimaryAddress.ToString())), now);
    }

    /// <summary>For somebody elsewhere: in words alone, for there is nobody who could act on a card of ours.</summary>
    public ReadOnlyMemory<byte> WriteWithoutCard(PlatformMail mail, Protocol.Addresses.EmailAddress to, DateTimeOffset now) =>
        Write(mail, "", [new MailboxAddress("", to.ToString())], now);

    private ReadOnlyMemory<byte> Write(PlatformMail mail, string afterBody, IEnumerable<MailboxAddress> to, DateTimeOffset now)
    {
        var message = new MimeMessage { Subject = HeaderText.Of(mail.Subject), Date = now, MessageId = MessageIdOf(mail.Id) };
        message.From.Add(new MailboxAddress(PlatformProvider.Name, platform.Address.ToString()));
        message.To.AddRange(to);
        // RFC 3834 §5: nobody's autoresponder answers it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new MultipartAlternative { Part("plain", mail.Text), Part("html", Document(mail, afterBody)) };
        message.Prepare(EncodingConstraint.SevenBit);
        return MailBytes.Of(message);
    }

    private static string Document(PlatformMail mail, string afterBody) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(mail.Subject)}</title></head>
        <body>
        {mail.Html}
        {afterBody}
        </body>
        </html>
        """;

    private static TextPart Part(string subtype, string text)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(System.Text.Encoding.UTF8, text.ReplaceLineEndings("\r\n"));
        return part;
    }
}

/// <summary>Text that people wrote, as it may stand in a header field: in one line, without controls.</summary>
internal static class HeaderText
{
    private const int Longest = 200;

    public static string Of(string text)
    {
        var line = string.Join(' ', text.Split([.. text.Where(char.IsControl).Distinct()], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length <= Longest ? line : line[..(char.IsHighSurrogate(line[Longest - 1]) ? Longest - 1 : Longest)];
    }
}
