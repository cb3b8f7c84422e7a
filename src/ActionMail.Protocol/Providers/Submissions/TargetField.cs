using System.Collections.Frozen;
using ActionMail.Protocol.Cards.Lint.Checks;
using ActionMail.Protocol.Providers.PublicSuffixes;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>Reads one target URL. What is wrong with it is told without quoting a secret that it may hold.</summary>
internal static class TargetField
{
    private const string Secret = "A signature or token in the URL is a secret: take it out and rotate it. A target is only the origin";

    private const string OwnMachine = "localhost is the platform's own machine, which only the emulator calls. Give the https origin of your service.";

    // Query parameters of Azure Functions, API Management and shared access signatures, beside those that the card lint knows.
    private static readonly FrozenSet<string> AzureParameters =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "se", "sp", "sv", "skn", "subscription-key", "x-functions-key");

    // Path segments behind which chat services and workflow engines put a key.
    private static readonly FrozenSet<string> HookSegments =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "hooks", "hook", "webhook", "webhooks", "webhookb2", "incomingwebhook", "services", "invoke");

    public static string? Read(SubmissionFindings findings, string field, string typed, SubmissionContext context)
    {
        if (typed.Length == 0)
            return Refuse(findings, field, SubmissionCode.Required, "The entry is empty: give a URL such as https://api.contoso.com or take it out.");
        if (HoldsSecret(typed))
            return Refuse(findings, field, SubmissionCode.SecretInUrl, $"{Secret}, such as {OriginOf(typed, context) ?? "https://api.contoso.com"}.");
        if (!TargetUrl.TryParse(typed, context.UrlPolicy, out var target, out var why))
            return RefuseForm(findings, field, typed, why, context);
        if (target.IsLoopback)
            findings.Warn(field, SubmissionCode.LoopbackTarget, $"{target} is this machine: only the emulator calls it. Elsewhere the registration needs an https target.");
        else if (target.IncludeSubdomains && PublicSuffix.IsShared(target.Host))
            return Refuse(findings, field, SubmissionCode.TooBroad, TooBroad(target));
        return target.ToString();
    }

    private static string TooBroad(TargetUrl target) =>
        $"{target} is too broad: strangers have names below {target.Host}, and a target covers them all. Give your own host below it, such as https://yours.{target.Host}.";

    private static string? RefuseForm(SubmissionFindings findings, string field, string typed, string why, SubmissionContext context)
    {
        if (IsLoopback(typed))
            return Refuse(findings, field, SubmissionCode.LoopbackTarget, OwnMachine);
        if (OriginOf(typed, context) is { } origin && TargetUrl.TryParse(origin, context.UrlPolicy, out _, out _))
            return Refuse(findings, field, SubmissionCode.NotAnOrigin, $"A target is only scheme, host and port: write {origin}. It covers every path there.");
        return Refuse(findings, field, SubmissionCode.Malformed, $"{SubmissionFindings.Quoted(typed)}: {why}. Write it as https://api.contoso.com.");
    }

    private static bool HoldsSecret(string typed)
    {
        var path = PathOf(typed, out var authority);
        return authority.Contains('@', StringComparison.Ordinal)
            || UrlSecrets.NameIn(typed) is not null
            || QueryNames(typed).Any(AzureParameters.Contains)
            || path.Zip(path.Skip(1)).Any(pair => HookSegments.Contains(pair.First) && pair.Second.Length > 0)
            || path.Any(IsKeyLike);
    }

    // Long, and both letters and digits: no word of a path. A GUID by itself is an id.
    private static bool IsKeyLike(string segment) =>
        segment.Length >= 20 && segment.Any(char.IsAsciiDigit) && segment.Any(char.IsAsciiLetter)
        && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~' or '%' or '=' or '+') && !Guid.TryParseExact(segment, "D", out _);

    private static IEnumerable<string> QueryNames(string typed) =>
        typed.IndexOf('?', StringComparison.Ordinal) is var query and >= 0
            ? typed[(query + 1)..].Split('&', ';', '#').Select(parameter => parameter.Split('=')[0])
            : [];

    private static string[] PathOf(string typed, out string authority)
    {
        var scheme = typed.IndexOf("://", StringComparison.Ordinal);
        var parts = (scheme < 0 ? typed : typed[(scheme + 3)..]).Split('?', '#')[0].Split('/');
        authority = parts[0];
        return parts[1..];
    }

    private static bool IsLoopback(string typed)
    {
        PathOf(typed, out var authority);
        var host = authority.Split(':')[0];
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || host is "127.0.0.1" || authority.StartsWith("[::1]", StringComparison.Ordinal);
    }

    private static string? OriginOf(string typed, SubmissionContext context) => ActionUrl.TryParse(typed, context.UrlPolicy, out var url, out _) ? url.Origin : null;

    private static string? Refuse(SubmissionFindings findings, string field, string code, string words)
    {
        findings.Refuse(field, code, words);
        return null;
    }
}
