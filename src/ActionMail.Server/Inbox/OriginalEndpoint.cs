using ActionMail.Mail.Message;
using ActionMail.Server.Accounts;
using ActionMail.Server.Intake;
using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Inbox;

/// <summary>A mail as a file: what was received, under what the platform found out about its sender.</summary>
internal static class OriginalEndpoint
{
    public static void MapOriginal(this RouteGroupBuilder api) => api.MapGet("/messages/{id:guid}/original", ShowAsync)
        .WithTags("Messages")
        .Describe("Read a mail as a file", "The bytes that were received, under what the platform found out about the sender.")
        .Answers<byte[]>("message/rfc822").Refuses("not_found");

    private static async Task<IResult> ShowAsync(
        Guid id, HttpContext http, InboxQueries inbox, IOptions<MessageLimits> limits, IOptions<SenderOptions> senders, IOptions<SmtpOptions> smtp,
        CancellationToken cancel)
    {
        if (SignedInPerson.Of(http.User) is not { } reader || await inbox.OriginalAsync(reader, id, cancel) is not { } original)
            return Actions.ActionAnswers.NotFound();
        var mail = MailMessage.Read(original.Content, limits.Value);
        var bytes = OwnResults.WrittenOn(mail, senders.Value.AuthServId ?? smtp.Value.Hostname, StoredSender.Read(original.Sender), original.MailFrom);
        // A download and nothing else: a browser that drew it would run what a stranger wrote. Security B-19.
        return TypedResults.File(bytes, "message/rfc822", $"{id:D}.eml");
    }
}
