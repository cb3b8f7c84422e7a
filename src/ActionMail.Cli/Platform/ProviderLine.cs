using System.Text.Json;

namespace ActionMail.Cli.Platform;

/// <summary>A registration as the platform tells it, or as a file says it would; members that nothing here needs are left out.</summary>
internal sealed record ProviderLine
{
    public required string Id { get; init; }
    public string Name { get; init; } = "";
    public string State { get; init; } = "approved";
    public string? StateReason { get; init; }
    public int Revision { get; init; }
    public string? EffectiveAt { get; init; }
    public IReadOnlyList<string> Senders { get; init; } = [];
    public IReadOnlyList<string> Targets { get; init; } = [];
    public IReadOnlyList<KeyLine> Keys { get; init; } = [];
    public string Scope { get; init; } = "";
    public IReadOnlyList<string> TestUsers { get; init; } = [];
    public string? Organization { get; init; }
    public string? TokenProfile { get; init; }

    internal sealed record KeyLine
    {
        public string? Thumbprint { get; init; }
        public string? Kty { get; init; }
        public string? RsaKeyValue { get; init; }

        /// <summary>The JWK as an object, or as its text.</summary>
        public JsonElement Jwk { get; init; }
    }
}
