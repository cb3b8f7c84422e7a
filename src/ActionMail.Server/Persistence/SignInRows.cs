namespace ActionMail.Server.Persistence;

/// <summary>Whom an organization's own OpenID provider means by a subject: bound at the first sign-in, whatever the addresses say later.</summary>
internal sealed class PersonLoginRow
{
    public required Guid OrganizationId { get; init; }
    public required string Issuer { get; init; }
    public required string Subject { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset BoundAt { get; init; }
}

/// <summary>A password that is known here.</summary>
internal sealed class PasswordRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>As ASP.NET Core Identity writes it: algorithm, rounds, salt and key in one.</summary>
    public required string Hash { get; set; }

    public required DateTimeOffset SetAt { get; set; }
}

/// <summary>A passkey: the public half of a key that its owner's device holds. WebAuthn §4, credential record.</summary>
internal sealed class PasskeyRow
{
    public required Guid OrganizationId { get; init; }
    public required byte[] CredentialId { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>As a COSE key, RFC 9053.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>The transports as the browser named them, with commas between.</summary>
    public required string Transports { get; init; }

    public required long SignCount { get; set; }
    public required bool IsUserVerified { get; set; }
    public required bool IsBackupEligible { get; init; }
    public required bool IsBackedUp { get; set; }
    public required byte[] AttestationObject { get; init; }
    public required byte[] ClientData { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A link with which a person takes up their account once.</summary>
internal sealed class InvitationRow
{
    public required Guid OrganizationId { get; init; }

    /// <summary>SHA-256 of what the link carries.</summary>
    public required byte[] TokenHash { get; init; }

    public required Guid PersonId { get; init; }
    public required string InvitedBy { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used, or when another took its place.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>What a program sends instead of a session.</summary>
internal sealed class AccessTokenRow
{
    public required Guid OrganizationId { get; init; }
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>SHA-256 of the token, which nobody here knows.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>What asked for it.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>Where a device's wish to be signed in stands. RFC 8628.</summary>
internal enum DeviceCodeState
{
    Pending,
    Approved,
    Denied,

    /// <summary>The token was handed out.</summary>
    Redeemed,
}

/// <summary>A device that waits for somebody to say who they are. It is nobody's yet, so its organization is the empty one.</summary>
internal sealed class DeviceCodeRow
{
    public required Guid OrganizationId { get; init; }

    /// <summary>SHA-256 of the code that the device keeps to itself.</summary>
    public required byte[] DeviceCodeHash { get; init; }

    /// <summary>SHA-256 of the code that a person types.</summary>
    public required byte[] UserCodeHash { get; init; }

    /// <summary>What the device says that it is.</summary>
    public required string Name { get; init; }

    /// <summary>Where the device is, for whoever is asked.</summary>
    public required string AskedFrom { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
    public required DeviceCodeState State { get; set; }

    /// <summary>When it may ask again, and how long it has to pause.</summary>
    public required DateTimeOffset NextPollAt { get; set; }

    public required int PauseSeconds { get; set; }

    public Guid? PersonOrganizationId { get; set; }
    public Guid? PersonId { get; set; }
}
