using ActionMail.Server.Operations;
using Microsoft.Extensions.Options;

namespace ActionMail.Server.Inbox;

internal static class InboxSetup
{
    public static IServiceCollection AddInbox(this IServiceCollection services)
    {
        services.AddOptions<AddInOptions>().BindConfiguration(AddInOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AddInOptions>, AddInCheck>();
        services.AddSingleton<AddIns>().AddSingleton<MailboxItems>();
        services.AddHostedService<StandingWatch>();
        return services.AddSingleton<LiveViews>().AddSingleton<StandingWords>().AddSingleton<MessageStates>().AddSingleton<SenderControls>().AddSingleton<InboxQueries>();
    }

    /// <summary>Where a pane may be depends on the mode, as for any URL.</summary>
    private sealed class AddInCheck(IOptions<ServerOptions> server) : IValidateOptions<AddInOptions>
    {
        public ValidateOptionsResult Validate(string? name, AddInOptions options) =>
            options.Fault(server.Value.UrlPolicy) is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
    }
}
