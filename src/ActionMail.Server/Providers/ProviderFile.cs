using System.Collections.Immutable;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Signing;

namespace ActionMail.Server.Providers;

/// <summary>A registration as it is submitted, in a file or a form.</summary>
internal sealed record ProviderFile
{
    public string? Name { get; init; }
    public ImmutableArray<string>? Senders { get; init; }
    public ImmutableArray<string>? Targets { get; init; }
    public ImmutableArray<string>? Keys { get; init; }
    public ProviderScope? Scope { get; init; }
    public ImmutableArray<string>? TestUsers { get; init; }
    public string? Organization { get; init; }
    public TokenProfile? TokenProfile { get; init; }
    public string? AppId { get; init; }
    public string? AppIdUri { get; init; }
}

internal abstract record ProviderFileReading
{
    private ProviderFileReading() { }

    public sealed record Valid(ProviderContent Content) : ProviderFileReading;

    /// <summary>All errors at once, by field.</summary>
    public sealed record Invalid(Dictionary<string, string[]> Errors) : ProviderFileReading;
}

/// <summary>The rules of the submission's fields. dashboard.md "The submission".</summary>
internal static class ProviderFileRules
{
    private const int LongestName = 100;
    private const int MostEntries = 100;

    public static ProviderFileReading Read(ProviderFile file, UrlPolicy policy)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var name = (file.Name ?? "").Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            errors["name"] = [$"Give a name of 1 to {LongestName} characters."];
        var senders = Each(errors, "senders", file.Senders, required: true, ReadAddress);
        var targets = Each(errors, "targets", file.Targets, required: true, text => ReadTarget(text, policy));
        var keys = Each(errors, "keys", file.Keys, required: false, ReadKey);
        if (file.Scope is not { } scope)
            errors["scope"] = ["Choose exactly one scope: testUsers, organization or global."];
        var testUsers = file.Scope == ProviderScope.TestUsers ? Each(errors, "testUsers", file.TestUsers, required: true, ReadAddress) : [];
        if (file.TokenProfile == TokenProfile.Entra && string.IsNullOrWhiteSpace(file.AppId) && string.IsNullOrWhiteSpace(file.AppIdUri))
            errors["appId"] = ["An Entra token needs an application id or an App ID URI, which becomes its audience."];
        return errors.Count > 0
            ? new ProviderFileReading.Invalid(errors)
            : new ProviderFileReading.Valid(new(name, senders, targets, keys, file.Scope!.Value, testUsers, file.TokenProfile ?? TokenProfile.Eat, file.AppId, file.AppIdUri));
    }

    private static ImmutableArray<string> Each(
        Dictionary<string, string[]> errors, string field, ImmutableArray<string>? texts, bool required, Func<string, (string Value, string? Error)> read)
    {
        var given = texts.GetValueOrDefault();
        if (given.IsDefaultOrEmpty)
        {
            if (required)
                errors[field] = ["Give at least one."];
            return [];
        }
        if (given.Length > MostEntries)
        {
            errors[field] = [$"Give at most {MostEntries}."];
            return [];
        }
        var results = given.Select(text => read(text ?? "")).ToList();
        if (results.Exists(result => result.Error is not null))
            errors[field] = [.. results.Select(result => result.Error).OfType<string>()];
        return [.. results.Select(result => result.Value).Distinct(StringComparer.Ordinal)];
    }

    private static (string, string?) ReadAddress(string text) =>
        EmailAddress.TryParse(text.Trim(), out var address) ? (address.ToString(), null) : ("", $"'{text}' is not one e-mail address (no patterns, no bare domains).");

    private static (string, string?) ReadTarget(string text, UrlPolicy policy) =>
        TargetUrl.TryParse(text.Trim(), policy, out var target, out var why) ? (target.ToString(), null) : ("", $"'{text}': {why}.");

    private static (string, string?) ReadKey(string text) => PublicKeyText.Read(text) switch
    {
        KeyReading.Read(var key) => (key.Jwk, null),
        KeyReading.Refused(_, var why) => ("", $"The public key is refused: {why}."),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
