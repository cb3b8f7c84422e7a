using ActionMail.Browser.Tests.Platform;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace ActionMail.Browser.Tests.Platform;

/// <summary>The files of this repository, found from where the tests run.</summary>
internal static class Checkout
{
    private static readonly string Root = Find();

    /// <summary>The command line, in the configuration that the tests are built in.</summary>
    public static string CommandLine
    {
        get
        {
            var output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
            var framework = Path.GetFileName(output);
            var configuration = Path.GetFileName(Path.GetDirectoryName(output)!);
            return Path.Combine(Root, "src", "ActionMail.Cli", "bin", configuration, framework, "actionmail.dll");
        }
    }

    /// <summary>Where pictures of the pages go, for people to look at. Not kept in the repository.</summary>
    public static string Screenshots => Path.Combine(Root, "tests", "Browser.Tests", "screenshots");

    /// <summary>Where pictures of cards go. Not kept in the repository either.</summary>
    public static string CardPictures => Path.Combine(Root, "TestResults", "cards");

    /// <summary>The cards that these tests draw.</summary>
    public static string Cards => Path.Combine(Root, "tests", "Browser.Tests", "Cards");

    public static string AxeScript => Path.Combine(Root, "src", "web", "node_modules", "axe-core", "axe.min.js");

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "ActionMail.slnx")))
                return at.FullName;
        }
        throw new DirectoryNotFoundException("These tests run from a checkout.");
    }
}
