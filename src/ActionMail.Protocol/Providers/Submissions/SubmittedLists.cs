using System.Collections.Immutable;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>Lists as people type them into one field of a form. dashboard.md "Test user email addresses".</summary>
public static class SubmittedLists
{
    /// <summary>The entries between semicolons, commas and line ends, trimmed; empty ones are left out.</summary>
    public static ImmutableArray<string> Split(string? typed) =>
        [.. (typed ?? "").Split([';', ',', '\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
