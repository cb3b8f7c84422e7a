using System.Collections.Immutable;

namespace ActionMail.Mail.Spf;

/// <summary>Reads the terms of a record: directives and modifiers in any order, spaces and nothing else between them. RFC 7208 §4.6.1.</summary>
internal static class SpfRecordParser
{
    public static SpfRecordReading Read(string text, string terms)
    {
        var directives = ImmutableArray.CreateBuilder<SpfDirective>();
        var modifiers = new Dictionary<string, SpfMacroString>(StringComparer.OrdinalIgnoreCase);
        foreach (var term in terms.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var problem = IsModifier(term, out var equals) ? AddModifier(term[..equals], term[(equals + 1)..], modifiers) : AddDirective(term, directives);
            if (problem is not null)
                return new SpfRecordReading.Refused($"The term '{Shown(term)}' {problem}.");
        }
        return new SpfRecordReading.Read(new(text, directives.ToImmutable(), modifiers.GetValueOrDefault("redirect"), modifiers.GetValueOrDefault("exp")));
    }

    // §4.6.1: a modifier has "=" before any ":" or "/".
    private static bool IsModifier(string term, out int equals)
    {
        equals = term.AsSpan().IndexOfAny(":/=");
        return equals >= 0 && term[equals] == '=';
    }

    private static string? AddModifier(string name, string value, Dictionary<string, SpfMacroString> modifiers)
    {
        if (!IsModifierName(name))
            return "has a name that is none";
        // §6: these two take a name, and are there once. §6, §12: others are passed over when their value follows the grammar.
        var isKnown = name.Equals("redirect", StringComparison.OrdinalIgnoreCase) || name.Equals("exp", StringComparison.OrdinalIgnoreCase);
        if ((isKnown ? SpfMacroParser.ReadDomainSpec(value) : SpfMacroParser.ReadMacroString(value)) is not { } read)
            return "has a value that is no domain and no macro";
        return isKnown && !modifiers.TryAdd(name, read) ? "is there twice" : null;
    }

    private static bool IsModifierName(string name) =>
        name is [var first, ..] && char.IsAsciiLetter(first) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static string? AddDirective(string term, ImmutableArray<SpfDirective>.Builder directives)
    {
        var outcome = term[0] switch { '-' => SpfOutcome.Fail, '~' => SpfOutcome.SoftFail, '?' => SpfOutcome.Neutral, _ => SpfOutcome.Pass };
        var mechanism = term[0] is '+' or '-' or '~' or '?' ? term[1..] : term;
        if (SpfMechanismParser.Read(mechanism, out var problem) is not { } read)
            return problem;
        directives.Add(new(outcome, read, term));
        return null;
    }

    // What strangers publish is shown without what steers a terminal, and not at any length.
    private static string Shown(string term) => string.Concat(term.Take(80).Select(letter => letter is > ' ' and < '\x7f' ? letter : '?'));
}
