using ActionMail.Cli.Platform;

namespace ActionMail.Cli.Dev;

/// <summary>Where the emulator listens and keeps its data.</summary>
internal sealed record DevSettings(int HttpPort, int SmtpPort, int GroupsPort, string DataFolder)
{
    public Uri Inbox => new($"http://localhost:{HttpPort}/");

    public Uri Groups => new($"http://localhost:{GroupsPort}/");

    public static bool TryRead(out DevSettings settings, out string problem)
    {
        settings = new(0, 0, 0, PlatformAddress.DataFolder);
        if (!PlatformAddress.TryPort(PlatformAddress.HttpPortVariable, PlatformAddress.DefaultHttpPort, out var http, out problem)
            || !PlatformAddress.TryPort(PlatformAddress.SmtpPortVariable, PlatformAddress.DefaultSmtpPort, out var smtp, out problem)
            || !PlatformAddress.TryPort(PlatformAddress.GroupsPortVariable, PlatformAddress.DefaultGroupsPort, out var groups, out problem))
            return false;
        settings = settings with { HttpPort = http, SmtpPort = smtp, GroupsPort = groups };
        if (settings.Ports.GroupBy(each => each.Port).FirstOrDefault(same => same.Count() > 1) is { } twice)
            problem = $"{string.Join(" and ", twice.Select(each => each.Variable))} are both {twice.Key}; give each a port of its own.";
        return problem.Length == 0;
    }

    /// <summary>The ports with the variable that moves each.</summary>
    public IEnumerable<(int Port, string Variable, string Purpose)> Ports =>
    [
        (HttpPort, PlatformAddress.HttpPortVariable, "the inbox"),
        (SmtpPort, PlatformAddress.SmtpPortVariable, "SMTP"),
        (GroupsPort, PlatformAddress.GroupsPortVariable, "the Groups sample"),
    ];
}
