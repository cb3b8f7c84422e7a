using System.Collections.Immutable;
using ActionMail.Protocol.Actions;
using ActionMail.Protocol.Providers;
using ActionMail.Protocol.Providers.Submissions;

namespace ActionMail.Server.Providers;

/// <summary>A registration as the operator hands it in: its fields, and for which organization.</summary>
internal sealed record ProviderFile
{
    public string? Name { get; init; }
    public ImmutableArray<string>? Senders { get; init; }
    public ImmutableArray<string>? Targets { get; init; }
    public ImmutableArray<string>? Keys { get; init; }
    public ProviderScope? Scope { get; init; }
    public ImmutableArray<string>? TestUsers { get; init; }
    public string? Organization { get; init; }
    public TokenProfile? TokenProfile { get; init; }
    public string? AppId { get; init; }
    public string? AppIdUri { get; init; }

    public ProviderSubmission ToSubmission() => new()
    {
        Name = Name,
        Senders = Senders,
        Targets = Targets,
        Keys = Keys,
        Scope = Scope,
        TestUsers = TestUsers,
        TokenProfile = TokenProfile,
        AppId = AppId,
        AppIdUri = AppIdUri,
    };
}
