using System.Diagnostics;
using System.Globalization;
using System.Text;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Spf;

/// <summary>Puts the facts of a query in the place of macros. RFC 7208 §7.</summary>
internal sealed class SpfMacroExpansion(SpfSender sender, SpfPointers pointers)
{
    private const int MaxName = 253;

    /// <summary>What is longer is empty: neither a name nor an explanation that anybody reads.</summary>
    private const int MaxLength = 8192;

    /// <summary>The text; null when the names of the client's address are needed and not known yet.</summary>
    public string? Expand(SpfMacroString text, DomainName domain)
    {
        var expanded = new StringBuilder();
        foreach (var piece in text.Pieces)
        {
            if (TextOf(piece, domain) is not { } part)
                return null;
            if (expanded.Append(part).Length > MaxLength)
                return "";
        }
        return expanded.ToString();
    }

    /// <summary>The name that is asked for; null when it is not known yet, the default value when the DNS cannot have it.</summary>
    public DomainName? ExpandName(SpfMacroString? target, DomainName domain)
    {
        if (target is null)
            return domain;
        return Expand(target, domain) is { } text ? DomainName.TryParseExpanded(Shortened(text), out var name) ? name : default(DomainName) : null;
    }

    // §7.3: labels are taken away from the left until it fits.
    private static string Shortened(string name)
    {
        var start = 0;
        var length = name is [.., '.'] ? name.Length - 1 : name.Length;
        while (length - start > MaxName && name.IndexOf('.', start, length - start) is >= 0 and var dot)
            start = dot + 1;
        return name[start..];
    }

    private string? TextOf(SpfMacroPiece piece, DomainName domain) => piece switch
    {
        SpfMacroPiece.Literal(var text) => text,
        SpfMacroPiece.Macro macro => ValueOf(macro.Letter, domain) is { } value ? Transformed(value, macro) : null,
        _ => throw new UnreachableException(),
    };

    // §7.2
    private string? ValueOf(char letter, DomainName domain) => letter switch
    {
        's' => sender.Address,
        'l' => sender.LocalPart,
        'o' => sender.DomainText,
        'd' => domain.ToString(),
        'i' => string.Join('.', SpfPointers.Parts(sender.Client)),
        'p' => pointers.NameFor(domain),
        'v' => SpfPointers.Zone(sender),
        'h' => sender.Query.Helo,
        'c' => sender.Client.ToString(),
        'r' => sender.Query.Receiver,
        't' => sender.Query.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        _ => throw new UnreachableException(),
    };

    // §7.3: split, reverse, take from the right, join with dots; then escape.
    private static string Transformed(string value, SpfMacroPiece.Macro macro)
    {
        var parts = value.Split([.. macro.Delimiters]);
        if (macro.IsReversed)
            Array.Reverse(parts);
        var kept = string.Join('.', parts.AsSpan(Math.Max(0, parts.Length - macro.Parts))!);
        return macro.IsUrlEscaped ? Uri.EscapeDataString(kept) : kept;
    }
}
