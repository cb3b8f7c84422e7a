using System.Globalization;

namespace ActionMail.Server.Operations;

/// <summary>The emulator's short settings, <c>ACTIONMAIL_…</c>, in the words of the configuration.</summary>
internal static class EmulatorSettings
{
    public static Dictionary<string, string?> FromEnvironment(IConfiguration configuration)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (configuration["ACTIONMAIL_DATA"] is { Length: > 0 } data)
            settings["ActionMail:DataFolder"] = data;
        if (PortOf(configuration, "ACTIONMAIL_SMTP_PORT") is { } smtp)
            settings["Smtp:Port"] = smtp;
        if (PortOf(configuration, "ACTIONMAIL_HTTP_PORT") is { } http)
            settings["ActionMail:PublicUrl"] = $"http://localhost:{http}";
        return settings;
    }

    private static string? PortOf(IConfiguration configuration, string name) => configuration[name] switch
    {
        null or "" => null,
        var text when ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 => text,
        var text => throw new StartupException($"{name} is '{text}'; give a port from 1 to 65535."),
    };
}
