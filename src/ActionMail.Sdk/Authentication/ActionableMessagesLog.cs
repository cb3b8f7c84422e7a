using Microsoft.Extensions.Logging;

namespace ActionMail.Sdk;

internal static partial class ActionableMessagesLog                // 8000–8099
{
    [LoggerMessage(8001, LogLevel.Information, "Refused an action token: {Why}")]
    public static partial void TokenRejected(this ILogger logger, string why);

    [LoggerMessage(8002, LogLevel.Error, "Cannot check action tokens: the keys of {Issuer} cannot be had")]
    public static partial void KeysMissing(this ILogger logger, string issuer);

    [LoggerMessage(8003, LogLevel.Information, "Fetched {Count} keys of {Issuer}")]
    public static partial void KeysFetched(this ILogger logger, string issuer, int count);

    [LoggerMessage(8004, LogLevel.Warning, "Could not fetch the keys of {Issuer}, the last good ones stay in use: {Why}")]
    public static partial void KeysNotFetched(this ILogger logger, string issuer, string why);
}
