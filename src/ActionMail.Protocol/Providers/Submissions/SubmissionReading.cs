using System.Collections.Immutable;

namespace ActionMail.Protocol.Providers.Submissions;

/// <summary>What a submission came to: something to store, or everything that is wrong with it.</summary>
public abstract record SubmissionReading
{
    private SubmissionReading() { }

    /// <summary>What is worth knowing and stops nothing.</summary>
    public required ImmutableArray<SubmissionWarning> Warnings { get; init; }

    /// <summary>It may be stored. <paramref name="Images"/> are those that were uploaded with it, to be stored under their hashes.</summary>
    public sealed record Valid(RegisteredContent Content, ImmutableArray<ReadImage> Images) : SubmissionReading;

    /// <summary>It may not; all errors at once, in the order of the form.</summary>
    public sealed record Invalid(ImmutableArray<SubmissionError> Errors) : SubmissionReading
    {
        /// <summary>The words by field, as a validation problem lists them. RFC 9457 §3.2.</summary>
        public Dictionary<string, string[]> ByField() =>
            Errors.GroupBy(error => error.Field, StringComparer.Ordinal)
                .ToDictionary(field => field.Key, field => field.Select(error => error.Words).ToArray(), StringComparer.Ordinal);
    }
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Field">Where: <c>name</c>, <c>senders[1]</c>, <c>contact.email</c>.</param>
/// <param name="Code">What, for programs: one of <see cref="SubmissionCode"/>; a key's is followed by a colon and the reason.</param>
/// <param name="Words">What is wrong and how to mend it, for people.</param>
public sealed record SubmissionError(string Field, string Code, string Words);

/// <summary>One thing worth knowing.</summary>
/// <param name="Field">Where, as for <see cref="SubmissionError"/>.</param>
/// <param name="Code">What, for programs: one of <see cref="SubmissionCode"/>, or the code of a rule of the card lint.</param>
/// <param name="Words">What will happen and what to do, for people.</param>
public sealed record SubmissionWarning(string Field, string Code, string Words);
