namespace ActionMail.Mail.Dns;

/// <summary>A DNS that is known in whole: what a zone file says, answered as a resolver would.</summary>
public sealed class Zone
{
    private const int MaxAliases = 8;

    private readonly Dictionary<DnsQuestion, List<DnsRecord>> _records = [];
    private readonly Dictionary<DomainName, List<DnsRecord>> _policies = [];
    private readonly Dictionary<DomainName, DomainName> _aliases = [];
    private readonly Dictionary<DomainName, string> _faults = [];
    private readonly HashSet<DomainName> _withoutText = [];
    private readonly HashSet<DomainName> _names = [];

    internal Zone() { }

    /// <summary>The answer of this DNS. Aliases are followed; a chain that is too long or goes round is no answer, as resolvers have it (RFC 1034 §3.6.2).</summary>
    public DnsAnswer Answer(DnsQuestion question)
    {
        var name = question.Name;
        for (var followed = 0; followed <= MaxAliases; followed++)
        {
            if (RecordsAt(name, question.Type) is { } records)
                return new DnsAnswer.Found([.. records]);
            if (!_aliases.TryGetValue(name, out var target))
                return NothingAt(name);
            name = target;
        }
        return new DnsAnswer.Unavailable($"{question.Name} is an alias of itself or of more than {MaxAliases} names");
    }

    internal bool TryAdd(ZoneEntry entry)
    {
        // Names above an owner exist, even without records of their own (RFC 8020).
        for (var name = entry.Owner; name != default && _names.Add(name);)
            name = name.Parent;
        switch (entry)
        {
            case ZoneEntry.Record(var name, var type, var value): Append(_records, new(name, type), value); return true;
            case ZoneEntry.PolicyText(var name, var value): Append(_policies, name, value); return true;
            case ZoneEntry.Alias(var name, var target): return _aliases.TryAdd(name, target);
            case ZoneEntry.Fault(var name, var why): _faults[name] = why; return true;
            case ZoneEntry.NoText(var name): _withoutText.Add(name); return true;
            default: return true;
        }
    }

    private static void Append<TKey>(Dictionary<TKey, List<DnsRecord>> table, TKey key, DnsRecord value) where TKey : notnull
    {
        if (!table.TryGetValue(key, out var records))
            table[key] = records = [];
        records.Add(value);
    }

    private List<DnsRecord>? RecordsAt(DomainName name, DnsRecordType type) =>
        _records.GetValueOrDefault(new(name, type)) ?? (type == DnsRecordType.Txt && !_withoutText.Contains(name) ? _policies.GetValueOrDefault(name) : null);

    private DnsAnswer NothingAt(DomainName name)
    {
        if (_faults.TryGetValue(name, out var why))
            return new DnsAnswer.Unavailable(why);
        return _names.Contains(name) ? new DnsAnswer.NoRecords() : new DnsAnswer.NoSuchName();
    }
}
