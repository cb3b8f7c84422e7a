namespace ActionMail.Tests;

/// <summary>
/// Finds the public test suites: in ACTIONMAIL_TESTDATA, or in shared/testdata beside a directory above this one. They
/// are no part of the repository; a run without them skips what needs them, and fails in CI.
/// </summary>
internal static class TestData
{
    private static readonly string? Root = Find();

    /// <summary>The path of a suite's file or directory.</summary>
    public static string Path(string relative)
    {
        if (Root is null && Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
            Assert.Fail("The test suites are missing: set ACTIONMAIL_TESTDATA.");
        if (Root is null)
            Assert.Skip("The test suites are not here: set ACTIONMAIL_TESTDATA.");
        return System.IO.Path.Combine(Root, relative);
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("ACTIONMAIL_TESTDATA") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = System.IO.Path.Combine(at.FullName, "shared", "testdata");
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
