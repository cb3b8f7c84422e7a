namespace ActionMail.Server.Outbound;

/// <summary>What a person does with a message that they read.</summary>
internal enum AnswerKind
{
    Reply,
    ReplyAll,
    Forward,

    /// <summary>No answer, but a letter of the platform's own: it has no form, so no address either.</summary>
    Notice,
}

internal static class AnswerKinds
{
    private static readonly (AnswerKind Kind, string Path, string Title, string Past)[] Words =
    [
        (AnswerKind.Reply, "reply", "Reply", "You replied"),
        (AnswerKind.ReplyAll, "reply-all", "Reply all", "You replied to all"),
        (AnswerKind.Forward, "forward", "Forward", "You forwarded this"),
        (AnswerKind.Notice, "", "Notice", "The platform wrote"),
    ];

    public static AnswerKind? Find(string path) =>
        Array.Find(Words, each => string.Equals(each.Path, path, StringComparison.Ordinal)) is { Path: not null } found ? found.Kind : null;

    extension(AnswerKind kind)
    {
        /// <summary>The last part of the address of its page.</summary>
        public string Path => Words[(int)kind].Path;

        public string Title => Words[(int)kind].Title;

        /// <summary>The beginning of a sentence about one that was sent.</summary>
        public string Past => Words[(int)kind].Past;
    }
}
