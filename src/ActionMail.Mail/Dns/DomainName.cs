using System.Text;

namespace ActionMail.Mail.Dns;

/// <summary>
/// A DNS name as it is asked for: ASCII, lower case, without the trailing dot; labels of 1 to 63 characters, 253 in all. Underscores are
/// allowed, since names such as <c>_dmarc.example.org</c> are asked for. RFC 1035 §2.3.4, RFC 5890 §2.3.2.1. The default value is no name.
/// </summary>
public readonly record struct DomainName
{
    private const int MaxLength = 253;
    private const int MaxLabel = 63;

    private readonly string? _value;

    private DomainName(string value) => _value = value;

    /// <summary>The labels from the left.</summary>
    public IReadOnlyList<string> Labels => ToString().Split('.');

    /// <summary>The name without its first label; the default value when there is only one.</summary>
    public DomainName Parent => ToString() is var name && name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? new(name[(dot + 1)..]) : default;

    /// <summary>Reads a name. False for anything with an empty or overlong label, a character beyond visible ASCII, or no label at all.</summary>
    public static bool TryParse(string? text, out DomainName name) => TryParse(text, '!', out name);

    /// <summary>Reads a name that a macro made (RFC 7208 §7) or that answers one: there may be spaces in it. Nothing else differs.</summary>
    public static bool TryParseExpanded(string? text, out DomainName name) => TryParse(text, ' ', out name);

    /// <summary>Whether this name lies below the other one, on a label boundary. A name is not below itself.</summary>
    public bool IsSubdomainOf(DomainName other) => other != default && ToString().EndsWith("." + other, StringComparison.Ordinal);

    /// <summary>The name; empty for the default value.</summary>
    public override string ToString() => _value ?? "";

    private static bool TryParse(string? text, char lowest, out DomainName name)
    {
        // Before the letters are made small: the Kelvin sign becomes a k.
        var ascii = Ascii.IsValid(text) ? (text ?? "").ToLowerInvariant() : "";
        if (ascii is [.., '.'])
            ascii = ascii[..^1];
        name = ascii.Length is > 0 and <= MaxLength && ascii.Split('.').All(label => IsLabel(label, lowest)) ? new(ascii) : default;
        return name != default;
    }

    private static bool IsLabel(string label, char lowest) => label.Length is > 0 and <= MaxLabel && label.All(letter => letter >= lowest && letter < '\x7f');
}
