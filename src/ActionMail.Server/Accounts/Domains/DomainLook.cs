using System.Diagnostics;
using ActionMail.Mail.Dns;
using ActionMail.Server.Network;
using ActionMail.Server.Persistence;

namespace ActionMail.Server.Accounts.Domains;

/// <summary>What a look at a domain found.</summary>
internal abstract record DomainFinding
{
    private DomainFinding() { }

    public sealed record Found(ProofWay Way) : DomainFinding;

    /// <summary>It is not there, in words for an administrator.</summary>
    public sealed record Missing(string Words) : DomainFinding;

    /// <summary>Nobody could say: no verdict.</summary>
    public sealed record Unavailable(string Words) : DomainFinding;
}

/// <summary>Looks for an organization's proof: the TXT record, then the host's file.</summary>
internal sealed class DomainLook(IDnsLookup dns, ProofFile file)
{
    public const string Label = "_actionmail-challenge";

    /// <summary>The text of the record and of the file.</summary>
    public static string TextOf(string token) => $"actionmail-verification={token}";

    /// <param name="domain">The name.</param>
    /// <param name="token">What must be found.</param>
    /// <param name="way">How it was proven the last time, if it was.</param>
    /// <param name="isForMail">Whether its mail is to be taken: who can write a file on a host does not own the addresses there.</param>
    /// <param name="cancel">Ends the look.</param>
    public async Task<DomainFinding> LookAsync(string domain, string token, ProofWay? way, bool isForMail, CancellationToken cancel)
    {
        var record = await AskAsync(domain, token, cancel);
        if (record is DomainFinding.Found)
            return record;
        // Some names, such as those of a shared host, have no DNS of their own: there a file speaks.
        var hosted = isForMail ? new DomainFinding.Missing("A file on a web host proves no mail domain.") : await file.ReadAsync(domain, TextOf(token), cancel);
        return (record, hosted) switch
        {
            (_, DomainFinding.Found) => hosted,
            (DomainFinding.Unavailable, _) => record,
            // A proof by mail leaves nothing that could be looked at; the organization's postmaster sends another.
            _ when way == ProofWay.Mail => new DomainFinding.Unavailable("It is proven by a mail. Set the record, or send such a mail again, to renew it."),
            // A host that is down has not lost its file.
            (_, DomainFinding.Unavailable) when way == ProofWay.File => hosted,
            (DomainFinding.Missing(var words), DomainFinding.Missing(var also)) => new DomainFinding.Missing($"{words} {also}"),
            (DomainFinding.Missing, _) => record,
            _ => throw new UnreachableException(),
        };
    }

    private async Task<DomainFinding> AskAsync(string domain, string token, CancellationToken cancel)
    {
        if (!DomainName.TryParse($"{Label}.{domain}", out var name))
            return new DomainFinding.Missing("The name is too long for a record below it.");
        return await dns.AskAsync(new(name, DnsRecordType.Txt), cancel) switch
        {
            DnsAnswer.Found(var records) when records.OfType<DnsRecord.Text>().Any(text => string.Equals(text.Value.Trim(), TextOf(token), StringComparison.Ordinal))
                => new DomainFinding.Found(ProofWay.Dns),
            DnsAnswer.Found => new DomainFinding.Missing($"There is a TXT record at {name}, and not with this value."),
            DnsAnswer.NoSuchName or DnsAnswer.NoRecords => new DomainFinding.Missing($"There is no TXT record at {name} yet. A new record can take some minutes to be seen."),
            DnsAnswer.Unavailable(var why) => new DomainFinding.Unavailable($"The DNS of {domain} gives no answer at the moment ({why})."),
            _ => throw new UnreachableException(),
        };
    }
}
