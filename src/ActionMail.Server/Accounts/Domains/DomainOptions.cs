using ActionMail.Protocol.Addresses;

namespace ActionMail.Server.Accounts.Domains;

/// <summary>The proofs of domains; the section <c>Accounts:Domains</c>.</summary>
internal sealed class DomainOptions
{
    /// <summary>How long a proof counts before it is asked for again. Default 30 days.</summary>
    public TimeSpan CheckAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long what rests on a lost proof goes on. Default 7 days.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often due proofs are looked for. Default an hour.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The longest that a look at a host's file may take. Default 5 seconds.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where mails that prove a domain are sent to. Default <c>domain-proof@</c> and the public URL's host; in the emulator <c>domain-proof@platform.test</c>.</summary>
    public string? MailAddress { get; init; }

    public IEnumerable<string> Faults()
    {
        if (CheckAfter <= TimeSpan.Zero || Grace < TimeSpan.Zero || Pause <= TimeSpan.Zero || Deadline <= TimeSpan.Zero)
            yield return "Accounts:Domains:CheckAfter, Pause and Deadline are more than nothing, and Grace is not less.";
        if (MailAddress is not null && !EmailAddress.TryParse(MailAddress, out _))
            yield return $"Accounts:Domains:MailAddress '{MailAddress}' is no address.";
    }
}
