using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ActionMail.Protocol.Actions;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>
/// A registration as somebody hands it in, in a form, a file or a request: as typed, unchecked, and with whatever another scope would have asked
/// for. A draft is one of these. <see cref="SubmissionRules"/> makes <see cref="RegisteredContent"/> of it. dashboard.md "The submission".
/// </summary>
public sealed record ProviderSubmission
{
    /// <summary>The friendly name.</summary>
    public string? Name { get; init; }

    /// <summary>The logo, if there is one.</summary>
    public SubmittedImage? Logo { get; init; }

    /// <summary>The From addresses.</summary>
    public ImmutableArray<string>? Senders { get; init; }

    /// <summary>The origins that actions call.</summary>
    public ImmutableArray<string>? Targets { get; init; }

    /// <summary>Public keys, each in one of the accepted forms.</summary>
    public ImmutableArray<string>? Keys { get; init; }

    /// <summary>The one scope that is asked for; null when none was chosen.</summary>
    public ProviderScope? Scope { get; init; }

    /// <summary>For <see cref="ProviderScope.TestUsers"/>: who they are.</summary>
    public ImmutableArray<string>? TestUsers { get; init; }

    /// <summary>The shape of the action token; null is <see cref="Actions.TokenProfile.Eat"/>.</summary>
    public TokenProfile? TokenProfile { get; init; }

    /// <summary>For an Entra token: the application id, a GUID.</summary>
    public string? AppId { get; init; }

    /// <summary>For an Entra token: the App ID URI, which is generated when it is left out.</summary>
    public string? AppIdUri { get; init; }

    /// <summary>For <see cref="ProviderScope.Global"/>: whom to ask.</summary>
    public SubmittedContact? Contact { get; init; }

    /// <summary>For <see cref="ProviderScope.Global"/>: who publishes the service.</summary>
    public SubmittedPublisher? Publisher { get; init; }

    /// <summary>For <see cref="ProviderScope.Global"/>: what the mails are for.</summary>
    public SubmittedScenario? Scenario { get; init; }

    /// <summary>For <see cref="ProviderScope.Global"/>: how a reviewer can try them.</summary>
    public SubmittedVerification? Verification { get; init; }
}

/// <summary>An uploaded image, or the name of one that is stored already: the bytes go first.</summary>
public sealed record SubmittedImage
{
    /// <summary>The file's bytes, base64 in JSON; null when a stored image is kept.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>The SHA-256 of an image that this draft or registration has already, in lower-case hex.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>"Contact info", as typed.</summary>
public sealed record SubmittedContact
{
    /// <summary>A person or a team.</summary>
    public string? Name { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; init; }
}

/// <summary>"Publisher information", as typed.</summary>
public sealed record SubmittedPublisher
{
    /// <summary>Who publishes the service.</summary>
    public string? Name { get; init; }

    /// <summary>The publisher's web site.</summary>
    public string? Website { get; init; }

    /// <summary>An address or a page where its users are helped.</summary>
    public string? Support { get; init; }

    /// <summary>The privacy statement's page.</summary>
    public string? Privacy { get; init; }

    /// <summary>The terms' page.</summary>
    public string? Terms { get; init; }
}

/// <summary>"Scenario details", as typed.</summary>
public sealed record SubmittedScenario
{
    /// <summary>What the mails are for and who gets them.</summary>
    public string? Description { get; init; }

    /// <summary>Expected mails a day; in JSON a number or a string of digits.</summary>
    [JsonConverter(typeof(AsTypedConverter))]
    public string? DailyVolume { get; init; }

    /// <summary>A card such as will be sent; in JSON the card itself or a string that holds it.</summary>
    [JsonConverter(typeof(AsTypedConverter))]
    public string? SampleCard { get; init; }

    /// <summary>A picture of the mail, if there is one.</summary>
    public SubmittedImage? Screenshot { get; init; }
}

/// <summary>"Verification details", as typed.</summary>
public sealed record SubmittedVerification
{
    /// <summary>The steps by which a reviewer can verify the message and each action.</summary>
    public string? Steps { get; init; }
}
