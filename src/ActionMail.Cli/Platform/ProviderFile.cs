namespace ActionMail.Cli.Platform;

/// <summary>A registration as it is handed in. Each key is RSAKeyValue, PEM or JWK text.</summary>
internal sealed record ProviderFile
{
    /// <summary>The provider id (originator). In a file it may stand beside the rest; it goes into the address of the call.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }
    public IReadOnlyList<string> Senders { get; init; } = [];
    public IReadOnlyList<string> Targets { get; init; } = [];
    public IReadOnlyList<string> Keys { get; init; } = [];
    public string? Scope { get; init; }
    public IReadOnlyList<string> TestUsers { get; init; } = [];
    public string? Organization { get; init; }
    public string? TokenProfile { get; init; }
    public string? AppId { get; init; }
    public string? AppIdUri { get; init; }
}
