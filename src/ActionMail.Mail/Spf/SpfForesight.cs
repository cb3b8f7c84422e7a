using ActionMail.Mail.Dns;

namespace ActionMail.Mail.Spf;

/// <summary>
/// What the terms of a record will ask, asked together when the record is first seen: a record with five includes takes one round of waiting instead of
/// five. The answers are looked at in the order of the terms all the same, so the result is the one that waiting would have had.
/// </summary>
internal static class SpfForesight
{
    public static void AskAhead(SpfRecord record, DomainName domain, SpfSender sender, SpfLookups lookups, SpfMacroExpansion macros, SpfPointers pointers)
    {
        foreach (var mechanism in record.Directives.Select(directive => directive.Mechanism))
        {
            if (mechanism is SpfMechanism.All || (mechanism is SpfMechanism.Network network && SpfMechanismMatching.IsIn(network, sender.Client)))
                return; // nothing behind it is reached
            var (target, type) = QuestionOf(mechanism, sender);
            if (mechanism is SpfMechanism.Ptr)
                lookups.AskAhead(pointers.ReverseName, DnsRecordType.Ptr);
            else if (type is { } asked)
                Ask(target, asked);
        }
        if (record.Redirect is { } redirect)
            Ask(redirect, DnsRecordType.Txt);

        void Ask(SpfMacroString? target, DnsRecordType type)
        {
            if (target?.NeedsPointers is not true && macros.ExpandName(target, domain) is { } name && name != default)
                lookups.AskAhead(name, type);
        }
    }

    private static (SpfMacroString? Target, DnsRecordType? Type) QuestionOf(SpfMechanism mechanism, SpfSender sender) => mechanism switch
    {
        SpfMechanism.Include(var target) => (target, DnsRecordType.Txt),
        SpfMechanism.Exists(var target) => (target, DnsRecordType.A),
        SpfMechanism.Mx(var target, _, _) => (target, DnsRecordType.Mx),
        SpfMechanism.A(var target, _, _) => (target, sender.AddressType),
        _ => (null, null),
    };
}
