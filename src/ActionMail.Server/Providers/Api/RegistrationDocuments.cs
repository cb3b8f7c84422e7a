using System.ComponentModel;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;
using ActionMail.Protocol.Signing;
using ActionMail.Server.Accounts;
using ActionMail.Server.Persistence;
using ActionMail.Server.Providers.Approval;

namespace ActionMail.Server.Providers.Api;

/// <summary>A registration in a list.</summary>
internal record RegistrationSummary
{
    [Description("The originator id: a GUID in lower case.")]
    public required string Id { get; init; }

    public required string Name { get; init; }

    [Description("A mail domain of the organization that registered it.")]
    public required string Organization { get; init; }

    public required ProviderScope Scope { get; init; }
    public required TokenProfile TokenProfile { get; init; }
    public required string? AppId { get; init; }
    public required ProviderState State { get; init; }

    [Description("Why it is in this state, in the words of who put it there.")]
    public required string StateReason { get; init; }

    [Description("The revision that runs; null before the first approval.")]
    public required int? ActiveRevision { get; init; }

    [Description("The revision that waits for a decision; null where none does.")]
    public required int? PendingRevision { get; init; }

    public required int LatestRevision { get; init; }

    [Description("When the running revision took effect.")]
    public required DateTimeOffset? EffectiveAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    [Description("The registration's entity tag is \"v\" and this number.")]
    public required long Version { get; init; }

    public static RegistrationSummary Of(ProviderRow row, AddressBook addresses) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Organization = addresses.DomainOf(row.OrganizationId),
        Scope = row.Scope,
        TokenProfile = row.TokenProfile,
        AppId = row.AppId,
        State = row.State,
        StateReason = row.StateReason,
        ActiveRevision = row.ActiveRevision,
        PendingRevision = row.PendingRevision,
        LatestRevision = row.LatestRevision,
        EffectiveAt = row.EffectiveAt,
        ChangedAt = row.ChangedAt,
        Version = row.Version,
    };
}

/// <summary>A page of a list of registrations.</summary>
internal sealed record RegistrationPage(
    IReadOnlyList<RegistrationSummary> Registrations,
    [property: Description("How many there are on all pages.")] int Total,
    [property: Description("From 1.")] int Page,
    int PageSize);

/// <summary>A registration as whoever asks may see it.</summary>
internal sealed record RegistrationDocument : RegistrationSummary
{
    [Description("How far up it was suspended or revoked; null unless it is.")]
    public required SuspensionRank? SuspendedBy { get; init; }

    public required IReadOnlyList<OwnerDocument> Owners { get; init; }

    [Description("The revision that waits, else the one that runs, else the last: what an edit starts from.")]
    public required RevisionDocument Newest { get; init; }

    [Description("The revision that runs; null where none does.")]
    public required RevisionDocument? Running { get; init; }

    [Description("What whoever asks may do to it as it stands: edit, withdraw, decide, suspend, resume, revoke, changeOwners.")]
    public required IReadOnlyList<string> May { get; init; }

    [Description("After a submission: what is worth knowing and stopped nothing.")]
    public IReadOnlyList<FindingDocument> Warnings { get; init; } = [];

    public static RegistrationDocument Of(RegistrationView view, Actor reader, AddressBook addresses)
    {
        var row = view.Row;
        return new()
        {
            Id = row.Id,
            Name = row.Name,
            Organization = addresses.DomainOf(row.OrganizationId),
            Scope = row.Scope,
            TokenProfile = row.TokenProfile,
            AppId = row.AppId,
            State = row.State,
            StateReason = row.StateReason,
            ActiveRevision = row.ActiveRevision,
            PendingRevision = row.PendingRevision,
            LatestRevision = row.LatestRevision,
            EffectiveAt = row.EffectiveAt,
            ChangedAt = row.ChangedAt,
            Version = row.Version,
            SuspendedBy = row.SuspendedBy,
            Owners = [.. view.Owners.Select(id => addresses.Find(row.OrganizationId, id)).OfType<Person>().Select(OwnerDocument.Of).OrderBy(owner => owner.Address, StringComparer.Ordinal)],
            Newest = RevisionDocument.Of(view.Newest),
            Running = view.Running is { } running ? RevisionDocument.Of(running) : null,
            May = PossibleActs.For(view, reader),
        };
    }
}

