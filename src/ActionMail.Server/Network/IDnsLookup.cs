using ActionMail.Mail.Dns;

namespace ActionMail.Server.Network;

/// <summary>Somebody who answers questions to the DNS: a resolver, or a zone file. What went wrong is an answer too; only a cancelled wait throws.</summary>
internal interface IDnsLookup
{
    Task<DnsAnswer> AskAsync(DnsQuestion question, CancellationToken cancel);
}
