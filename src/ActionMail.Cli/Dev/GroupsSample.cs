using ActionMail.Cli.Platform;

namespace ActionMail.Cli.Dev;

/// <summary>The Groups sample as a service of the emulator's organization: how it is started, registered and asked for its first mail.</summary>
internal static class GroupsSample
{
    public const string ProviderId = "5a1c2f7e-3b8d-4e06-9c41-7d2f60b8e913";

    public static Dictionary<string, string> Environment(DevSettings settings) => new()
    {
        ["GROUPS_PORT"] = $"{settings.GroupsPort}",
        ["GROUPS_DATA"] = Path.Combine(settings.DataFolder, "groups"),
        ["ACTIONMAIL_URL"] = settings.Inbox.GetLeftPart(UriPartial.Authority),
        ["ACTIONMAIL_SMTP_PORT"] = $"{settings.SmtpPort}",
    };

    /// <summary>The registration; handed in at each start, it is a new revision only where something has changed.</summary>
    public static ProviderFile Registration(DevSettings settings, string publicKey) => new()
    {
        Name = "Contoso Groups",
        Senders = ["groups@contoso.test"],
        Targets = [settings.Groups.GetLeftPart(UriPartial.Authority)],
        Keys = [publicKey],
        Scope = "organization",
        Organization = "contoso.test",
        TokenProfile = "eat",
    };
}
