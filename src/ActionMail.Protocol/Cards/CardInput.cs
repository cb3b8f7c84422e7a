using System.Collections.Immutable;

namespace ActionMail.Protocol.Cards;

/// <summary>One input of a card, as far as a value for it can be judged. Protocol §4.</summary>
public abstract record CardInput(string Id, bool IsRequired, string? ErrorMessage)
{
    /// <summary>The value that counts when the actor gives none.</summary>
    public virtual string Default => "";

    /// <summary><c>Input.Text</c>.</summary>
    public sealed record Text(string Id, bool IsRequired, string? ErrorMessage, int? MaxLength, string? Regex) : CardInput(Id, IsRequired, ErrorMessage);

    /// <summary><c>Input.Number</c>.</summary>
    public sealed record Number(string Id, bool IsRequired, string? ErrorMessage, double? Min, double? Max) : CardInput(Id, IsRequired, ErrorMessage);

    /// <summary><c>Input.Date</c>: ISO 8601 dates.</summary>
    public sealed record Date(string Id, bool IsRequired, string? ErrorMessage, DateOnly? Min, DateOnly? Max) : CardInput(Id, IsRequired, ErrorMessage);

    /// <summary>A MessageCard's <c>DateInput</c> with <c>includeTime</c>: an ISO 8601 date and time with its offset from UTC.</summary>
    public sealed record DateAndTime(string Id, bool IsRequired, string? ErrorMessage) : CardInput(Id, IsRequired, ErrorMessage);

    /// <summary><c>Input.Time</c>: hours and minutes.</summary>
    public sealed record Time(string Id, bool IsRequired, string? ErrorMessage, TimeOnly? Min, TimeOnly? Max) : CardInput(Id, IsRequired, ErrorMessage);

    /// <summary><c>Input.Toggle</c>: one of two values.</summary>
    public sealed record Toggle(string Id, bool IsRequired, string? ErrorMessage, string ValueOn, string ValueOff) : CardInput(Id, IsRequired, ErrorMessage)
    {
        /// <inheritdoc/>
        public override string Default => ValueOff;
    }

    /// <summary><c>Input.ChoiceSet</c>: one of the choices, or several joined by commas.</summary>
    public sealed record ChoiceSet(string Id, bool IsRequired, string? ErrorMessage, ImmutableHashSet<string> Choices, bool IsMultiSelect)
        : CardInput(Id, IsRequired, ErrorMessage);
}
