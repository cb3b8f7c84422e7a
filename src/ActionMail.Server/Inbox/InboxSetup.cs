namespace ActionMail.Server.Inbox;

internal static class InboxSetup
{
    public static IServiceCollection AddInbox(this IServiceCollection services) =>
        services.AddSingleton<LiveViews>().AddSingleton<MessageStates>().AddSingleton<InboxQueries>();
}
