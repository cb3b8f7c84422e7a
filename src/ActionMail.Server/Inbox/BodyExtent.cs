using ActionMail.Mail.Message;

namespace ActionMail.Server.Inbox;

/// <summary>How much room a mail's body needs. Its frame is sandboxed, so that nobody can measure it in the page (security E-01).</summary>
internal enum BodyExtent
{
    /// <summary>There is nothing to be seen.</summary>
    Empty,

    /// <summary>A line or two.</summary>
    Short,

    /// <summary>More, or pictures, or nobody looked.</summary>
    Long,
}

internal static class BodyExtents
{
    /// <summary>Most bytes of a mail that is looked into: a larger one has a long body, or attachments that are not worth reading for this.</summary>
    public const int MostBytes = 256 * 1024;

    private const int ShortText = 100;

    public static BodyExtent Of(MailMessage mail) => mail switch
    {
        { HtmlBody: { } html } when html.Contains("<img", StringComparison.OrdinalIgnoreCase) => BodyExtent.Long,
        { ShownPreview: "" } => BodyExtent.Empty,
        { ShownPreview.Length: <= ShortText } => BodyExtent.Short,
        _ => BodyExtent.Long,
    };
}
