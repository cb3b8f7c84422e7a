using System.Text;

namespace ActionMail.Mail.Message;

/// <summary>
/// A Content-Type or Content-Disposition value read by the letter of RFC 2045 §5.1: no comments, no parameter twice, no
/// RFC 2231 pieces of a parameter that decides. What lenient parsers would each mend in their own way is a fault.
/// </summary>
internal sealed class ContentTypeField
{
    private static readonly ContentTypeField PlainText = new("text/plain");

    private readonly List<(string Name, string Value)> _parameters = [];

    private ContentTypeField(string value) => Value = value;

    /// <summary>What stands before the parameters, in lower case: <c>type/subtype</c>, or the disposition.</summary>
    public string Value { get; private set; }

    /// <summary>What is wrong with the field, or null.</summary>
    public string? Fault { get; private set; }

    public bool IsMultipart => Value.StartsWith("multipart/", StringComparison.Ordinal);

    public bool IsMessage => Value.StartsWith("message/", StringComparison.Ordinal);

    public bool IsText => Value.StartsWith("text/", StringComparison.Ordinal);

    /// <summary>The Content-Type of a header; text/plain where there is none (RFC 2045 §5.2).</summary>
    public static ContentTypeField OfType(HeaderBlock header)
    {
        if (header.First(FieldName.ContentType) is not { } field)
            return PlainText;
        var type = Parse(field.Value);
        var slash = type.Value.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || slash == type.Value.Length - 1 || type.Value.IndexOf('/', slash + 1) > 0)
            type.Fault ??= $"Content-Type '{FieldText.Clean(type.Value)}' is no type/subtype";
        return type;
    }

    /// <summary>The Content-Disposition of a header, or null where there is none. RFC 2183 §2.</summary>
    public static ContentTypeField? OfDisposition(HeaderBlock header) =>
        header.First(FieldName.ContentDisposition) is { } field ? Parse(field.Value) : null;

    /// <summary>The value of a parameter, or null.</summary>
    public string? Parameter(string name)
    {
        foreach (var parameter in _parameters)
        {
            if (parameter.Name == name)
                return parameter.Value;
        }
        return null;
    }

    /// <summary>True when the field names a file, in plain or in RFC 2231 form.</summary>
    public bool HasParameterLike(string name)
    {
        foreach (var parameter in _parameters)
        {
            if (parameter.Name == name || parameter.Name.StartsWith(name + "*", StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static ContentTypeField Parse(ReadOnlySpan<byte> folded)
    {
        var text = Encoding.Latin1.GetString(folded).Replace("\r\n", "", StringComparison.Ordinal).AsSpan();
        var valueLength = text.IndexOfAny(";( \t") is var end and >= 0 ? end : text.Length;
        var field = new ContentTypeField(text[..valueLength].ToString().ToLowerInvariant());
        if (!IsToken(text[..valueLength], also: '/'))
            field.Fault = $"a type that is no token: '{FieldText.Clean(field.Value)}'";
        field.ReadParameters(text[valueLength..].Trim(" \t"));
        return field;
    }

    private void ReadParameters(ReadOnlySpan<char> text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!text.IsEmpty && Fault is null)
        {
            if (text[0] != ';')
                Fault = text[0] == '(' ? "a comment in the field" : "text that is no parameter";
            text = text[1..].TrimStart(" \t");
            if (text.IsEmpty || Fault is not null)
                return;     // a trailing semicolon is common and changes nothing
            if (!TryTakeParameter(ref text, out var name, out var value))
                Fault = "a parameter that is not name=value";
            else if (!names.Add(name))
                Fault = $"the parameter '{name}' twice";
            else if (name.StartsWith("boundary*", StringComparison.Ordinal) || name.StartsWith("charset*", StringComparison.Ordinal))
                Fault = $"a parameter in pieces or encoded: '{name}'";
            else
                _parameters.Add((name, value));
        }
    }

    private static bool TryTakeParameter(ref ReadOnlySpan<char> text, out string name, out string value)
    {
        (name, value) = ("", "");
        var equals = text.IndexOf('=');
        if (equals < 1 || !IsToken(text[..equals].TrimEnd(" \t"), also: null))
            return false;
        name = text[..equals].TrimEnd(" \t").ToString().ToLowerInvariant();
        text = text[(equals + 1)..].TrimStart(" \t");
        if (text.StartsWith("\""))
            return TryTakeQuoted(ref text, out value);
        var length = text.IndexOfAny(" \t;") is var end and >= 0 ? end : text.Length;
        value = text[..length].ToString();
        text = text[length..].TrimStart(" \t");
        return IsToken(value, also: null);
    }

    private static bool TryTakeQuoted(ref ReadOnlySpan<char> text, out string value)
    {
        var unquoted = new StringBuilder();
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                value = unquoted.ToString();
                text = text[(at + 1)..].TrimStart(" \t");
                return true;
            }
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            unquoted.Append(text[at]);
        }
        value = "";
        return false;
    }

    private static bool IsToken(ReadOnlySpan<char> text, char? also)
    {
        foreach (var c in text)
        {
            // RFC 2045 §5.1: no control, space or tspecial.
            if (c is <= ' ' or >= (char)127 || ("()<>@,;:\\\"/[]?=".Contains(c, StringComparison.Ordinal) && c != also))
                return false;
        }
        return !text.IsEmpty;
    }
}
