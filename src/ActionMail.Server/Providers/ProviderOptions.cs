using System.ComponentModel.DataAnnotations;

namespace ActionMail.Server.Providers;

/// <summary>The section <c>Providers</c>.</summary>
internal sealed class ProviderOptions
{
    public const string Section = "Providers";

    /// <summary>How many new providers one person may begin within a day. Default 10.</summary>
    [Range(1, 10_000)]
    public int DraftsPerDay { get; init; } = 10;
}
