using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Signing;

namespace ActionMail.Server.Providers.Approval;

/// <summary>A field of a submission as its reader sees it: what it is called, and its values in order.</summary>
internal sealed record ShownField(string Path, string Label, ImmutableArray<string> Values);

/// <summary>The fields of a submission in the order of the form, in the words of the form: one table for the card, the mail and the page.</summary>
internal static class RegistrationFields
{
    private static readonly ImmutableArray<(string Path, string Label, Func<RegisteredContent, IEnumerable<string?>> Of)> Table =
    [
        ("name", "Friendly name", content => [content.Name]),
        ("logo", "Logo", content => [content.Logo is { } hash ? $"a picture, SHA-256 {hash}" : null]),
        ("senders", "Sender email addresses", content => content.Senders),
        ("targets", "Target URLs", content => content.Targets),
        ("keys", "Public keys", content => content.Keys.Select(KeyWords)),
        ("tokenProfile", "Token type", content => [TokenWords(content.TokenProfile)]),
        ("appId", "Entra application id", content => [content.AppId]),
        ("appIdUri", "App ID URI", content => [content.AppIdUri]),
        ("scope", "Scope of submission", content => [ScopeWords(content.Scope)]),
        ("testUsers", "Test users", content => content.TestUsers),
        ("contact.name", "Contact name", content => [content.Contact?.Name]),
        ("contact.email", "Contact e-mail", content => [content.Contact?.Email]),
        ("contact.phone", "Contact phone", content => [content.Contact?.Phone]),
        ("publisher.name", "Publisher name", content => [content.Publisher?.Name]),
        ("publisher.website", "Web site", content => [content.Publisher?.Website]),
        ("publisher.support", "Support information", content => [content.Publisher?.Support]),
        ("publisher.privacy", "Privacy statement", content => [content.Publisher?.Privacy]),
        ("publisher.terms", "Terms of use", content => [content.Publisher?.Terms]),
        ("scenario.description", "Scenario", content => [content.Scenario?.Description]),
        ("scenario.dailyVolume", "Mails a day", content => [content.Scenario?.DailyVolume.ToString(CultureInfo.InvariantCulture)]),
        ("scenario.sampleCard", "Sample card", content => [content.Scenario?.SampleCard]),
        ("scenario.screenshot", "Screenshot", content => [content.Scenario?.Screenshot is { } hash ? $"a picture, SHA-256 {hash}" : null]),
        ("verification.steps", "How to verify it", content => [content.Verification?.Steps]),
    ];

    /// <summary>Those that have a value.</summary>
    public static ImmutableArray<ShownField> Of(RegisteredContent content) => Of(content, _ => true);

    private static ImmutableArray<ShownField> Of(RegisteredContent content, Func<string, bool> isShown) =>
        [.. Table.Where(field => isShown(field.Path)).Select(field => new ShownField(field.Path, field.Label, [.. field.Of(content).OfType<string>()])).Where(field => !field.Values.IsEmpty)];

    /// <summary>Those that an administrator decides by who opens the door for everybody in their organization; not how to reach the submitter, nor what is for reviewers.</summary>
    public static ImmutableArray<ShownField> ForConsent(RegisteredContent content) =>
        Of(content, path => path is "senders" or "targets" or "tokenProfile" or "scenario.description" or "scenario.dailyVolume" || path.StartsWith("publisher.", StringComparison.Ordinal));

    /// <summary>What a field is called, by its path; an entry of a list, such as <c>senders[1]</c>, as the list is.</summary>
    public static string LabelOf(string path) => path.Split('[')[0] is var name && Table.FirstOrDefault(field => field.Path == name).Label is { } label ? label : path;

    public static string ScopeWords(ProviderScope scope) => scope switch
    {
        ProviderScope.TestUsers => "Test Users",
        ProviderScope.Organization => "Organization",
        ProviderScope.Global => "Global",
        _ => throw new UnreachableException(),
    };

    private static string TokenWords(TokenProfile profile) => profile switch
    {
        TokenProfile.Eat => "External Access Token (legacy)",
        TokenProfile.Entra => "Entra",
        _ => throw new UnreachableException(),
    };

    private static string KeyWords(string key) => PublicKeyText.Stored(key) is KeyReading.Read(var read)
        ? $"{read.KeyType}, SHA-256 thumbprint {read.Thumbprint}"
        : key;
}
