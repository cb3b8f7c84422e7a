using System.Buffers;
using System.Collections.Frozen;

namespace ActionMail.Protocol.Cards;

/// <summary>
/// Which headers a card may send. An allow-list: <c>Content-Type</c>, <c>Accept</c>, names that begin with <c>X-</c>, and an empty
/// <c>Authorization</c> (the documented switch to <c>Action-Authorization</c>). Protocol §6, security G-10.
/// </summary>
internal static class CardHeaderRules
{
    private const int MaxValueLength = 1024;
    private static readonly FrozenSet<string> Named = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "Content-Type", "Accept", "Accept-Language");
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Why the header may not be sent, or null.</summary>
    public static string? Refusal(string name, string value)
    {
        if (string.Equals(name, "Authorization", StringComparison.OrdinalIgnoreCase))
            return value.Length == 0 ? null : "a card may not set Authorization; the empty value moves the token to Action-Authorization";
        if (!Named.Contains(name) && !IsExtension(name))
            return $"a card may not send the header '{(name.Length > 64 ? name[..64] : name)}'";
        if (value.Length > MaxValueLength)
            return $"a header value has at most {MaxValueLength} characters";
        // It decides how values are escaped in the body: a value must not decide that. Security G-11.
        if (string.Equals(name, "Content-Type", StringComparison.OrdinalIgnoreCase) && !Template.Parse(value).IsLiteral)
            return "an input value may not stand in the Content-Type";
        return value.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0 ? $"the value of '{name}' has characters other than visible ASCII" : null;
    }

    private static bool IsExtension(string name) =>
        name.Length is > 2 and <= 66
        && name.StartsWith("X-", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase)
        && !name.AsSpan().ContainsAnyExcept(NameCharacters);
}
