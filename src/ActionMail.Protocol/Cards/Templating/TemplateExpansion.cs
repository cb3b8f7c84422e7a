using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards.Templating;

/// <summary>What expanding a template came to.</summary>
public abstract record TemplateExpansion
{
    private TemplateExpansion() { }

    /// <summary>The card, as JSON without white space, and what its author may want to know; at most the first hundred remarks.</summary>
    public sealed record Expanded(string Json, ImmutableArray<TemplateRemark> Remarks) : TemplateExpansion;

    /// <summary>There is no card: <paramref name="Pointer"/> is the place in the template (RFC 6901), <paramref name="Remedy"/> what to do about it.</summary>
    public sealed record Failed(string Pointer, string Message, string Remedy) : TemplateExpansion;
}

/// <summary>Something that does not keep a template from being expanded, such as a value that the data do not have.</summary>
/// <param name="Pointer">The place in the template. RFC 6901.</param>
/// <param name="Message">What was found there.</param>
public sealed record TemplateRemark(string Pointer, string Message);

/// <summary>What reading a template came to.</summary>
public abstract record TemplateReading
{
    private TemplateReading() { }

    /// <summary>The template may be expanded with any data.</summary>
    public sealed record Read(AdaptiveTemplate Template) : TemplateReading;

    /// <summary>No data could make a card of it.</summary>
    public sealed record Refused(TemplateExpansion.Failed Failure) : TemplateReading;
}
