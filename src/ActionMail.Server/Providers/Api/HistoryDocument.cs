using System.ComponentModel;
using System.Text.Json;

namespace ActionMail.Server.Providers.Api;

/// <summary>What happened to a registration.</summary>
internal sealed record HistoryDocument([property: Description("The newest first.")] IReadOnlyList<HistoryEntry> Events)
{
    public static HistoryDocument Of(IEnumerable<HistoryLine> lines) => new([.. lines.Select(line => new HistoryEntry(line.At, line.Kind, line.Actor, JsonElement.Parse(line.Facts)))]);
}

/// <summary>One line of the audit log.</summary>
internal sealed record HistoryEntry(
    DateTimeOffset At,
    [property: Description("provider_submitted, provider_approved, owner_added and so on.")] string Kind,
    [property: Description("The address of who did it, \"operator\" or \"platform\".")] string Actor,
    [property: Description("The revision, its content's hash, the reason and from where, as far as they apply.")] JsonElement Facts);
