using System.Text;

namespace ActionMail.Mail.AuthenticationResults;

/// <summary>
/// Writes an <c>Authentication-Results</c> field: one line for each result and each of its properties, all values quoted that are not a token or an
/// address. What a stranger chose to be called cannot end a value, a comment or a line. RFC 8601 §2.2, security B-06.
/// </summary>
public static class ResultsWriter
{
    /// <summary>The whole field, folded, with its name and the line end behind it.</summary>
    public static string Write(ResultsField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var text = new StringBuilder("Authentication-Results: ").Append(Value(field.AuthservId));
        if (field.Results.IsEmpty)
            text.Append("; none");
        foreach (var result in field.Results)
            Append(text, result);
        return text.Append("\r\n").ToString();
    }

    private static void Append(StringBuilder text, MethodResult result)
    {
        text.Append(";\r\n\t").Append(result.Method).Append('=').Append(result.Result);
        if (result.Comment is { } comment)
            text.Append(" (").Append(Escaped(comment, "()\\")).Append(')');
        if (result.Reason is { } reason)
            text.Append("\r\n\t reason=").Append(Quoted(reason));
        foreach (var property in result.Properties)
            text.Append("\r\n\t ").Append(property.Type).Append('.').Append(property.Name).Append('=').Append(Value(property.Value));
    }

    private static string Value(string value) => IsPlain(value) ? value : Quoted(value);

    private static string Quoted(string value) => $"\"{Escaped(value, "\"\\")}\"";

    private static string Escaped(string value, string specials)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (specials.Contains(c, StringComparison.Ordinal))
                text.Append('\\');
            text.Append(char.IsControl(c) ? '?' : c);
        }
        return text.ToString();
    }

    // A token, or an address of two dot-atoms: what every reader takes as one value.
    private static bool IsPlain(string value) =>
        value.Length > 0 && value.Count(c => c == '@') <= 1 && value.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`{|}~@".Contains(c, StringComparison.Ordinal));
}
