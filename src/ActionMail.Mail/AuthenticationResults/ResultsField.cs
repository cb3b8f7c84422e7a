using System.Collections.Immutable;

namespace ActionMail.Mail.AuthenticationResults;

/// <summary>
/// What one host found out about a mail, as an <c>Authentication-Results</c> field says it: <paramref name="AuthservId"/> names the host. No results
/// is the field's <c>none</c>. RFC 8601 §2.2.
/// </summary>
public sealed record ResultsField(string AuthservId, ImmutableArray<MethodResult> Results);

/// <summary>
/// One result: of the method (<c>spf</c>, <c>dkim</c>, <c>dmarc</c>, <c>arc</c> and others) in its registered word, both in lower case. RFC 8601 §2.7.
/// </summary>
public sealed record MethodResult(string Method, string Result)
{
    /// <summary>Why, in words; null where nothing is said.</summary>
    public string? Reason { get; init; }

    /// <summary>A remark for people, written behind the result; a reader drops it.</summary>
    public string? Comment { get; init; }

    /// <summary>What was judged, such as <c>header.d</c>.</summary>
    public ImmutableArray<ResultProperty> Properties { get; init; } = [];

    /// <summary>The domain that was judged, in lower case, or null where the properties of the method do not say it.</summary>
    public string? Domain => Method switch
    {
        "dkim" => Value("header", "d") ?? DomainOf(Value("header", "i")),
        "spf" => DomainOf(Value("smtp", "mailfrom")) ?? Value("smtp", "helo"),
        "dmarc" => DomainOf(Value("header", "from")),
        _ => null,
    };

    private string? Value(string type, string name) =>
        Properties.FirstOrDefault(property => property.Type == type && property.Name == name)?.Value.ToLowerInvariant() is { Length: > 0 } value ? value : null;

    private static string? DomainOf(string? address) => address?[(address.LastIndexOf('@') + 1)..] is { Length: > 0 } domain ? domain : null;
}

/// <summary>A property of a result, as in <c>header.d=example.org</c>; type and name in lower case. RFC 8601 §2.3.</summary>
public sealed record ResultProperty(string Type, string Name, string Value);
