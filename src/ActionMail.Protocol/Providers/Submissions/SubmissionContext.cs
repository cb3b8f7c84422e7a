using System.Collections.Immutable;
using ActionMail.Protocol.Addresses;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>Who hands a submission in.</summary>
public enum SubmissionAuthor
{
    /// <summary>A person of an organization: somebody else reviews it.</summary>
    Developer,

    /// <summary>The operator, over the operator API: it is approved in the same step, so a reviewer's questions are not asked.</summary>
    Operator,
}

/// <summary>What a submission is read against. The defaults know of nobody and nothing else.</summary>
/// <param name="Originator">The registration's id, a GUID in lower case.</param>
/// <param name="UrlPolicy">Whether http to the own machine is allowed.</param>
/// <param name="ReadImage">Takes an uploaded image apart: the decoder is the caller's.</param>
public sealed record SubmissionContext(string Originator, UrlPolicy UrlPolicy, Func<ImagePurpose, byte[], ImageReading> ReadImage)
{
    /// <summary>Who hands it in. Default a developer.</summary>
    public SubmissionAuthor Author { get; init; }

    /// <summary>The hashes of the images that this draft or registration has already.</summary>
    public ImmutableHashSet<string> StoredImages { get; init; } = [];

    /// <summary>Whether an address is of a person of the author's organization.</summary>
    public Func<EmailAddress, bool> IsColleague { get; init; } = _ => true;

    /// <summary>Who else holds the key with a thumbprint (RFC 7638).</summary>
    public Func<string, KeyHolder> HolderOfKey { get; init; } = _ => KeyHolder.Nobody;

    /// <summary>Whether another registration of the organization in force has the sender.</summary>
    public Func<EmailAddress, bool> IsSenderInUse { get; init; } = _ => false;
}

/// <summary>Who else holds a key. Security J-01.</summary>
public enum KeyHolder
{
    /// <summary>Nobody else.</summary>
    Nobody,

    /// <summary>A provider of another organization.</summary>
    OtherProvider,

    /// <summary>The platform: it is a key of ours.</summary>
    Platform,
}
