using ActionMail.Protocol.Cards;
using ActionMail.Protocol.Carriage;
using ActionMail.Protocol.Verdicts;

namespace ActionMail.Server.Persistence;

/// <summary>The bytes of a mail as received, once for all of an organization's recipients.</summary>
internal sealed class MailRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required byte[] Content { get; init; }
    public required string MailFrom { get; init; }
    public required string ClientAddress { get; init; }
    public required string Helo { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What was found out about its sender, with all that the DNS answered, as JSON; null where From is not one address.</summary>
    public string? Sender { get; init; }
}

/// <summary>One recipient's copy of a mail, with the decision about its card.</summary>
internal sealed class MessageRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required Guid MailId { get; init; }

    /// <summary>SHA-256 of the mail's bytes.</summary>
    public required byte[] ContentHash { get; init; }

    /// <summary>The Message-ID field, or "".</summary>
    public required string InternetMessageId { get; init; }

    /// <summary>The one From address, or "" when there is none that can be relied on.</summary>
    public required string FromAddress { get; init; }

    /// <summary>From as a reader may see it.</summary>
    public required string FromName { get; init; }

    public required string Subject { get; init; }
    public required string Preview { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When the reader reported it as junk; null where they did not, or took it back.</summary>
    public DateTimeOffset? JunkAt { get; set; }

    public required CardState CardState { get; set; }
    public Reason? Reason { get; set; }
    public CardKind? CardKind { get; init; }
    public CarriageForm? Carriage { get; init; }

    /// <summary>The stored card's version; 0 where there is none.</summary>
    public required int CardVersion { get; set; }

    public string? ProviderId { get; init; }

    /// <summary>The thumbprint of the key that the card was signed with.</summary>
    public string? SigningKey { get; init; }

    public required bool IsSelfTest { get; init; }

    /// <summary>Whether it is proven that the mail is from <see cref="FromAddress"/>.</summary>
    public required bool IsSenderVerified { get; init; }

    /// <summary>The checks as JSON, in order.</summary>
    public required string Checks { get; init; }
}

/// <summary>A card as it was mailed (version 1) or put in place by an answer.</summary>
internal sealed class CardVersionRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid MessageId { get; init; }
    public required int Version { get; init; }
    public required string Json { get; init; }

    /// <summary>The attempt whose answer brought it; null for the mailed card.</summary>
    public Guid? AttemptId { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A signed card that was delivered to a person: a second mail with it is a replay.</summary>
internal sealed class SignedCardUseRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid PersonId { get; init; }
    public required byte[] JwsHash { get; init; }
    public required DateTimeOffset At { get; init; }
}
