using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ActionMail.Protocol.Signing;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>How a field differs.</summary>
public enum DifferenceKind
{
    /// <summary>It is there now and was not.</summary>
    Added,

    /// <summary>It was there and is no more.</summary>
    Removed,

    /// <summary>It is another.</summary>
    Changed,
}

/// <summary>
/// One thing in which a submitted content differs from the running one, as pages, mails and the API tell it. dashboard.md "States": what is
/// reviewed is exactly what is activated.
/// </summary>
/// <param name="Field">The field's path, <c>scenario.description</c>; of a list the list's, <c>senders</c>, with one difference for each entry.</param>
/// <param name="Kind">How it differs.</param>
/// <param name="Before">What runs, as text; null when it is added. An image is its hash, a key its thumbprint.</param>
/// <param name="After">What was submitted; null when it is removed.</param>
public sealed record ContentDifference(string Field, DifferenceKind Kind, string? Before, string? After)
{
    private const string BetweenEntries = "; ";

    // In the order of the form. A content without a section has nulls there, so a change of scope shows what comes and goes.
    private static readonly ImmutableArray<(string Field, Func<RegisteredContent, string?> Of)> Fields =
    [
        ("name", content => content.Name),
        ("logo", content => content.Logo),
        ("tokenProfile", content => NameOf(content.TokenProfile)),
        ("appId", content => content.AppId),
        ("appIdUri", content => content.AppIdUri),
        ("scope", content => NameOf(content.Scope)),
        ("contact.name", content => content.Contact?.Name),
        ("contact.email", content => content.Contact?.Email),
        ("contact.phone", content => content.Contact?.Phone),
        ("publisher.name", content => content.Publisher?.Name),
        ("publisher.website", content => content.Publisher?.Website),
        ("publisher.support", content => content.Publisher?.Support),
        ("publisher.privacy", content => content.Publisher?.Privacy),
        ("publisher.terms", content => content.Publisher?.Terms),
        ("scenario.description", content => content.Scenario?.Description),
        ("scenario.dailyVolume", content => content.Scenario?.DailyVolume.ToString(CultureInfo.InvariantCulture)),
        ("scenario.sampleCard", content => content.Scenario?.SampleCard),
        ("scenario.screenshot", content => content.Scenario?.Screenshot),
        ("verification.steps", content => content.Verification?.Steps),
    ];

    // What decides whose mail acts and where to, so it is told first.
    private static readonly ImmutableArray<(string Field, Func<RegisteredContent, ImmutableArray<string>> Of)> Lists =
    [
        ("senders", content => content.Senders),
        ("targets", content => content.Targets),
        ("keys", content => [.. content.Keys.Select(Told)]),
        ("testUsers", content => content.TestUsers),
    ];

    /// <summary>All differences, the lists first; without a running content, everything is added. Empty just when the contents are the same.</summary>
    public static ImmutableArray<ContentDifference> Between(RegisteredContent? running, RegisteredContent submitted)
    {
        ArgumentNullException.ThrowIfNull(submitted);
        return
        [
            .. Lists.SelectMany(list => OfList(list.Field, running is null ? [] : list.Of(running), list.Of(submitted))),
            .. Fields.SelectMany(field => OfField(field.Field, running is null ? null : field.Of(running), field.Of(submitted))),
        ];
    }

    private static IEnumerable<ContentDifference> OfField(string field, string? before, string? after) => (before, after) switch
    {
        _ when string.Equals(before, after, StringComparison.Ordinal) => [],
        (null, _) => [new(field, DifferenceKind.Added, null, after)],
        (_, null) => [new(field, DifferenceKind.Removed, before, null)],
        _ => [new(field, DifferenceKind.Changed, before, after)],
    };

    private static IEnumerable<ContentDifference> OfList(string field, ImmutableArray<string> before, ImmutableArray<string> after)
    {
        var removed = before.Except(after, StringComparer.Ordinal).Select(entry => new ContentDifference(field, DifferenceKind.Removed, entry, null));
        var added = after.Except(before, StringComparer.Ordinal).Select(entry => new ContentDifference(field, DifferenceKind.Added, null, entry));
        ContentDifference[] entries = [.. removed, .. added];
        // The same entries in another order are another content with another hash, so they may not look like the same.
        return entries.Length > 0 || before.SequenceEqual(after, StringComparer.Ordinal)
            ? entries
            : [new(field, DifferenceKind.Changed, string.Join(BetweenEntries, before), string.Join(BetweenEntries, after))];
    }

    private static string Told(string jwk) => PublicKeyText.Stored(jwk) switch
    {
        KeyReading.Read(var key) => string.Create(CultureInfo.InvariantCulture, $"{key.KeyType} {key.Bits} bits, {key.Algorithm}, SHA-256 thumbprint {key.Thumbprint}"),
        KeyReading.Refused => jwk,
        _ => throw new UnreachableException(),
    };

    private static string NameOf<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
