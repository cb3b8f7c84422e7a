using System.ComponentModel.DataAnnotations;
using ActionMail.Server.Operations;

namespace ActionMail.Server.Providers;

/// <summary>The section <c>Providers</c>.</summary>
internal sealed class ProviderOptions
{
    public const string Section = "Providers";

    /// <summary>How many new providers one person may begin within a day. Default 10.</summary>
    [Range(1, 10_000)]
    public int DraftsPerDay { get; init; } = 10;

    /// <summary>
    /// How many days the hourly counts of a provider are kept that its health page and the registration criteria are made of. From 31, since both look at 30 days. Default 90.
    /// </summary>
    [Range(31, 3_650)]
    public int HealthDays { get; init; } = 90;

    /// <summary>How many revisions of one registration its people may submit within a day. Default 20.</summary>
    [Range(1, 10_000)]
    public int RevisionsPerDay { get; init; } = 20;

    /// <summary>How many notices an organization's registrations bring to one address outside within a day; its own people are told of everything. Default 20.</summary>
    [Range(1, 10_000)]
    public int NoticesToContactPerDay { get; init; } = 20;

    /// <summary>Whether a listed test user counts only after accepting an invitation. Default Required; in the emulator Off.</summary>
    public TestInvitationDemand? TestInvitations { get; init; }

    public bool AsksTestUsers(ServerMode mode) => (TestInvitations ?? (mode == ServerMode.Emulator ? TestInvitationDemand.Off : TestInvitationDemand.Required)) == TestInvitationDemand.Required;
}

/// <summary>Who counts as a test user.</summary>
internal enum TestInvitationDemand
{
    /// <summary>Who accepted the invitation, and the author.</summary>
    Required,

    /// <summary>Everybody whom the author lists.</summary>
    Off,
}
