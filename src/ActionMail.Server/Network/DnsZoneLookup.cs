using ActionMail.Mail.Dns;

namespace ActionMail.Server.Network;

/// <summary>The DNS of a zone file: the same answers on every machine.</summary>
internal sealed class DnsZoneLookup(Zone zone) : IDnsLookup
{
    public Task<DnsAnswer> AskAsync(DnsQuestion question, CancellationToken cancel) => Task.FromResult(zone.Answer(question));
}
