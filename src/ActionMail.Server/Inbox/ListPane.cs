namespace ActionMail.Server.Inbox;

/// <summary>The list as a page shows it: alone, or beside the message that is open.</summary>
internal sealed record ListPane(MessageListView List, Guid? Selected, bool IsWholePage, bool IsNewestPage);
