using System.Text;
using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Spf;

/// <summary>What the domain says about a fail. RFC 7208 §6.2: whatever is wrong with it, the fail stands without an explanation.</summary>
internal static class SpfExplanation
{
    /// <summary>The text, empty when there is none that can be read; null when it is not known yet.</summary>
    public static string? Find(SpfMacroString target, DomainName domain, SpfLookups lookups, SpfMacroExpansion macros)
    {
        if (macros.ExpandName(target, domain) is not { } name)
            return null;
        if (name == default)
            return "";
        return lookups.Ask(name, DnsRecordType.Txt) is { } answer ? Read(answer, domain, macros) : null;
    }

    private static string? Read(DnsAnswer answer, DomainName domain, SpfMacroExpansion macros)
    {
        if (answer is not DnsAnswer.Found([DnsRecord.Text(var text)]) || SpfMacroParser.ReadExplanation(text) is not { } explanation)
            return "";
        return macros.Expand(explanation, domain) is { } expanded ? Ascii.IsValid(expanded) && !expanded.Any(char.IsControl) ? expanded : "" : null;
    }
}
