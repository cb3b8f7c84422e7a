using ActionMail.Protocol.Providers;

namespace ActionMail.Server.Inbox;

/// <summary>The section <c>AddIns</c>: the panes that a card's <c>Action.InvokeAddInCommand</c> may open. What is not listed is not installed.</summary>
internal sealed class AddInOptions
{
    public const string Section = "AddIns";

    /// <summary>The panes. Default none; the emulator has its sample beside them.</summary>
    public AddIn[] Installed { get; init; } = [];

    /// <summary>What is wrong with the panes, or null.</summary>
    public string? Fault(UrlPolicy policy)
    {
        if (Installed.FirstOrDefault(addIn => addIn.Fault(policy) is not null) is { } wrong)
            return $"AddIns:Installed '{wrong.Id}': {wrong.Fault(policy)}.";
        return Installed.GroupBy(addIn => addIn.Id, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? $"AddIns:Installed '{twice.Key}' is there twice."
            : null;
    }
}

/// <summary>One pane.</summary>
internal sealed record AddIn
{
    /// <summary>The <c>addInId</c> by which cards name it, as a rule a UUID.</summary>
    public string Id { get; init; } = "";

    /// <summary>The title of the pane.</summary>
    public string Name { get; init; } = "";

    /// <summary>An https page elsewhere, or a path of this platform.</summary>
    public string Url { get; init; } = "";

    private bool IsOurs => Url is ['/', ..] and not ['/', '/' or '\\', ..];

    /// <summary>Whether a card's <c>addInId</c> means this one. UUIDs are written in any case.</summary>
    public bool IsNamed(string id) => string.Equals(Id, id, StringComparison.OrdinalIgnoreCase);

    /// <summary>The origin that a frame of ours must be allowed to show, or null where it is our own.</summary>
    public string? Origin(UrlPolicy policy) => !IsOurs && ActionUrl.TryParse(Url, policy, out var url, out _) ? url.Origin : null;

    /// <summary>What is wrong with it, or null.</summary>
    public string? Fault(UrlPolicy policy)
    {
        if (string.IsNullOrWhiteSpace(Id) || string.IsNullOrWhiteSpace(Name))
            return "Id and Name are needed";
        return IsOurs || ActionUrl.TryParse(Url, policy, out _, out var why) ? null : $"Url: {why}, or a path of this platform";
    }
}
