namespace ActionMail.Server.Operations;

/// <summary>Which known name somebody probably meant.</summary>
internal static class Resemblance
{
    // Names of ours are short; whatever is longer resembles none of them.
    private const int Longest = 64;

    /// <summary>The nearest of the known names, or null where none is within a third of its letters (at least two). Case does not count.</summary>
    public static string? Nearest(string typed, IEnumerable<string> known) => typed.Length > Longest ? null : known
        .Select(name => (Name: name, Distance: Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
        .Where(each => each.Distance <= Math.Max(2, each.Name.Length / 3) && each.Distance < each.Name.Length)
        .OrderBy(each => each.Distance).Select(each => each.Name).FirstOrDefault();

    // Levenshtein's: letters put in, taken out or changed, by one row at a time.
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1)));
        }
        return row[right.Length];
    }
}
