using System.Globalization;
using System.Net;
using System.Text;
using ActionMail.Mail.Smtp;
using ActionMail.Protocol.Addresses;

namespace ActionMail.Server.Intake;

internal static partial class IntakeLog                         // 2000–2099; the connection takes 2000–2019, the message 2020–2039
{
    private const int MaxQuoted = 200;

    [LoggerMessage(2000, LogLevel.Debug, "SMTP {Session}: {Client} connected")]
    public static partial void Connected(this ILogger logger, string session, IPAddress client);

    [LoggerMessage(2001, LogLevel.Information, "SMTP {Session}: {Client} turned away at the door: {Reply}")]
    public static partial void TurnedAway(this ILogger logger, string session, IPAddress client, string reply);

    [LoggerMessage(2002, LogLevel.Information, "SMTP {Session}: {Client} was refused {Command}: {Reply}")]
    public static partial void CommandRefused(this ILogger logger, string session, IPAddress client, string command, string reply);

    [LoggerMessage(2003, LogLevel.Debug, "SMTP {Session}: message of {Bytes} bytes from {Client} ({Helo}) for {Recipients} recipients: {Reply}")]
    public static partial void MessageAnswered(this ILogger logger, string session, IPAddress client, string helo, int recipients, int bytes, SmtpReply reply);

    [LoggerMessage(2004, LogLevel.Information, "SMTP {Session}: connection of {Client} closed: {Reply}")]
    public static partial void HungUp(this ILogger logger, string session, IPAddress client, string reply);

    [LoggerMessage(2005, LogLevel.Debug, "SMTP {Session}: {Client} went away: {Why}")]
    public static partial void WentAway(this ILogger logger, string session, IPAddress client, string why);

    [LoggerMessage(2006, LogLevel.Error, "SMTP {Session}: fault in the connection of {Client}")]
    public static partial void Faulted(this ILogger logger, Exception fault, string session, IPAddress client);

    [LoggerMessage(2007, LogLevel.Information, "SMTP {Session}: no TLS with {Client}: {Why}")]
    public static partial void NoTls(this ILogger logger, string session, IPAddress client, string why);

    [LoggerMessage(2020, LogLevel.Information, "Delivered message {MessageId} to {Owner}: card {State} {Reason}")]
    public static partial void Delivered(this ILogger logger, Guid messageId, EmailAddress owner, string state, string? reason);

    [LoggerMessage(2021, LogLevel.Information, "SMTP {Session}: a mail from {From} with a card is to come again: {Why}")]
    public static partial void SenderUncertain(this ILogger logger, string session, EmailAddress? from, string why);

    /// <summary>A stranger's bytes for one line of a log: no control characters, nothing beyond ASCII, no endless text.</summary>
    public static string Quoted(ReadOnlySpan<byte> text)
    {
        var quoted = new StringBuilder();
        foreach (var b in text[..Math.Min(text.Length, MaxQuoted)])
        {
            if (b is >= 0x20 and < 0x7f and not (byte)'\\')
                quoted.Append((char)b);
            else
                quoted.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
        }
        return quoted.Append(text.Length > MaxQuoted ? "…" : "").ToString();
    }
}
