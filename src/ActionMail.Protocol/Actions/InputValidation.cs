using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ActionMail.Protocol.Cards;

namespace ActionMail.Protocol.Actions;

/// <summary>What checking the actor's input values against the stored card came to.</summary>
public abstract record InputReading
{
    private InputReading() { }

    /// <summary>Every value fits; <paramref name="Values"/> has one for each input that was asked, defaults filled in, by id, letter case aside.</summary>
    public sealed record Valid(ImmutableSortedDictionary<string, string> Values) : InputReading;

    /// <summary>Some do not: a message for each input id.</summary>
    public sealed record Invalid(ImmutableSortedDictionary<string, string> Errors) : InputReading;
}

/// <summary>Checks input values against the inputs of the stored card: the page is not believed. Protocol §4, security F-09, E-10.</summary>
public static class InputValidation
{
    private static readonly string[] DateAndTimeForms =
        [.. from time in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF" } from zone in new[] { "'Z'", "zzz" } select $"yyyy-MM-dd'T'{time}{zone}"];
    private const NumberStyles NumberForm = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private static readonly TimeSpan RegexTime = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Checks the values that came with a click: those of the inputs that the action takes or that are in sight of it. What was begun behind another button is not
    /// looked at, and not required.
    /// </summary>
    public static InputReading Check(Card card, CardAction.Http action, IReadOnlyDictionary<string, string> given, ActionLimits limits)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(action);
        return Check(card, AskedInputs.Of(action, card), given, limits);
    }

    /// <summary>Checks the values that came for a card, for all its inputs.</summary>
    public static InputReading Check(Card card, IReadOnlyDictionary<string, string> given, ActionLimits limits)
    {
        ArgumentNullException.ThrowIfNull(card);
        return Check(card, card.Inputs.Values, given, limits);
    }

    private static InputReading Check(Card card, IEnumerable<CardInput> inputs, IReadOnlyDictionary<string, string> given, ActionLimits limits)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(limits);
        var errors = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        var byId = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, value) in given)
        {
            if (!card.Inputs.ContainsKey(id))
                errors[id] = "The card has no such input.";
            else if (!byId.TryAdd(id, value))
                errors[id] = "There are two values, letter case aside.";
        }
        foreach (var input in inputs.Where(input => !errors.ContainsKey(input.Id)))
        {
            // A page sends what was cleared or never touched as "": nothing was chosen, and the input's own default counts.
            var value = byId.GetValueOrDefault(input.Id) is { Length: > 0 } typed ? typed : input.Default;
            if (Refusal(input, value, limits) is { } why)
                errors[input.Id] = why;
            else
                values[input.Id] = value;
        }
        return errors.Count == 0 ? new InputReading.Valid(values.ToImmutable()) : new InputReading.Invalid(errors.ToImmutable());
    }

    private static string? Refusal(CardInput input, string value, ActionLimits limits)
    {
        if (value.Length > limits.MaxValueLength)
            return $"At most {limits.MaxValueLength} characters, please.";
        if (!IsWellFormed(value))
            return "The text holds half of a character.";
        if (IsUnanswered(input, value))
            return input.IsRequired ? input.ErrorMessage ?? "Please fill this in." : null;
        return input switch
        {
            CardInput.Text text => TextRefusal(text, value),
            CardInput.Number number => NumberRefusal(number, value),
            CardInput.Date date => DateRefusal(date, value),
            CardInput.DateAndTime => DateAndTimeRefusal(value),
            CardInput.Time time => TimeRefusal(time, value),
            CardInput.Toggle toggle => value == toggle.ValueOn || value == toggle.ValueOff ? null : "The value is neither on nor off.",
            CardInput.ChoiceSet choices => ChoiceRefusal(choices, value),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static bool IsUnanswered(CardInput input, string value) =>
        input is CardInput.Toggle toggle ? toggle.IsRequired && value == toggle.ValueOff : value.Length == 0;

    private static string? TextRefusal(CardInput.Text input, string value)
    {
        if (input.MaxLength is { } most && value.Length > most)
            return $"At most {most} characters, please.";
        return input.Regex is { } pattern && !Matches(pattern, value) ? input.ErrorMessage ?? "The text does not have the expected form." : null;
    }

    // The pattern comes with the card: no backtracking, and what such an engine cannot read (look-around, back references) is not applied. Security E-10.
    private static bool Matches(string pattern, string value)
    {
        try
        {
            return Regex.IsMatch(value, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, RegexTime);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static string? NumberRefusal(CardInput.Number input, string value)
    {
        if (!double.TryParse(value, NumberForm, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return "Please give a number.";
        if (number < input.Min)
            return string.Create(CultureInfo.InvariantCulture, $"At least {input.Min}, please.");
        return number > input.Max ? string.Create(CultureInfo.InvariantCulture, $"At most {input.Max}, please.") : null;
    }

    private static string? DateRefusal(CardInput.Date input, string value)
    {
        if (!DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return "Please give a date as year-month-day.";
        if (date < input.Min)
            return string.Create(CultureInfo.InvariantCulture, $"Not before {input.Min:yyyy-MM-dd}, please.");
        return date > input.Max ? string.Create(CultureInfo.InvariantCulture, $"Not after {input.Max:yyyy-MM-dd}, please.") : null;
    }

    // A time without its offset would be another one for whoever reads it elsewhere.
    private static string? DateAndTimeRefusal(string value) =>
        DateTimeOffset.TryParseExact(value, DateAndTimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            ? null
            : "Please give a date and time with its offset, such as 2026-01-31T09:30Z.";

    private static string? TimeRefusal(CardInput.Time input, string value)
    {
        if (!TimeOnly.TryParseExact(value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return "Please give a time as hours:minutes.";
        if (time < input.Min)
            return string.Create(CultureInfo.InvariantCulture, $"Not before {input.Min:HH\\:mm}, please.");
        return time > input.Max ? string.Create(CultureInfo.InvariantCulture, $"Not after {input.Max:HH\\:mm}, please.") : null;
    }

    private static string? ChoiceRefusal(CardInput.ChoiceSet input, string value) =>
        (input.IsMultiSelect ? AreChoices(value, input.Choices) : input.Choices.Contains(value)) ? null : "This is not one of the choices.";

    // Several values are joined by commas, and a value may have commas itself: is there a way to cut the text into choices? Whether what is
    // left of a comma can be cut is known before what is right of it.
    private static bool AreChoices(string value, ImmutableHashSet<string> choices)
    {
        int[] lengths = [.. choices.Select(choice => choice.Length).Distinct().Order()];
        var canCut = new bool[value.Length + 2];
        canCut[0] = true;
        for (var end = 0; end <= value.Length; end++)
        {
            if (end == value.Length || value[end] == ',')
                canCut[end + 1] = lengths.Any(length => length <= end && canCut[end - length] && choices.Contains(value.Substring(end - length, length)));
        }
        return canCut[^1];
    }

    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                i++;
            else if (char.IsSurrogate(value[i]))
                return false;
        }
        return true;
    }
}
