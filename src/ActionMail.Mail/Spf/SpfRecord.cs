using System.Collections.Immutable;

namespace ActionMail.Mail.Spf;

/// <summary>A policy that follows the grammar. RFC 7208 §4.6, §12.</summary>
/// <param name="Text">The record as it is published.</param>
/// <param name="Directives">The mechanisms in their order.</param>
/// <param name="Redirect">The domain whose policy counts when nothing matches; null when there is none. §6.1.</param>
/// <param name="Explanation">The name of the text that explains a fail; null when there is none. §6.2.</param>
public sealed record SpfRecord(string Text, ImmutableArray<SpfDirective> Directives, SpfMacroString? Redirect, SpfMacroString? Explanation)
{
    private const string Version = "v=spf1";

    /// <summary>Whether a text is a policy at all: the version, and then a space or nothing. §4.5.</summary>
    public static bool IsPolicy(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Version, StringComparison.OrdinalIgnoreCase) && (text.Length == Version.Length || text[Version.Length] == ' ');
    }

    /// <summary>Reads a policy. Refused when any term is wrong, also one that would not be reached (§4.6).</summary>
    public static SpfRecordReading Read(string text) =>
        IsPolicy(text) ? SpfRecordParser.Read(text, text[Version.Length..]) : new SpfRecordReading.Refused($"It does not begin with {Version}.");
}

/// <summary>A mechanism, and the result if it matches. RFC 7208 §4.6.2.</summary>
/// <param name="Outcome">Pass, fail, softfail or neutral.</param>
/// <param name="Mechanism">What is asked.</param>
/// <param name="Text">The directive as it is published.</param>
public sealed record SpfDirective(SpfOutcome Outcome, SpfMechanism Mechanism, string Text);

/// <summary>What came of reading a record.</summary>
public abstract record SpfRecordReading
{
    private SpfRecordReading() { }

    /// <summary>It follows the grammar.</summary>
    public sealed record Read(SpfRecord Record) : SpfRecordReading;

    /// <summary>It does not, and why: a sentence that names the term.</summary>
    public sealed record Refused(string Why) : SpfRecordReading;
}
