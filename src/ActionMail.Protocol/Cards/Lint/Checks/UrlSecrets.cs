using System.Collections.Frozen;

namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>Names in a query whose literal values let whoever has the URL in. A limited-purpose id of the message is none of them.</summary>
internal static class UrlSecrets
{
    // Below that a value is a country or a number, and no key.
    private const int ShortestSecret = 3;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "sig", "signature", "code", "token", "key", "apikey", "api_key", "api-key", "access_token", "accesstoken", "client_secret", "secret", "password", "passwd", "pwd")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The name of the first parameter that holds a secret, or null.</summary>
    public static string? NameIn(string url)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
            return null;
        var rest = url.AsSpan(query + 1);
        foreach (var range in rest.SplitAny('&', ';', '#'))
        {
            var parameter = rest[range];
            var equals = parameter.IndexOf('=');
            if (equals > 0 && IsLiteral(parameter[(equals + 1)..]) && Names.Contains(parameter[..equals]))
                return parameter[..equals].ToString();
        }
        return null;
    }

    private static bool IsLiteral(ReadOnlySpan<char> value) =>
        value.Length >= ShortestSecret && !value.Contains("{{", StringComparison.Ordinal) && !value.Contains("${", StringComparison.Ordinal);
}