/// <summary>A person by name and address.</summary>
internal sealed record OwnerDocument(string Address, string Name)
{
    public static OwnerDocument Of(Person person) => new(person.PrimaryAddress.ToString(), person.DisplayName);
}

/// <summary>A revision without its content.</summary>
internal record RevisionSummary
{
    public required int Number { get; init; }

    [Description("submitted, approved, rejected or withdrawn.")]
    public required ProviderState State { get; init; }

    [Description("SHA-256 of the content, in lower-case hex: what a decision names.")]
    public required string ContentHash { get; init; }

    public required string SubmittedBy { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public required string? DecidedBy { get; init; }
    public required DateTimeOffset? DecidedAt { get; init; }

    [Description("Why it was decided so, in the words of who decided.")]
    public required string Reason { get; init; }

    public static RevisionSummary Of(ProviderRevisionRow row) => new()
    {
        Number = row.Number,
        State = row.State,
        ContentHash = Convert.ToHexStringLower(row.ContentHash),
        SubmittedBy = row.SubmittedBy,
        SubmittedAt = row.SubmittedAt,
        DecidedBy = row.DecidedBy,
        DecidedAt = row.DecidedAt,
        Reason = row.Reason,
    };
}

/// <summary>All revisions of a registration.</summary>
internal sealed record RevisionList([property: Description("The newest first.")] IReadOnlyList<RevisionSummary> Revisions);

/// <summary>A revision with everything in it.</summary>
internal sealed record RevisionDocument : RevisionSummary
{
    [Description("Exactly what was submitted and is decided about; each key is a JWK.")]
    public required RegisteredContent Content { get; init; }

    [Description("The same keys, each in every form.")]
    public required IReadOnlyList<KeyDocument> Keys { get; init; }

    public static new RevisionDocument Of(ProviderRevisionRow row)
    {
        var content = RegisteredContent.FromJson(row.Content);
        return new()
        {
            Number = row.Number,
            State = row.State,
            ContentHash = Convert.ToHexStringLower(row.ContentHash),
            SubmittedBy = row.SubmittedBy,
            SubmittedAt = row.SubmittedAt,
            DecidedBy = row.DecidedBy,
            DecidedAt = row.DecidedAt,
            Reason = row.Reason,
            Content = content,
            Keys = [.. content.Keys.Select(PublicKeyText.Stored).OfType<KeyReading.Read>().Select(read => KeyDocument.Of(read.Key))],
        };
    }
}

/// <summary>A public key in the forms that it is shown in.</summary>
internal sealed record KeyDocument(
    [property: Description("RFC 7638, SHA-256.")] string Thumbprint,
    string Kty,
    [property: Description("For an RSA key.")] string? RsaKeyValue,
    string Jwk)
{
    public static KeyDocument Of(PublicKey key) => new(key.Thumbprint, key.KeyType, key.RsaKeyValue, key.Jwk);
}

/// <summary>An error or a warning about one field of a submission.</summary>
internal sealed record FindingDocument(
    [property: Description("Where: name, senders[1], contact.email.")] string Field,
    [property: Description("What, for programs; docs/dashboard.md lists the codes.")] string Code,
    [property: Description("What is wrong and how to mend it.")] string Words)
{
    public static FindingDocument Of(SubmissionError error) => new(error.Field, error.Code, error.Words);

    /// <summary>That nobody may decide about it: nothing in its fields, but that it has this scope here.</summary>
    public static FindingDocument Of(NoApprover none) => new("scope", "no_approver", $"{none.Words} {none.Remedy}");

    public static FindingDocument Of(SubmissionWarning warning) => new(warning.Field, warning.Code, warning.Words);
}
