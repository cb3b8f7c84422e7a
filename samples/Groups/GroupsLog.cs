namespace Groups;

internal static partial class GroupsLog                           // 9000–9099
{
    [LoggerMessage(9001, LogLevel.Information, "Groups is at {Url}; its public key is in {PublicKey}")]
    public static partial void Started(this ILogger logger, Uri url, string publicKey);

    [LoggerMessage(9002, LogLevel.Information, "First mail: {Note}")]
    public static partial void FirstMail(this ILogger logger, string note);

    [LoggerMessage(9003, LogLevel.Information, "{Actor} on request {Request}: {Text}")]
    public static partial void Decided(this ILogger logger, string actor, Guid request, string text);
}
