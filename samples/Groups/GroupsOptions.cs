using System.Globalization;

namespace Groups;

/// <summary>How the sample runs. Each setting is an environment variable.</summary>
public sealed record GroupsOptions
{
    /// <summary><c>GROUPS_PORT</c>: where it listens, on loopback. Default 5081; 0 takes any free port.</summary>
    public int Port { get; init; } = 5081;

    /// <summary><c>GROUPS_DATA</c>: the folder of its database and key. Default <c>./data/groups</c>.</summary>
    public string DataFolder { get; init; } = Path.Combine("data", "groups");

    /// <summary><c>GROUPS_URL</c>: the address that cards call, registered as the provider's target. Default <c>http://localhost:{port}</c>.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary><c>ACTIONMAIL_URL</c>: the platform, whose tokens are taken and whose inbox is linked to. Default <c>http://localhost:5080</c>.</summary>
    public Uri Platform { get; init; } = new("http://localhost:5080");

    /// <summary><c>ACTIONMAIL_SMTP_PORT</c>: the platform's SMTP port on loopback. Default 2525.</summary>
    public int SmtpPort { get; init; } = 2525;

    /// <summary><c>--seed</c> or <c>GROUPS_SEED=1</c>: send the story's first mail when it has never been sent.</summary>
    public bool Seed { get; init; }

    /// <summary>The origin of <see cref="PublicUrl"/>: the audience of the tokens.</summary>
    public string Origin => PublicUrl.GetLeftPart(UriPartial.Authority);

    public static GroupsOptions Read(string[] args, Func<string, string?> variable)
    {
        var port = Number("GROUPS_PORT", 5081);
        return new GroupsOptions
        {
            Port = port,
            DataFolder = variable("GROUPS_DATA") ?? Path.Combine("data", "groups"),
            PublicUrl = new Uri(variable("GROUPS_URL") ?? $"http://localhost:{port}"),
            Platform = new Uri(variable("ACTIONMAIL_URL") ?? "http://localhost:5080"),
            SmtpPort = Number("ACTIONMAIL_SMTP_PORT", 2525),
            Seed = args.Contains("--seed", StringComparer.Ordinal) || variable("GROUPS_SEED") is "1",
        };

        int Number(string name, int otherwise) =>
            int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
    }
}
