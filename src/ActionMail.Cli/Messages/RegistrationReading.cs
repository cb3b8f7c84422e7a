using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ActionMail.Cli.Platform;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Addresses;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Signing;

namespace ActionMail.Cli.Messages;

/// <summary>From a registration in JSON to the one that the rules are asked with.</summary>
internal static class RegistrationReading
{
    /// <summary>Reads one; on false, <paramref name="problem"/> names the member.</summary>
    public static bool TryRead(ProviderLine line, [NotNullWhen(true)] out ProviderRegistration? registration, out string problem)
    {
        registration = null;
        problem = "";
        if (!Enum.TryParse<ProviderState>(line.State, ignoreCase: true, out var state))
            problem = $"state '{line.State}' is none of {string.Join(", ", Enum.GetNames<ProviderState>())}";
        else if (!Enum.TryParse<ProviderScope>(line.Scope, ignoreCase: true, out var scope))
            problem = $"scope '{line.Scope}' is none of {string.Join(", ", Enum.GetNames<ProviderScope>())}";
        else if (All(line.Senders, ReadAddress, out var senders, out problem)
            && All(line.TestUsers, ReadAddress, out var testUsers, out problem)
            && All(line.Targets, ReadTarget, out var targets, out problem)
            && All(line.Keys, ReadKey, out var keys, out problem))
        {
            registration = new(line.Id.ToLowerInvariant(), line.Name, OrganizationOf(line.Organization), state, line.Revision, scope)
            {
                Senders = senders,
                TestUsers = testUsers,
                Targets = targets,
                Keys = keys,
                TokenProfile = line.TokenProfile is "entra" ? TokenProfile.Entra : TokenProfile.Eat,
            };
        }
        return registration is not null;
    }

    /// <summary>
    /// An id for the organization that owns a domain. The real ids stay with the platform; all that the rules ask is whether
    /// two are the same.
    /// </summary>
    public static Guid OrganizationOf(string? domain) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes((domain ?? "").ToLowerInvariant())).AsSpan(0, 16));

    private static bool All<TText, T>(
        IReadOnlyList<TText> texts, Func<TText, (T Value, string Problem)> read, out ImmutableArray<T> values, out string problem)
    {
        var results = texts.Select(read).ToList();
        values = [.. results.Select(result => result.Value)];
        problem = results.Select(result => result.Problem).FirstOrDefault(each => each.Length > 0) ?? "";
        return problem.Length == 0;
    }

    private static (EmailAddress, string) ReadAddress(string text) =>
        (EmailAddress.TryParse(text, out var address) ? address : default, address == default ? $"'{text}' is no address" : "");

    // http://localhost can be registered with an emulator alone; where it is not registered, no card may call it either.
    private static (TargetUrl, string) ReadTarget(string text) =>
        TargetUrl.TryParse(text, UrlPolicy.LoopbackHttp, out var target, out var why) ? (target, "") : (target, $"target '{text}': {why}");

    private static (PublicKey, string) ReadKey(ProviderLine.KeyLine line)
    {
        var text = line.Jwk.ValueKind switch
        {
            JsonValueKind.String => line.Jwk.GetString()!,
            JsonValueKind.Object => line.Jwk.GetRawText(),
            _ => line.RsaKeyValue ?? "",
        };
        return PublicKeyText.Read(text) switch
        {
            KeyReading.Read(var key) => (key, ""),
            KeyReading.Refused(_, var why) => (null!, $"a key cannot be used: {why}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
