namespace ActionMail.Server.Outbound;

internal static partial class OutboundLog                       // 4000–4099
{
    [LoggerMessage(4000, LogLevel.Information, "Mail {MailId} goes to {Here} mailboxes here and {Elsewhere} recipients elsewhere")]
    public static partial void Sent(this ILogger logger, Guid mailId, int here, int elsewhere);

    [LoggerMessage(4001, LogLevel.Information, "The relay has taken mail {MailId} for {Taken} of {Asked} recipients")]
    public static partial void Relayed(this ILogger logger, Guid mailId, int taken, int asked);

    [LoggerMessage(4002, LogLevel.Warning, "The mail relay did not take a mail; it is tried again")]
    public static partial void RelayUnreachable(this ILogger logger, Exception error);

    [LoggerMessage(4003, LogLevel.Error, "What the relay said of mail {MailId} could not be recorded; trying again")]
    public static partial void NotSettled(this ILogger logger, Guid mailId, Exception error);

    [LoggerMessage(4004, LogLevel.Error, "The queue of the relay has stopped; it goes on shortly")]
    public static partial void QueueFaulted(this ILogger logger, Exception error);
}
