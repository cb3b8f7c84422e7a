using System.Collections.Immutable;

namespace ActionMail.Mail.AuthenticationResults;

/// <summary>
/// Reads the value of an <c>Authentication-Results</c> field, by the letter of RFC 8601 §2.2; a field that is not so is no field, because half of one could be
/// read as something else. One freedom: a property's value may hold slashes, equals signs and colons without quotes, as real hosts write them.
/// </summary>
public static class ResultsReader
{
    /// <summary>More than any host reports; a field with more is not read.</summary>
    private const int MaxResults = 100;

    /// <summary>Reads what stands behind the colon, folded or not; null for what is none.</summary>
    public static ResultsField? Read(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var scan = new ResultsScanner(value);
        if (!scan.SkipBlanks() || scan.TakeValue() is not { } id || !scan.SkipBlanks() || !SkipVersion(scan))
            return null;
        var results = ImmutableArray.CreateBuilder<MethodResult>();
        while (!scan.IsAtEnd)
        {
            if (!scan.Take(';') || !scan.SkipBlanks() || results.Count == MaxResults)
                return null;
            if (scan.IsAtEnd && results.Count > 0)
                break;          // a semicolon at the end is common and changes nothing
            if (results.Count == 0 && scan.TakeWord("none"))
                return scan.SkipBlanks() && scan.IsAtEnd ? new(id, []) : null;
            if (ReadResult(scan) is not { } result)
                return null;
            results.Add(result);
        }
        return results.Count == 0 ? null : new(id, results.ToImmutable());
    }

    // RFC 8601 §2.2: the version of the field, which is 1.
    private static bool SkipVersion(ResultsScanner scan)
    {
        if (scan.IsAtEnd || scan.IsAt(';'))
            return true;
        return scan.TakeWord("1") && scan.SkipBlanks();
    }

    private static MethodResult? ReadResult(ResultsScanner scan)
    {
        if (scan.TakeKeyword() is not { } method || !scan.SkipBlanks() || !SkipMethodVersion(scan)
            || !scan.Take('=') || !scan.SkipBlanks() || scan.TakeKeyword() is not { } result || !scan.SkipBlanks())
            return null;
        var found = new MethodResult(method, result);
        var properties = ImmutableArray.CreateBuilder<ResultProperty>();
        while (!scan.IsAtEnd && !scan.IsAt(';'))
        {
            if (scan.TakeKeyword() is not { } word || !scan.SkipBlanks())
                return null;
            if (scan.IsAt('.'))
            {
                if (ReadProperty(scan, word) is not { } property)
                    return null;
                properties.Add(property);
            }
            else if (word != "reason" || found.Reason is not null || properties.Count > 0 || ReadReason(scan) is not { } reason)
            {
                return null;
            }
            else
            {
                found = found with { Reason = reason };
            }
        }
        return found with { Properties = properties.ToImmutable() };
    }

    private static bool SkipMethodVersion(ResultsScanner scan) =>
        !scan.Take('/') || (scan.SkipBlanks() && scan.TakeWord("1") && scan.SkipBlanks());

    private static ResultProperty? ReadProperty(ResultsScanner scan, string type) =>
        scan.Take('.') && scan.SkipBlanks() && scan.TakeKeyword() is { } name && scan.SkipBlanks() && scan.Take('=') && scan.SkipBlanks()
        && scan.TakePropertyValue() is { } value && scan.SkipBlanks()
            ? new(type, name, value)
            : null;

    private static string? ReadReason(ResultsScanner scan) =>
        scan.Take('=') && scan.SkipBlanks() && scan.TakeValue() is { } reason && scan.SkipBlanks() ? reason : null;
}
