using System.Globalization;
using System.Text;

namespace ActionMail.Server.Inbox;

/// <summary>The round mark beside a name: initials on one of eight tints, the same for an address wherever it is shown.</summary>
internal sealed record Avatar(string Initials, int Tint)
{
    private const int Tints = 8;

    public static Avatar Of(PersonView person) => new(InitialsOf(person), TintOf(person.Address));

    private static string InitialsOf(PersonView person)
    {
        var words = (person.Name.Length > 0 ? person.Name : person.Address)
            .Split([' ', '.', '_', '-', '@'], StringSplitOptions.RemoveEmptyEntries);
        var letters = words.Where(word => Rune.GetRuneAt(word, 0) is var first && Rune.IsLetterOrDigit(first))
            .Select(word => StringInfo.GetNextTextElement(word).ToUpperInvariant())
            .ToList();
        return letters switch
        {
            [] => "?",
            [var only] => only,
            [var first, ..] => first + letters[^1],
        };
    }

    // FNV-1a: the tint must not change from one start of the process to the next, as string hashes do.
    private static int TintOf(string address)
    {
        var hash = 2166136261u;
        foreach (var unit in address.ToLowerInvariant())
            hash = unchecked((hash ^ unit) * 16777619);
        return (int)(hash % Tints);
    }
}
