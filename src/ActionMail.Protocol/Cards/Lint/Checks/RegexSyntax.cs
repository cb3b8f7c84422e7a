namespace ActionMail.Protocol.Cards.Lint.Checks;

/// <summary>Whether a text can be a regular expression at all: its brackets, groups and repetitions. One pass. ECMAScript §22.2.1.</summary>
internal static class RegexSyntax
{
    /// <summary>What is wrong, in words; null when nothing is.</summary>
    public static string? FaultOf(ReadOnlySpan<char> pattern)
    {
        var (groups, canRepeat) = (0, false);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 == pattern.Length: return "it ends with a backslash";
                case '\\': i++; canRepeat = true; break;
                case '[':
                    if (EndOfClass(pattern, i) is not (>= 0 and var end))
                        return "a [ is not closed";
                    (i, canRepeat) = (end, true);
                    break;
                case '(':
                    groups++;
                    i += LengthOfOpening(pattern[i..]) - 1;
                    canRepeat = false;
                    break;
                case ')' when --groups < 0: return "a ) closes nothing";
                case '*' or '+' or '?' when !canRepeat: return $"the {pattern[i]} repeats nothing";
                case '*' or '+' or '?': i += IsLazy(pattern, i) ? 1 : 0; canRepeat = false; break;
                case '|' or '^': canRepeat = false; break;
                default: canRepeat = true; break;
            }
        }
        return groups > 0 ? "a ( is not closed" : null;
    }

    private static int EndOfClass(ReadOnlySpan<char> pattern, int open)
    {
        for (var i = open + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
                i++;
            else if (pattern[i] == ']')
                return i;
        }
        return -1;
    }

    // (?: (?= (?! (?<= (?<! (?<name>
    private static int LengthOfOpening(ReadOnlySpan<char> group) =>
        !group.StartsWith("(?", StringComparison.Ordinal) ? 1
        : group.Length > 2 && group[2] is ':' or '=' or '!' ? 3
        : group.StartsWith("(?<", StringComparison.Ordinal) && group.IndexOf('>') is var name and > 0 && !group.StartsWith("(?<=", StringComparison.Ordinal) && !group.StartsWith("(?<!", StringComparison.Ordinal) ? name + 1
        : Math.Min(group.Length, 4);

    private static bool IsLazy(ReadOnlySpan<char> pattern, int at) => at + 1 < pattern.Length && pattern[at + 1] == '?';
}
