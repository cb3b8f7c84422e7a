using System.Collections.Frozen;

namespace ActionMail.Server.Accounts.Local;

/// <summary>
/// What a password must be: long, and none that is tried first. Nothing about kinds of characters, which make passwords easier to guess and harder to keep. NIST SP 800-63B
/// §3.1.1.
/// </summary>
internal static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 128;

    // Of those with at least twelve characters, what the lists of stolen passwords begin with.
    private static readonly FrozenSet<string> Common = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "123456789012", "1234567890123", "12345678901234", "123456789123", "1234567890qwerty", "1q2w3e4r5t6y", "1q2w3e4r5t6y7u",
        "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "abc123456789",
        "abcdefghijkl", "abcd1234abcd", "adminadminadmin", "administrator", "asdfghjkl123", "changeme1234", "changemechangeme", "computer1234",
        "correcthorsebatterystaple", "football1234",
        "iloveyou1234", "iloveyouforever", "letmein12345", "letmeinplease", "liverpool123", "manchester123", "michaeljordan", "mypassword123", "p@ssw0rd1234", "passw0rd1234",
        "password0000", "password1234", "password12345", "password123456", "password1234567", "passwordpassword", "princess1234",
        "qazwsxedcrfv", "qwerty123456", "qwerty12345678",
        "qwertyqwerty", "qwertyuiop12", "qwertyuiop123", "qwertyuiop[]", "qwertyuiopasdfghjkl", "superman1234", "thisisapassword",
        "trustno1trustno1", "welcome12345", "welcome123456",
        "zxcvbnm12345", "zxcvbnmasdfghjkl");

    private static readonly string[] OurWords = ["actionmail", "actionable"];

    /// <summary>What is wrong with it, in words; null when it may be used.</summary>
    public static string? FaultOf(string password, Person person)
    {
        if (password.EnumerateRunes().Count() < Shortest)
            return $"Use at least {Shortest} characters. Some words in a row are easy to keep and hard to guess.";
        if (password.Length > Longest)
            return $"Use at most {Longest} characters.";
        if (Common.Contains(password) || password.Distinct().Count() < 4 || IsRun(password))
            return "This password is one of those that are tried first. Choose another.";
        return ContextOf(person).Aggregate(password, (rest, word) => rest.Replace(word, "", StringComparison.OrdinalIgnoreCase)).Length < Shortest / 2
            ? "This password is little more than your name or the name of this place. Choose another."
            : null;
    }

    private static IEnumerable<string> ContextOf(Person person) =>
        OurWords.Concat(person.Addresses.SelectMany(address => (string[])[address.LocalPart, address.Domain.Split('.')[0]]))
            .Concat(person.DisplayName.Split(' ')).Where(word => word.Length > 3);

    // abcdefghijklm, 9876543210987
    private static bool IsRun(string password) =>
        password.Zip(password.Skip(1), (before, after) => after - before).Count(step => Math.Abs(step) == 1) >= password.Length - 2;
}
