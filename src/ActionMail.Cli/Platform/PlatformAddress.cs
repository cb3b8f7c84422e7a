using ActionMail.Cli.Terminal;

namespace ActionMail.Cli.Platform;

/// <summary>Where the platform is and what the caller may do there, as the environment says it.</summary>
internal static class PlatformAddress
{
    public const int DefaultHttpPort = 5080;
    public const int DefaultSmtpPort = 2525;
    public const int DefaultGroupsPort = 5081;

    public const string UrlVariable = "ACTIONMAIL_URL";
    public const string TokenVariable = "ACTIONMAIL_TOKEN";
    public const string DataVariable = "ACTIONMAIL_DATA";
    public const string HttpPortVariable = "ACTIONMAIL_HTTP_PORT";
    public const string SmtpPortVariable = "ACTIONMAIL_SMTP_PORT";
    public const string GroupsPortVariable = "ACTIONMAIL_GROUPS_PORT";
    public const string ConfigVariable = "ACTIONMAIL_CONFIG";

    public const string Notes =
        UrlVariable + " is the platform's address (default http://localhost:5080); https unless it is this machine.\n"
        + TokenVariable + " is the operator token; without it, it is read from operator.token in\n"
        + DataVariable + " (default ./data), which the platform writes when it first starts.";

    public const string PersonalNotes =
        "It asks as the person of 'actionmail login', at the platform of the last login or at " + UrlVariable + ".\n"
        + "Sign-ins are kept in " + ConfigVariable + " (default: the folder actionmail in your configuration folder).";

    public const string EitherNotes =
        "With --operator, or where nobody is signed in and there is an operator token, it asks as the operator:\n" + Notes + "\nElse " + "it asks as the person of 'actionmail login'.";

    /// <summary>The data folder, as an absolute path.</summary>
    public static string DataFolder => Path.GetFullPath(Variable(DataVariable) ?? "data");

    /// <summary>A variable that is set to something, else null.</summary>
    public static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>Reads a port; false where the variable holds something else.</summary>
    public static bool TryPort(string variable, int @default, out int port, out string problem)
    {
        port = @default;
        problem = "";
        if (Variable(variable) is not { } text || (int.TryParse(text, out port) && port is > 0 and <= 65535))
            return true;
        problem = $"{variable} is '{text}'; set it to a port between 1 and 65535, or leave it unset for {@default}.";
        return false;
    }

    /// <summary>The platform's address. Plain http is for this machine: the operator token must not cross a network unseen.</summary>
    public static bool TryUrl(out Uri url, out string problem)
    {
        url = new Uri("about:blank");
        if (!TryPort(HttpPortVariable, DefaultHttpPort, out var port, out problem))
            return false;
        return TryUrl(Variable(UrlVariable) ?? $"http://localhost:{port}", UrlVariable, out url, out problem);
    }

    /// <summary>An address that the caller gave, in an option or a variable.</summary>
    public static bool TryUrl(string text, string givenBy, out Uri url, out string problem)
    {
        (url, problem) = (new Uri("about:blank"), "");
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var parsed) || parsed.UserInfo.Length > 0
            || parsed.Scheme is not ("http" or "https"))
            problem = $"{givenBy} is '{text}'; set it to an address such as https://mail.example.org.";
        else if (parsed.Scheme == "http" && !parsed.IsLoopback)
            problem = $"{givenBy} is '{text}'; use https: the token would be readable on the way.";
        else
            url = parsed;
        return problem.Length == 0;
    }

    /// <summary>The operator token, from the environment or from the data folder of a platform on this machine.</summary>
    public static bool TryToken(out string token, out string problem)
    {
        problem = "";
        token = Variable(TokenVariable) ?? "";
        return token.Length > 0 || TryTokenFile(DataFolder, out token, out problem);
    }

    /// <summary>The token that a platform wrote into its data folder.</summary>
    public static bool TryTokenFile(string dataFolder, out string token, out string problem)
    {
        var file = Path.Combine(dataFolder, "operator.token");
        (token, problem) = ("", "");
        if (!File.Exists(file))
            problem = $"There is no operator token: set {TokenVariable}, or start the platform, which writes {file} ({DataVariable} moves it). Or sign in: actionmail login.";
        else if (InputFile.TryReadText(file, out token, out problem))
            token = token.Trim();
        return problem.Length == 0;
    }
}
